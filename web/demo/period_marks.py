"""The last day of a period in the fifth to ninth grades: marks set on most pages, others still missing.

A teacher sets what the journal proposes, where the last lesson is recorded and there are marks enough; one departs from
it and says why. 7А algebra is left for whoever plays the teacher.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from commands.period_facts import period_state
from commands.period_marks import PeriodMarkItem, SetPeriodMarks
from ledger.attestation import Evidence, least_marks, marks_counted, propose
from ledger.evidence import periods_of, pupils_asked
from ledger.period_sheet import NON_ATTESTATION, PERIOD
from ledger.regulation import Regulation
from ledger.school import School
from ledger.school_records import Period
from ledger.timetable import Lesson
from web.demo.calendar import SHORTENED
from web.demo.lessons import marked
from web.demo.school_days import at, before
from web.demo.steps import Look, Step

LEFT = ("7А", "Алгебра")
CLASS = "7А"
DEVIATION = "Контрольная сдана на более высокий балл, последние самостоятельные написаны без ошибок."


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page whose marks are set on the evening before the period ends, by its teacher, at `made`."""

    journal: UUID
    period: UUID
    teacher: UUID
    made: datetime


def pages(
    school: School, regulation: Regulation, now: datetime, recorded: frozenset[UUID]
) -> tuple[Page, ...]:
    """In the order they are set; `recorded` are the lessons that have records by then."""
    yesterday = before(school, now)[-1]
    found = []
    for journal, page in school.journals.items():
        klass = school.klass_of(journal)
        title = school.subject_of(journal).title
        period = ended(school, journal, now.date())
        if (
            klass.level != SHORTENED
            or period is None
            or page.pupil is not None
            or (klass.title, title) == LEFT
        ):
            continue
        own = [each for each in school.timetable.by_journal.get(journal, ()) if each.date in period.span]
        if (
            own
            and own[-1].date < now.date()
            and own[-1].id in recorded
            and marked(own[-1], school, regulation)
        ):
            found.append((own[-1], period, journal))
    found.sort(key=lambda each: (each[0].date, str(each[2])))
    return tuple(
        Page(
            journal=journal,
            period=period.id,
            teacher=school.teachers_of(journal, yesterday)[0],
            made=_when(n, last, yesterday),
        )
        for n, (last, period, journal) in enumerate(found)
    )


def ended(school: School, journal: UUID, today: date) -> Period | None:
    """The period of the page that ends today."""
    return next((each for each in periods_of(school, journal) if each.span.last == today), None)


def _when(n: int, last: Lesson, yesterday: date) -> datetime:
    """The afternoon before; after the evening's records where the last lesson was that day."""
    begun = at(yesterday, 21, 25) if last.date == yesterday else at(yesterday, 18, 35)
    return begun + timedelta(seconds=60 * n if last.date < yesterday else 30 * n)


def of_class(found: tuple[Page, ...], title: str, school: School) -> tuple[Page, ...]:
    return tuple(page for page in found if school.klass_of(page.journal).title == title)


def steps(found: tuple[Page, ...], school: School) -> Iterator[Step]:
    departs = next((page for page in of_class(found, CLASS, school)), None)
    for page in found:
        yield Step(
            at=page.made,
            person=page.teacher,
            key=f"period/{page.journal}",
            command=lambda look, page=page: _marks(page, look, departing=page == departs),
        )


def _marks(page: Page, look: Look, *, departing: bool) -> SetPeriodMarks:
    """What is proposed for everybody who has marks enough."""
    items = []
    for pupil, value in proposals(page, look):
        if departing and value in ("3", "4"):
            departing = False
            items.append(PeriodMarkItem(pupil=pupil, value=str(int(value) + 1), reason=DEVIATION))
        else:
            items.append(PeriodMarkItem(pupil=pupil, value=value))
    return _of_page(page, tuple(items))


def proposals(page: Page, look: Look, *, short: bool = False) -> Iterator[tuple[UUID, str]]:
    """Of those who can have the mark; `short`: of those who have too few marks for it."""
    school = look.house.schools.current(look.asking.school)
    span = school.periods[page.period].span
    asked = pupils_asked(school, page.journal, span, page.made.date())
    sight = look.sight(_of_page(page, tuple(PeriodMarkItem(pupil=pupil, value="5") for pupil in asked)))
    state = period_state(page.journal, page.period, sight)
    for pupil in asked:
        evidence = state.evidence.get(pupil, Evidence())
        attested = state.sheet.granted(pupil, NON_ATTESTATION) is not None
        proposed = propose(evidence, sight.regulation, attested=attested).value
        enough = marks_counted(evidence, sight.regulation) >= least_marks(evidence, sight.regulation)
        if proposed and (enough or not proposed.isdigit()) != short:
            yield pupil, proposed


def _of_page(page: Page, items: tuple[PeriodMarkItem, ...]) -> SetPeriodMarks:
    return SetPeriodMarks(journal=page.journal, period=page.period, kind=PERIOD, marks=items, confirmed=True)
