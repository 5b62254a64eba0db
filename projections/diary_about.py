"""What else a family is told of the pupil's year (R-190): who teaches what, periods and holidays, recommendations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger.personal import KeyOf
from ledger.school import School
from projections import diary_remarks, diary_sections
from projections.as_of import AsOf
from projections.diary_remarks import Remark
from projections.reading import NoSuchPage, Reading
from projections.years import day_of, year_now


@dataclass(frozen=True, kw_only=True, slots=True)
class SubjectTeachers:
    """Of one page of the journal the pupil is on; `home`: of tuition at home."""

    subject: str
    group_title: str
    teachers: tuple[UUID, ...]
    home: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """Days from `first` to `last`: `state` is ahead, running or past."""

    title: str
    first: date
    last: date
    state: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DiaryAbout:
    """A part the act does not name (P-73) is empty."""

    pupil: UUID
    class_title: str
    class_id: UUID | None
    class_teachers: tuple[UUID, ...]
    subjects: tuple[SubjectTeachers, ...]
    periods: tuple[Stretch, ...]
    holidays: tuple[Stretch, ...]
    recommendations: tuple[Remark, ...]
    sections: frozenset[str]
    as_of: AsOf


def page(reading: Reading, pupil: UUID, key_of: KeyOf) -> DiaryAbout:
    """Of the running study year, or the one nearest to the day. Raises NoSuchPage."""
    school, known = reading.school, reading.school.pupils.get(pupil)
    year = year_now(school, reading.today)
    if known is None or year is None:
        raise NoSuchPage(str(pupil))
    day, sections = day_of(school.years[year], reading.today), diary_sections.of(reading)
    class_id = known.class_on(day)
    klass = school.classes[class_id] if class_id is not None else None
    teachers, holidays = "teachers" in sections, "holidays" in sections
    periods = _periods(school, klass.level, year, reading.today) if klass is not None else ()
    return DiaryAbout(
        pupil=pupil,
        class_title=klass.title if klass is not None else "",
        class_id=class_id,
        class_teachers=tuple(p for p, span in klass.teachers if day in span) if klass and teachers else (),
        subjects=_subjects(school, pupil, year, day) if teachers else (),
        periods=periods if holidays else (),
        holidays=_holidays(school, year, reading.today) if holidays else (),
        recommendations=diary_remarks.recommendations(reading, pupil, key_of)
        if "recommendations" in sections
        else (),
        sections=sections,
        as_of=reading.as_of,
    )


def _subjects(school: School, pupil: UUID, year: int, day: date) -> tuple[SubjectTeachers, ...]:
    own = [p for p in school.journals.values() if p.year == year and school.enrolled(pupil, p.id, day)]
    found = (
        SubjectTeachers(
            subject=school.subject_of(page.id).title,
            group_title=school.group_title(page.id),
            teachers=school.teachers_of(page.id, day),
            home=page.pupil is not None,
        )
        for page in own
    )
    return tuple(sorted(found, key=lambda each: (each.subject.casefold(), each.group_title)))


def _periods(school: School, level: str, year: int, today: date) -> tuple[Stretch, ...]:
    own = [period for period in school.periods.values() if (period.level, period.year) == (level, year)]
    return _ordered(((p.title, p.span.first, p.span.last or p.span.first) for p in own), today)


def _holidays(school: School, year: int, today: date) -> tuple[Stretch, ...]:
    span = school.years[year]
    own = [holiday for holiday in school.holidays.values() if holiday.first in span]
    return _ordered(((each.title, each.first, each.last) for each in own), today)


def _ordered(found: Iterable[tuple[str, date, date]], today: date) -> tuple[Stretch, ...]:
    return tuple(
        Stretch(title=title, first=first, last=last, state=_state(first, last, today))
        for title, first, last in sorted(found, key=lambda each: each[1])
    )


def _state(first: date, last: date, today: date) -> str:
    if today < first:
        return "ahead"
    return "running" if today <= last else "past"
