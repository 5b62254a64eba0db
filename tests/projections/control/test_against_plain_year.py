"""Every control report over a generated school year, against the formulas of requirements 1.U computed by plain loops
over the raw entries (tests.plain_year): two computations that share no code."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest

from ledger.entry import Entry
from ledger.people import Name, put_many
from projections import reading as pages
from projections.control import REPORTS
from projections.control.report import Asked, Report
from projections.reading import NoSuchPage, Reading
from tests.databases import Database, copy_of
from tests.plain_year import checks, control_load, families, forecast, marks, presence, results, teaching
from tests.plain_year import facts as facts_module
from tests.plain_year.facts import Facts, Filter, Refusal
from tests.plain_year.founding import EVERYBODY, WITHOUT_ACCOUNT, guardians
from tests.plain_year.year import NOW, write_year
from tests.projections.control.signed_in import account, looks, signs_in
from tests.projections.pouring import Paper, caught_up, paper_over
from tests.world import FIRST, ROLES, SCHOOL_ID, ZONE, named
from web.embedded import Server

MOMENTS = (
    datetime.fromisoformat("2026-10-16 12:00"),  # the first term runs
    datetime.fromisoformat("2026-12-18 12:00"),  # stolen entries still count
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
    Filter(first=FIRST, last=date(2027, 5, 28)),
    Filter(first=date(2026, 11, 21), last=date(2026, 11, 29)),  # holidays
)
OF_CLASSES = (
    *(each for each in SCHOOL if each.class_id),
    Filter(first=FIRST, last=LAST, class_id=named("7А")),
    Filter(first=FIRST, last=LAST, class_id=named("10А")),
    Filter(first=FIRST, last=date(2027, 5, 28), class_id=named("7А")),  # the year: marks of the year
    Filter(first=FIRST, last=LAST, class_id=named("3А"), subject=named("Математика")),
)


@dataclass(kw_only=True)
class Year:
    """The database of the year, and its entries as they lie in the table."""

    paper: Paper
    entries: tuple[Entry, ...]
    refused: tuple[Refusal, ...]
    visits: tuple[tuple[UUID, datetime], ...]
    looks: tuple[tuple[UUID, UUID, datetime], ...]
    accounts: tuple[tuple[UUID, datetime], ...]
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
            refused = tuple(each for each in self.refused if each.at <= instant)
            self._facts[when] = Facts(
                everything=self.entries[:position],
                now=when,
                refused=refused,
                visits=tuple(each for each in self.visits if each[1] <= instant),
                looks=tuple(each for each in self.looks if each[2] <= instant),
                accounts=tuple(each for each in self.accounts if each[1] <= instant),
            )
        return self._facts[when]


@pytest.fixture(scope="module")
def year(server: Server, template: Database) -> Iterator[Year]:
    with copy_of(server, template.name) as database:
        write_year(database.superuser_dsn)
        with paper_over(database.app_dsn) as paper:
            caught_up(paper)
            _name_everybody(paper)
            sign_in(paper)
            yield told(paper)


def sign_in(paper: Paper) -> None:
    """Two families of three visit, some pupils do; every other time they open the diary, and a telephone asks for the
    calendar every evening. One account is of January."""
    for n, pupil in enumerate(EVERYBODY):
        people = () if pupil in WITHOUT_ACCOUNT else guardians(pupil)
        for who in (*people, *((pupil,) if n % 4 == 0 else ())):
            id = account(paper, named(who), "2027-01-11 12:00" if n == 5 else "2026-09-01 12:00")
            if n % 3:
                days = range(n % 5, 190, 11 + n * 3)
                first = datetime.fromisoformat(f"2026-09-02 18:{n:02}")
                moments = [first + timedelta(days=day) for day in days]
                late = [each for each in moments if n != 5 or (each.year == 2027 and each.day > 12)]
                came = [each.isoformat(" ") for each in late if each < NOW]
                signs_in(paper, id, *came)
                looks(paper, id, named(pupil), *(f"{each[:11]}19:30" for each in came[n % 2 :: 2]))
                asked = [f"{first + timedelta(days=day):%Y-%m-%d} 23:00" for day in range(100)]
                looks(paper, id, named(pupil), *asked, page="calendar_feed")


def told(paper: Paper) -> Year:
    """What stands in the tables: entries, refusals, accounts and visits."""
    with paper.pool.connection() as connection:
        rows = connection.execute("SELECT id, person, stream_id, received_at FROM ledger.refusals").fetchall()
        known = connection.execute("SELECT account_id, person_id, created_at FROM access.accounts").fetchall()
        visits = connection.execute("SELECT account_id, created_at FROM access.sessions").fetchall()
        looked = connection.execute(
            "SELECT account_id, pupil_id, at FROM access.views WHERE page = 'diary'"
        ).fetchall()
    owner = {account: person for account, person, _ in known}
    return Year(
        paper=paper,
        entries=tuple(paper.store.entries(SCHOOL_ID, after=0, limit=1_000_000)),
        refused=tuple(Refusal(id=n, person=person, lesson=lesson, at=at) for n, person, lesson, at in rows),
        visits=tuple(
            (owner[account], at) for account, at in [*visits, *((who, at) for who, _, at in looked)]
        ),
        looks=tuple((owner[account], pupil, at) for account, pupil, at in looked),
        accounts=tuple((person, at) for _, person, at in known),
    )


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
    "C-05": checks.programme,
    "C-06": families.visits,
    "C-07": teaching.timeliness,
    "C-08": presence.missed_lessons,
    "C-09": marks.unsatisfactory,
    "C-10": marks.control_works,
    "C-11": results.by_level,
    "C-12": checks.curriculum,
    "C-13": marks.fullness,
    "C-14": presence.attendance,
    "C-15": results.by_term,
    "C-16": checks.corrections,
    "C-17": teaching.lessons_given,
    "C-18": checks.late,
    "C-19": families.informing,
    "C-20": control_load.control_load,
    "C-21": forecast.forecast,
    "C-22": families.incidents,
    "C-25": checks.slips,
    "C-26": checks.briefings,
    "C-27": results.class_report,
    "C-28": results.sheet,
    "C-29": checks.contradictions,
}


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
    lines = {line.key: dict(zip(keys, line.values, strict=True)) for line in found.lines}
    return {
        key: {name: own.get(name) or _nothing(own.get(name)) for name in known} for key, own in lines.items()
    }


def _nothing(value: Any) -> Any:
    return None if value == "" else value


def whole_lines(wanted: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Every line with every column that any of them has."""
    known = {name: None for own in wanted.values() for name in own}
    return {key: known | own for key, own in wanted.items()}


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
                assert shown(found, wanted) == whole_lines(wanted), (when, about)
                said = {each.key: (each.value, each.part, each.whole) for each in found.figures}
                assert {key: said[key] for key in figures} == figures, (when, about)
                lines += len(wanted)
    assert lines > 0


