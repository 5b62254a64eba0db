"""Each second brings every school's pages up to its ledger: what no request had the patience for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import Event, Thread
from uuid import UUID

import psycopg
import structlog

from projections.runner import Runner

EVERY = 1.0  # seconds
PATIENCE = 10.0  # seconds for one school, then the others have their turn
LAST_TURN = 5.0  # seconds a turn begun may still take when the program stops

log = structlog.get_logger(__name__)

Ailing = frozenset[
    UUID | None
]  # schools whose pages could not be brought up; None: not even the list of them


def start(runner: Runner, school_ids: Callable[[], Iterable[UUID]]) -> Callable[[], None]:
    """A thread of this process; what is returned ends it. An interrupted turn rolls back."""
    stopped = Event()
    thread = Thread(target=_work, args=(runner, school_ids, stopped), name="pages", daemon=True)
    thread.start()

    def stop() -> None:
        stopped.set()
        thread.join(LAST_TURN)

    return stop


def _work(runner: Runner, school_ids: Callable[[], Iterable[UUID]], stopped: Event) -> None:
    ailing: Ailing = frozenset()
    while not stopped.wait(EVERY):
        ailing = turn(runner, school_ids, ailing)


def turn(runner: Runner, school_ids: Callable[[], Iterable[UUID]], ailing: Ailing = frozenset()) -> Ailing:
    """One round over all schools; who ails now. One alarm for each failure, not one each second."""
    found: set[UUID | None] = set()
    try:
        for school in school_ids():
            if not _caught_up(runner, school, ailing):
                found.add(school)
    except psycopg.Error as error:
        found.add(None)
        if None not in ailing:
            log.error("pages worker cannot list schools", error=type(error).__name__)
    for school in ailing - found:
        log.info("pages follow again", school=str(school))
    return frozenset(found)


def _caught_up(runner: Runner, school: UUID, ailing: Ailing) -> bool:
    try:
        runner.advance(school, patience=PATIENCE)
    except Exception as error:  # noqa: BLE001  the worker of all schools outlives a defect of one
        if school not in ailing:
            log.error("pages worker failed", school=str(school), error=type(error).__name__)
        return False
    return True
