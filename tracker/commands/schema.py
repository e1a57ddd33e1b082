"""``tracker schema``: the JSON Schema of everything that the program prints as JSON."""

import json
from pathlib import Path
from typing import Annotated

import typer

from tracker.errors import InvalidValue
from tracker.shell import output, protected
from tracker.shell.context import AppContext
from tracker.shell.options import argument, command, one_of
from tracker.store.validation.document_schema import KINDS, json_schema


@command
def schema(
    context: AppContext,
    kind: Annotated[str | None, argument(f"One of: {', '.join(KINDS)} (default: all).", offers=one_of(KINDS))] = None,
    path: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to this file.")] = None,
) -> None:
    """Print the JSON Schema (2020-12) of the records, exports and reports that the program prints.

    Examples:
        tracker schema
        tracker schema agreement

    Read on: docs/record.md in words
    """
    if kind is not None and kind not in KINDS:
        raise InvalidValue(f"no schema of {kind!r}; there is one of each of {', '.join(KINDS)}")
    protected.refuse(path, context.store.path)
    output.write_text(json.dumps(json_schema(kind), indent=2, ensure_ascii=False) + "\n", path=path)