def test_where_a_look_is_enough_informing_is_what_a_plain_computation_over_the_looks_says(
    year: Year, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The year is told under an act that asks for the word (P-72); here it is read as one content with a look."""
    act = Reading.regulation
    monkeypatch.setattr(Reading, "regulation", lambda reading: replace(act(reading), acquaintance="view"))
    by_word, by_look = 0, 0
    for when in MOMENTS:
        facts = year.facts(when)
        with year.reading(when) as reading:
            for about in SCHOOL:
                wanted, _ = families.informing(facts, about, by_looks=True)
                found = report_of(reading, "C-19", about)
                assert found is not None
                assert shown(found, wanted) == whole_lines(wanted), (when, about)
                by_look += sum(own["acknowledged"] for own in wanted.values())
                by_word += sum(own["acknowledged"] for own in families.informing(facts, about)[0].values())
    assert by_look > by_word > 0


def test_no_report_is_left_unchecked_in_silence() -> None:
    assert set(CHECKED) == set(REPORTS)


@pytest.mark.parametrize(
    "module", [checks, control_load, facts_module, families, marks, presence, results, teaching]
)
def test_the_plain_computation_knows_nothing_of_the_reports(module: ModuleType) -> None:
    """Neither the reports nor the folds, rules and windows the reports stand on; the timetable alone is asked."""
    tree = ast.parse(inspect.getsource(module))
    found = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    ours = {name for name in found if name.startswith(("projections", "ledger", "commands", "web", "bench"))}
    known = {"ledger", "ledger.entry", "ledger.school", "ledger.school_fold", "ledger.timetable"}
    assert {name for name in ours if not name.startswith("ledger.events")} <= known


def test_the_year_has_a_contradiction_of_every_kind(year: Year) -> None:
    _, figures = checks.contradictions(year.facts(NOW), WHOLE)
    assert all(count for count, _, _ in figures.values())
