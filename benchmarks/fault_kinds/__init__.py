"""Faults laid into the way of the real program, and the judgement of what it left behind.

Two forms run them: ``tests/faults`` the short one, with every change of the program; ``benchmarks/faults.py`` the long
one. The package lies beside the script, so that a script started as ``python benchmarks/faults.py`` finds it by itself;
``tests/faults/conftest.py`` puts this folder on the path. So both take from here, nothing here knows pytest, and
neither form knows the other. Of the tests only ``tests/without_root.py`` is used, and that as a program.

A kind of fault is a module with ``cases()``; a ``Case`` injects once and returns a ``Verdict``. A command that writes
is a ``Write`` in ``writes.py``: the faults that go for writes take it from that list, and a test holds the list against
the commands of the program.

``kill -9`` ends a process, not the machine: what the kernel has taken is there afterwards. That a change also survives
the loss of power rests on ``synchronous=FULL`` and the disk's word, and is not tried here.
"""
