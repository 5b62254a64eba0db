"""What a decision on a period sheet sees: the lessons of the page, the pupils' evidence, the marks of the year.

Lessons, absences' categories and sheets count as far as the command had their streams read (commands.reads)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from commands.deciding import Refusal, Sight
from ledger import evidence, streams
from ledger.attestation import Counted, Evidence, Missed
from ledger.effective import effective
from ledger.entry import Category, Entry
from ledger.events.attendance import AbsencesExplained, ExplanationWithdrawn
from ledger.events.marks import LiteracyMarkGiven, MarkGiven
from ledger.evidence import Facts, HeldLesson, evidences_of, pages_of, periods_of
from ledger.lesson import LITERACY, Sheet, known_lesson
from ledger.period_sheet import PERIOD, Cell
from ledger.rules.state import PeriodState
from ledger.school import School
from ledger.sheet_periods import last_lesson
from ledger.span import Span
from ledger.timetable import Lesson


def span_of(school: School, journal: UUID, period: UUID) -> Span:
    """Of the reporting period, or of the year. Raises Refusal when it is no period of this page."""
    if journal not in school.journals:
        raise Refusal("no-period", "Такой страницы журнала нет.", status=404)
    found = evidence.span_of(school, journal, period)
    if found is None:
        raise Refusal("no-period", "Такого отчётного периода у этого класса нет.", status=404)
    return found


def pages_concerned(school: School, journal: UUID, pupils: Iterable[UUID]) -> tuple[UUID, ...]:
    """The page, and those its newcomers brought marks from."""
    return tuple(dict.fromkeys(page for pupil in pupils for page in pages_of(school, journal, pupil)))


def period_state(journal: UUID, period: UUID, sight: Sight) -> PeriodState:
    """The sheet as it stands and what is known around it."""
    school = sight.school
    span, year = (
        span_of(school, journal, period),
        period == streams.year(school.id, school.journals[journal].year),
    )
    last = last_lesson(school, journal, span)
    return PeriodState(
        sheet=sight.period_sheet(journal, period),
        span=span,
        last_lesson=last,
        recorded=last is None or sight.sheet(last.id).topic is not None,
        evidence=_evidence(journal, span, sight),
        periods={pupil: _values(journal, pupil, sight) for pupil in _asked_about(journal, sight)}
        if year
        else {},
    )


def _asked_about(journal: UUID, sight: Sight) -> tuple[UUID, ...]:
    """The pupils whose absences were read."""
    school = sight.school
    return tuple(p for p in school.members_ever(journal) if streams.excuses(school.id, p) in sight.loaded)


def _values(journal: UUID, pupil: UUID, sight: Sight) -> tuple[str, ...]:
    return tuple(
        "" if entry is None else entry.event.value  # type: ignore[attr-defined]
        for entry in period_entries(journal, pupil, sight)
    )


def period_entries(journal: UUID, pupil: UUID, sight: Sight) -> tuple[Entry | None, ...]:
    """What stands for each period of the year, on whichever page of the subject it was set (E-06)."""
    periods = periods_of(sight.school, journal)
    return tuple(standing_mark(journal, each.id, (PERIOD, pupil), sight) for each in periods)


def standing_mark(journal: UUID, period: UUID, cell: Cell, sight: Sight) -> Entry | None:
    """The mark of this kind that stands for the pupil on the page, else on one of those the pupil came from."""
    pages = pages_of(sight.school, journal, cell[1])
    found = (sight.period_sheet(page, period).marks.get(cell) for page in pages)
    return next((entry for entry in found if entry is not None), None)


def _evidence(journal: UUID, span: Span, sight: Sight) -> dict[UUID, Evidence]:
    pupils = _asked_about(journal, sight)
    if not pupils:
        return {}
    facts = facts_of(pupils, sight)
    return evidences_of(pupils, journal, span, facts, sight.school, sight.regulation)


def facts_of(pupils: Iterable[UUID], sight: Sight) -> Facts:
    """Of all lessons that were read."""
    wanted, school = frozenset(pupils), sight.school
    said = {pupil: _explained(streams.excuses(school.id, pupil), sight) for pupil in wanted}
    lessons: dict[UUID, list[HeldLesson]] = {}
    marks: dict[UUID, list[Counted]] = {}
    missed: dict[UUID, list[Missed]] = {}
    for sheet in _sheets(sight):
        lesson = known_lesson(sheet, school)
        if sheet.held is None or lesson is None:
            continue
        held = HeldLesson(lesson=lesson.id, journal=lesson.journal, date=lesson.date, mode=lesson.mode)
        lessons.setdefault(lesson.journal, []).append(held)
        for pupil, mark in _marks(sheet, lesson):
            marks.setdefault(pupil, []).append(mark)
        for pupil in wanted & sheet.absences.keys():
            absence = Missed(
                entry=sheet.absences[pupil].position,
                lesson=lesson.id,
                date=lesson.date,
                category=_category(said[pupil], lesson.date),
            )
            missed.setdefault(pupil, []).append(absence)
    return Facts(
        lessons={page: tuple(own) for page, own in lessons.items()},
        marks={pupil: tuple(own) for pupil, own in marks.items()},
        missed={pupil: tuple(own) for pupil, own in missed.items()},
    )


def _sheets(sight: Sight) -> Iterator[Sheet]:
    for stream, whole in sight.loaded.items():
        if whole and whole[0].category is Category.LESSON:
            yield sight.sheet(stream)


def _marks(sheet: Sheet, lesson: Lesson) -> Iterator[tuple[UUID, Counted]]:
    """The lesson's own marks, and those of literacy that stand on the page of Russian (R-126). A mark whose column was
    voided stays, of no known kind."""
    for (work, pupil), entry in (*sheet.marks.items(), *sheet.literacy.items()):
        event: MarkGiven | LiteracyMarkGiven = entry.event  # type: ignore[assignment]
        known, literacy = sheet.works.get(work), isinstance(event, LiteracyMarkGiven)
        mark = Counted(
            entry=entry.position,
            lesson=lesson.id,
            journal=event.journal if isinstance(event, LiteracyMarkGiven) else lesson.journal,
            work=work,
            date=lesson.date,
            kind=LITERACY if literacy else "" if known is None else known.kind,
            value=event.value,
        )
        yield pupil, mark


def _explained(stream: UUID, sight: Sight) -> tuple[AbsencesExplained, ...]:
    """What stands of what was said of the pupil's absences, the latest word first."""
    said: dict[UUID, AbsencesExplained] = {}
    for entry in effective(sight.loaded.get(stream, ())):
        if isinstance(entry.event, AbsencesExplained):
            said[entry.event.explanation] = entry.event
        elif isinstance(entry.event, ExplanationWithdrawn):
            said.pop(entry.event.explanation, None)
    return tuple(reversed(said.values()))


def _category(said: Iterable[AbsencesExplained], on: date) -> str:
    return next((each.category for each in said if each.first <= on <= each.last), "")
