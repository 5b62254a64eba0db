"""What a period mark rests on, gathered from what the pages say: the same for the gate, which reads entries, and for
the screen, which reads rows (E-06, K-29, K-30)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from ledger.attestation import Counted, Evidence, Missed
from ledger.regulation import Regulation
from ledger.school import School
from ledger.span import DAY, Span


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldLesson:
    """A lesson that has records; `mode` of an extracurricular one."""

    lesson: UUID
    journal: UUID
    date: date
    mode: str = ""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Lessons held by page, marks and absences by pupil; of any day and page."""

    lessons: Mapping[UUID, tuple[HeldLesson, ...]] = field(default_factory=dict)
    marks: Mapping[UUID, tuple[Counted, ...]] = field(default_factory=dict)
    missed: Mapping[UUID, tuple[Missed, ...]] = field(default_factory=dict)


def pages_of(school: School, journal: UUID, pupil: UUID) -> tuple[UUID, ...]:
    """The pages of this subject and year on whose list the pupil has been, this one first: marks and absences travel
    with him (E-06)."""
    own, known = school.journals[journal], school.pupils[pupil]
    places = {place for place, _ in (*known.classes, *known.groups)}
    others = (
        page.id
        for page in school.journals.values()
        if (page.subject, page.year) == (own.subject, own.year)
        and page.id != journal
        and (page.group or page.class_id) in places
        and page.pupil in (None, pupil)
    )
    return (journal, *others)


def evidence_of(
    pupil: UUID, journal: UUID, span: Span, facts: Facts, school: School, regulation: Regulation
) -> Evidence:
    """Of the pupil in the subject of `journal` over the days of `span`."""
    pages = set(pages_of(school, journal, pupil))
    held = {
        lesson.lesson
        for page in pages
        for lesson in facts.lessons.get(page, ())
        if lesson.date in span and _counts(pupil, lesson, school, regulation)
    }
    days, exempt = _exempt_days(pupil, journal, span, school)
    return Evidence(
        marks=tuple(sorted(_of(facts.marks.get(pupil, ()), pages, span), key=_when)),
        missed=tuple(sorted((m for m in facts.missed.get(pupil, ()) if m.lesson in held), key=_when)),
        held=len(held),
        week_hours=week_hours(school, journal, span),
        days=days,
        exempt_days=exempt,
    )


def _of(marks: Iterable[Counted], pages: set[UUID], span: Span) -> Iterable[Counted]:
    return (mark for mark in marks if mark.journal in pages and mark.date in span)


def _when(each: Counted | Missed) -> tuple[date, int]:
    return each.date, each.entry


def _counts(pupil: UUID, lesson: HeldLesson, school: School, regulation: Regulation) -> bool:
    """K-29: held while he was on the list, days at a distance too; not what asks for no presence (P-21), nor physical
    education of the exempt (K-30)."""
    terms = regulation.extracurricular.get(lesson.mode)
    return (terms is None or terms.attendance) and school.liable(pupil, lesson.journal, lesson.date)


def _exempt_days(pupil: UUID, journal: UUID, span: Span, school: School) -> tuple[int, int]:
    """(days of the span, those under an exemption from PE); nobody is exempt from another subject."""
    if span.last is None or not school.is_pe(journal):
        return 0, 0
    known, days = school.pupils[pupil], (span.last - span.first).days + 1
    if not known.exemptions:
        return days, 0
    return days, sum(known.exempt(span.first + n * DAY) is not None for n in range(days))


def week_hours(school: School, journal: UUID, span: Span) -> int:
    """Lessons a week in hundredths: by the study plan, else by what the timetable brings over the span."""
    page = school.journals[journal]
    planned = school.study_plan.get((page.class_id, page.subject))
    if planned is not None and planned[0] and page.pupil is None:
        return planned[0]
    lessons = [each for each in school.timetable.by_journal.get(journal, ()) if each.date in span]
    weeks = {each.date.isocalendar()[:2] for each in lessons}
    return round(100 * len(lessons) / len(weeks)) if weeks else 0
