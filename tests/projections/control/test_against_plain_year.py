"""Every control report over a generated school year, against the formulas of requirements 1.U computed by plain loops
over the raw entries (tests.plain_year): two computations that share no code."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from ledger.entry import Entry
from ledger.people import Name, put_many
from ledger.schools import Schools
from ledger.store import PostgresStore, open_pool
from projections import reading as pages
from projections.control import REPORTS
from projections.control.report import Asked, Report
from projections.reading import NoSuchPage, Reading
from projections.runner import Runner
from tests.databases import Database, copy_of
from tests.plain_year import marks, presence, teaching
from tests.plain_year.facts import Facts, Filter, facts_of
from tests.plain_year.founding import EVERYBODY, guardians
from tests.plain_year.year import NOW, write_year
from tests.projections.pouring import Paper, caught_up
from tests.world import FIRST, ROLES, SCHOOL_ID, ZONE, named
from web.embedded import Server

MOMENTS = (
    datetime(2026, 10, 16, 12),  # the first term runs
    datetime(2026, 12, 18, 12),  # stolen entries still count
    NOW,
)
LAST = NOW.date()
WHOLE = Filter(first=FIRST, last=LAST)
TERM = {"first": FIRST, "last": date(2026, 11, 20)}
DECEMBER = {"first": date(2026, 12, 1), "last": date(2026, 12, 31)}
SCHOOL = (
    WHOLE,
    Filter(**TERM),
    Filter(**DECEMBER),  # the Act is of the 21st
    Filter(first=date(2026, 12, 7), last=date(2026, 12, 9)),
    Filter(**TERM, class_id=named("7А")),
    Filter(**DECEMBER, class_id=named("6А")),
    Filter(first=FIRST, last=LAST, class_id=named("8А")),  # nobody sits there
    Filter(first=FIRST, last=LAST, subject=named("Русский язык")),
    Filter(first=FIRST, last=LAST, teacher=named("Лебедева")),
    Filter(**TERM, teacher=named("Соколова"), class_id=named("7А")),
    Filter(first=FIRST, last=LAST, level="НОО"),
    Filter(first=FIRST, last=LAST, level="СОО"),
    Filter(first=date(2026, 11, 21), last=date(2026, 11, 29)),  # holidays
)
OF_CLASSES = tuple(each for each in SCHOOL if each.class_id) + (
    Filter(first=FIRST, last=LAST, class_id=named("7А")),
    Filter(first=FIRST, last=LAST, class_id=named("10А")),
    Filter(first=FIRST, last=LAST, class_id=named("3А"), subject=named("Математика")),
)


@dataclass(kw_only=True)
class Year:
    """The database of the year, and its entries as they lie in the table."""

    paper: Paper
    entries: tuple[Entry, ...]
    _facts: dict[datetime, Facts] = field(default_factory=dict)

    def reading(self, when: datetime) -> Any:
        instant = when.replace(tzinfo=ZONE)
        paper = self.paper
        at = None if when == NOW else instant
        return pages.reading(paper.pool, paper.schools, paper.runner, SCHOOL_ID, now=instant, at=at)

    def facts(self, when: datetime) -> Facts:
        if when not in self._facts:
            instant = when.replace(tzinfo=ZONE)
            position = sum(each.recorded_at <= instant for each in self.entries)
            self._facts[when] = facts_of(self.entries, position, when)
        return self._facts[when]


@pytest.fixture(scope="module")
def year(server: Server, template: Database) -> Iterator[Year]:
    with copy_of(server, template.name) as database:
        write_year(database.superuser_dsn)
        with open_pool(database.app_dsn) as pool:
            store = PostgresStore(pool)
            paper = Paper(pool=pool, store=store, runner=Runner(pool), schools=Schools(store))
            caught_up(paper)
            _name_everybody(paper)
            yield Year(paper=paper, entries=tuple(store.entries(SCHOOL_ID, after=0, limit=1_000_000)))


def _name_everybody(paper: Paper) -> None:
    people = (*ROLES, *EVERYBODY, *(each for pupil in EVERYBODY for each in guardians(pupil)))
    names = {named(who): Name(last=who.split()[0], first=" ".join(who.split()[1:])) for who in people}
    with paper.pool.connection() as connection:
        put_many(connection, SCHOOL_ID, names, since=datetime(2020, 1, 1, tzinfo=ZONE))


Plain = tuple[dict[str, dict[str, Any]], dict[str, tuple[Any, ...]]]
CHECKED: dict[str, Callable[[Facts, Filter], Plain]] = {
    "C-01": teaching.participation,
    "C-02": marks.without_marks,
    "C-03": marks.with_one_mark,
    "C-04": teaching.homework_records,
    "C-08": presence.missed_lessons,
    "C-10": marks.control_works,
    "C-13": marks.fullness,
    "C-14": presence.attendance,
}
NOT_YET: dict[str, str] = {}


def report_of(reading: Reading, code: str, about: Filter) -> Report | None:
    """None where there is no page."""
    try:
        return REPORTS[code].report(reading, Asked(**asdict(about)))
    except NoSuchPage:
        return None


def shown(found: Report, wanted: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The lines of a report, of their columns those the plain computation knows; an empty cell is None."""
    keys = [column.key for column in found.columns]
    known = {name for own in wanted.values() for name in own}
    return {
        line.key: {
            key: None if value == "" else value
            for key, value in zip(keys, line.values, strict=True)
            if key in known
        }
        for line in found.lines
    }


@pytest.mark.parametrize("code", CHECKED)
def test_a_report_is_what_a_plain_computation_over_the_entries_says(year: Year, code: str) -> None:
    lines = 0
    for when in MOMENTS:
        facts = year.facts(when)
        with year.reading(when) as reading:
            assert reading.as_of.position == facts.everything[-1].position
            for about in OF_CLASSES if "class_id" in REPORTS[code].needs else SCHOOL:
                wanted, figures = CHECKED[code](facts, about)
                found = report_of(reading, code, about)
                if found is None:
                    assert wanted == {}, (when, about)
                    continue
                assert shown(found, wanted) == wanted, (when, about)
                said = {each.key: (each.value, each.part, each.whole) for each in found.figures}
                assert {key: said[key] for key in figures} == figures, (when, about)
                lines += len(wanted)
    assert lines > 0


def test_no_report_is_left_unchecked_in_silence() -> None:
    assert set(CHECKED) | set(NOT_YET) == set(REPORTS)
    assert not set(CHECKED) & set(NOT_YET)


def named_so(pupil: UUID) -> str:
    return next(who for who in EVERYBODY if named(who) == pupil)
