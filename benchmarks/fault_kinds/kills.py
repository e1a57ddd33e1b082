"""kill -9: at a random moment of the run time, and before a random one of the statements that a command runs."""

import shutil
import time
from functools import partial
from random import Random

from fault_kinds.cases import Case
from fault_kinds.contents import look
from fault_kinds.program import Ended, Site, faulty
from fault_kinds.stores import AFTERWARDS, Bench
from fault_kinds.verdicts import Verdict, unclear
from fault_kinds.writes import WRITES, Write

BEYOND = 1.1
"""The moments reach a little beyond the measured run time, for no two runs take the same."""


MOMENTS = 4
"""Random moments of a command for each other fault that it meets."""


def cases() -> list[Case]:
    """Both kinds for every command that writes."""
    found = []
    for write in WRITES:
        found += [
            Case(
                "killed at a random moment",
                write.title,
                partial(at_a_moment, write),
                2 if write.is_main else int(not write.is_twin),
                MOMENTS,
            ),
            Case("killed before a statement", write.title, partial(before_a_statement, write), int(write.is_main)),
        ]
    return found


def at_a_moment(write: Write, bench: Bench, draw: Random) -> Verdict:
    """Kill the command at a moment drawn evenly from its run time."""
    known = bench.knowledge(write)
    site = bench.site(write.start)
    moment = draw.uniform(0, known.seconds * BEYOND)
    running = site.start(write.words)
    time.sleep(moment)  # the moment of the fault: nothing is waited for
    running.process.kill()
    return _verdict(write, bench, site, running.ended())


def before_a_statement(write: Write, bench: Bench, draw: Random) -> Verdict:
    """Kill the command before a statement drawn evenly from all that it runs."""
    known = bench.knowledge(write)
    site = bench.site(write.start)
    ended = site.run(write.words, faulty(statement=draw.randint(1, known.statements)))
    return _verdict(write, bench, site, ended)


def _verdict(write: Write, bench: Bench, site: Site, ended: Ended) -> Verdict:
    last = bench.knowledge(write).last_line
    acknowledged = ended.code == 0 or (ended.code < 0 and bool(last) and last in ended.err)
    complaints = unclear(ended, {0}) if ended.code >= 0 else []
    verdict = bench.found(write, site, acknowledged=acknowledged)
    done = look(site.place / write.file).rows == bench.knowledge(write).after.rows
    complaints += [*verdict.complaints, *still_of_use(write, bench, site, done=done)]
    shutil.rmtree(site.folder)
    return verdict._replace(complaints=tuple(complaints))


def still_of_use(write: Write, bench: Bench, site: Site, *, done: bool) -> list[str]:
    """Return what is wrong with the next run: the same command, which then does its work, or another change."""
    if write.repeats or not done:
        ended = site.run(write.words)
        complaints = list(bench.found(write, site, acknowledged=True).complaints)
    else:
        ended = site.run(AFTERWARDS)
        found = look(site.store)
        complaints = list(found.problems)
        if not any('"after-the-fault"' in line for line in found.lines):
            complaints.append("the change after the fault is not there")
    return [f"the next run: {complaint}" for complaint in (*unclear(ended, {0}), *complaints)]
