"""What a period mark rests on, gathered from what the pages say: the same for the gate, which reads entries, and for
the screen, which reads rows (E-06, K-29, K-30)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from ledger import streams
from ledger.attestation import Counted, Evidence, Missed
from ledger.regulation import Regulation
from ledger.school import School
from ledger.school_records import Period
from ledger.span import DAY, Span
from ledger.timetable import Slot


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
    places = dict.fromkeys(place for place, _ in (*known.classes, *known.groups))
    others = (
        page.id
        for place in places
        for page in school.pages_at(place, own.subject, own.year)
        if page.id != journal and page.pupil in (None, pupil)
    )
    return (journal, *others)


def evidence_of(
    pupil: UUID, journal: UUID, span: Span, facts: Facts, school: School, regulation: Regulation
) -> Evidence:
    """Of the pupil in the subject of `journal` over the days of `span`."""
    return evidences_of((pupil,), journal, span, facts, school, regulation)[pupil]


def evidences_of(
    pupils: Iterable[UUID], journal: UUID, span: Span, facts: Facts, school: School, regulation: Regulation
) -> dict[UUID, Evidence]:
    """Of each of the pupils; what is the same for all of them is counted once."""
    wanted, hours = tuple(pupils), week_hours(school, journal, span)
    own = {page for pupil in wanted for page in pages_of(school, journal, pupil)} & facts.lessons.keys()
    pages = {page: _Page.of(page, facts.lessons[page], span, regulation) for page in own}
    return {pupil: _evidence(pupil, journal, span, facts, pages, hours, school) for pupil in wanted}


@dataclass(frozen=True, kw_only=True)
class _Page:
    """Lessons of a page that ask for presence, by day, and their ids."""

    journal: UUID
    lessons: tuple[HeldLesson, ...]
    ids: frozenset[UUID]

    @classmethod
    def of(cls, journal: UUID, lessons: Iterable[HeldLesson], span: Span, regulation: Regulation) -> _Page:
        own = [each for each in lessons if each.date in span and _asks_presence(each, regulation)]
        return cls(
            journal=journal,
            lessons=tuple(sorted(own, key=lambda each: each.date)),
            ids=frozenset(each.lesson for each in own),
        )

    def held(self, pupil: UUID, school: School) -> frozenset[UUID]:
        """Those at which he was to be (K-29, K-30)."""
        if not self.lessons:
            return self.ids
        if steady(pupil, self.journal, self.lessons[0].date, self.lessons[-1].date, school):
            return self.ids
        return frozenset(
            each.lesson for each in self.lessons if school.liable(pupil, self.journal, each.date)
        )


def steady(pupil: UUID, journal: UUID, first: date, last: date, school: School) -> bool:
    """Whether nothing ever happened to the pupil that could make them not liable at some lesson of these days."""
    page, known = school.journals[journal], school.pupils[pupil]
    if page.pupil is not None or known.tuitions or len(known.classes) != 1:
        return False
    if known.exemptions and school.is_pe(journal):
        return False
    class_id, span = known.classes[0]
    if class_id != page.class_id or first not in span or last not in span:
        return False
    return page.group is None or any(g == page.group and first in s and last in s for g, s in known.groups)


def _evidence(
    pupil: UUID,
    journal: UUID,
    span: Span,
    facts: Facts,
    pages: Mapping[UUID, _Page],
    week_hours: int,
    school: School,
) -> Evidence:
    own = pages_of(school, journal, pupil)
    found = [pages[page].held(pupil, school) for page in own if page in pages]
    held = frozenset().union(*found)
    days, exempt = _exempt_days(pupil, journal, span, school)
    return Evidence(
        marks=tuple(sorted(_of(facts.marks.get(pupil, ()), own, span), key=_when)),
        missed=tuple(sorted((m for m in facts.missed.get(pupil, ()) if m.lesson in held), key=_when)),
        held=len(held),
        week_hours=week_hours,
        days=days,
        exempt_days=exempt,
        special=school.is_pe(journal)
        and school.pupils[pupil].health_group(span.last or span.first) == "special",
    )


def _of(marks: Iterable[Counted], pages: tuple[UUID, ...], span: Span) -> Iterable[Counted]:
    return (mark for mark in marks if mark.journal in pages and mark.date in span)


def _when(each: Counted | Missed) -> tuple[date, int]:
    return each.date, each.entry


def _asks_presence(lesson: HeldLesson, regulation: Regulation) -> bool:
    """K-29: days at a distance too; not what P-21 names."""
    terms = regulation.extracurricular.get(lesson.mode)
    return terms is None or terms.attendance


def _exempt_days(pupil: UUID, journal: UUID, span: Span, school: School) -> tuple[int, int]:
    """(days of the span, those under an exemption from PE); nobody is exempt from another subject."""
    if span.last is None or not school.is_pe(journal):
        return 0, 0
    known, days = school.pupils[pupil], (span.last - span.first).days + 1
    if not known.exemptions:
        return days, 0
    return days, sum(known.exempt(span.first + n * DAY) is not None for n in range(days))


def week_hours(school: School, journal: UUID, span: Span) -> int:
    """Lessons a week in hundredths: by the study plan, else by the weekly places the page has over the days of `span`,
    so that holidays make no subject smaller (P-19)."""
    page = school.journals[journal]
    planned = school.study_plan.get((page.class_id, page.subject))
    if planned is not None and planned[0] and page.pupil is None:
        return planned[0]
    lessons = [each for each in school.timetable.by_journal.get(journal, ()) if each.date in span]
    slots = [school.slots[id] for id in {each.slot for each in lessons} if id in school.slots]
    if not slots:
        return 0
    first = max(span.first, min(slot.first for slot in slots))
    last = min(span.last or date.max, max(slot.last for slot in slots))
    places = sum(_days_between(slot, first, last) * (100 if slot.week == "all" else 50) for slot in slots)
    return round(places / ((last - first).days + 1))


def _days_between(slot: Slot, first: date, last: date) -> int:
    return max(0, (min(slot.last, last) - max(slot.first, first)).days + 1)


def periods_of(school: School, journal: UUID) -> tuple[Period, ...]:
    """The reporting periods of the page's class and year, in order."""
    page, level = school.journals[journal], school.klass_of(journal).level
    own = [p for p in school.periods.values() if (p.level, p.year) == (level, page.year)]
    return tuple(sorted(own, key=lambda period: period.span.first))


def span_of(school: School, journal: UUID, period: UUID) -> Span | None:
    """The days of a sheet: of the reporting period, or of the year. None when it is no sheet of this page."""
    year = school.journals[journal].year
    if period == streams.year(school.id, year):
        return school.years[year]
    known = school.periods.get(period)
    own = known is not None and (known.level, known.year) == (school.klass_of(journal).level, year)
    return known.span if known is not None and own else None


def pupils_asked(school: School, journal: UUID, span: Span, today: date) -> tuple[UUID, ...]:
    """Whose mark for these days the page is asked for: who is on its list at their end, or today while they last. A
    pupil taught at home has it on the pupil's own page (8.2)."""
    on, home = min(span.last or today, today), school.journals[journal].pupil is not None
    return tuple(p for p in school.pupils_of(journal, on) if home or not school.pupils[p].at_home(on))


def is_owed(pupil: UUID, journal: UUID, span: Span, school: School) -> bool:
    """Whether the pupil needs a mark in this subject for the period: whoever came later, or learns a subject that
    began later, does not."""
    on = span.last or span.first
    return any(
        school.enrolled(pupil, page, on)
        and any(each.date in span for each in school.timetable.by_journal.get(page, ()))
        for page in pages_of(school, journal, pupil)
    )
