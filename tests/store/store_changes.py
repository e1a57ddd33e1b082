"""Types of the fixtures that the tests of writing share."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from tracker.store.write.writer import Writer

Begin = Callable[..., AbstractContextManager[Writer]]
"""Begins a change of the test's store; takes the options of ``transaction``."""
