"""Of what an import would change, that which touches days gone by or lessons somebody has arranged: each by name,
never a count alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from ledger.entry import Draft
from ledger.events.calendar import HolidayScheduled, ReportingPeriodDefined
from ledger.events.journals import WorkloadAssigned, WorkloadEnded
from ledger.events.roster import (
    ClassTeacherAppointed,
    PupilDeparted,
    PupilEnrolled,
    PupilGrouped,
    PupilMoved,
    PupilUngrouped,
)
from ledger.people import Name
from ledger.school import School
from ledger.span import DAY
from ledger.substitutes import lesson_of
from ledger.timetable import Lesson
from ledger.windows import spoken
from projections.import_preview import Group, in_words, page_words

Found = Iterator[tuple[str, str]]  # kind and sentence
SUBSTITUTION, CHANGE, EXTRA = "SubstitutionLost", "ChangeLost", "ExtraOnHoliday"
# Whose days an event changes from `first` on, or after `last`.
_FROM = (PupilEnrolled, PupilMoved, PupilGrouped, WorkloadAssigned, ClassTeacherAppointed)
_AFTER = (PupilDeparted, PupilUngrouped, WorkloadEnded)


def touches(
    before: School, then: School, drafts: Sequence[Draft], names: Mapping[UUID, Name], now: datetime
) -> tuple[Group, ...]:
    """`before` and `then`: the school without and with `drafts`; `now` local to it. The gravest kinds first."""
    kinds: dict[str, list[str]] = {}
    for found in (
        _lost_substitutions(before, then, names),
        _lost_changes(before, then, names),
        _extras_on_holidays(before, then, names),
        _moved_terms(before, drafts),
        _backdated(before, then, drafts, names, now),
    ):
        for kind, words in found:
            kinds.setdefault(kind, []).append(words)
    return tuple(Group(event=kind, count=len(own), lines=tuple(own)) for kind, own in kinds.items())


def _lost_substitutions(before: School, then: School, names: Mapping[UUID, Name]) -> Found:
    lost = ((before.substitution(id_), lesson_of(id_, before)) for id_ in before.substitutions)
    standing = [(s, each) for s, each in lost if s is not None and each is not None]
    for substitution, lesson in sorted(standing, key=lambda each: each[1].starts):
        if lesson_of(lesson.id, then) is None:
            people = (_name(substitution.absent, names), _name(substitution.substitute, names))
            yield SUBSTITUTION, f"{_lesson(lesson, before)} · {' → '.join(filter(None, people))}"


def _lost_changes(before: School, then: School, names: Mapping[UUID, Name]) -> Found:
    """Cancelled and moved lessons whose own lesson would not be there."""
    for change in before.changes.values():
        lesson = before.timetable.left.get(change.lesson)
        if lesson is not None and change.lesson not in {**then.timetable.left, **then.timetable.by_id}:
            what = f"перенесён на {spoken(change.date)}" if change.date is not None else "отменён"
            teachers = _teachers(lesson.journal, lesson.date, before, names)
            yield CHANGE, f"{_lesson(lesson, before)}{teachers} · {what}"


def _extras_on_holidays(before: School, then: School, names: Mapping[UUID, Name]) -> Found:
    """They stand, but on a day off."""
    for extra in before.extras.values():
        if _off(extra.date, then) and not _off(extra.date, before):
            teachers = _teachers(extra.journal, extra.date, before, names)
            where = f"{spoken(extra.date)}, {extra.number}-й урок"
            yield EXTRA, f"{page_words(extra.journal, then)} · {where}{teachers}"


def _off(day: date, school: School) -> bool:
    return any(each.first <= day <= each.last for each in school.holidays.values())


def _moved_terms(before: School, drafts: Sequence[Draft]) -> Found:
    for draft in drafts:
        event = draft.event
        if isinstance(event, ReportingPeriodDefined) and event.period in before.periods:
            span = before.periods[event.period].span
            was = _days(span.first, span.last)
            kind = type(event).__name__
            yield kind, f"{event.title} ({event.level}): {was} → {_days(event.first, event.last)}"
        if isinstance(event, HolidayScheduled) and event.holiday in before.holidays:
            known = before.holidays[event.holiday]
            was = _days(known.first, known.last)
            yield type(event).__name__, f"{event.title}: {was} → {_days(event.first, event.last)}"


def _backdated(
    before: School, then: School, drafts: Sequence[Draft], names: Mapping[UUID, Name], now: datetime
) -> Found:
    """What begins, or ends, before a lesson that has begun of the same class or page."""
    held = _last_held(before, now)
    for draft in drafts:
        day, place = _reach(draft, before, then)
        if day is None or place is None or day > held.get(place, date.min):
            continue
        words = in_words(draft, then, names)
        if isinstance(draft.event, PupilEnrolled) and draft.stream in before.pupils:
            words += _enrolled_before(draft.stream, before)
        yield type(draft.event).__name__, words


def _enrolled_before(pupil: UUID, before: School) -> str:
    classes = before.pupils[pupil].classes
    return f" (было с {spoken(classes[-1][1].first)})" if classes else ""


def _last_held(school: School, now: datetime) -> dict[UUID, date]:
    """Class or page → day of its last lesson that has begun."""
    found: dict[UUID, date] = {}
    for lesson in school.timetable.lessons:
        if lesson.starts <= now:
            found[lesson.journal] = found[school.journals[lesson.journal].class_id] = lesson.date
    return found


def _reach(draft: Draft, before: School, then: School) -> tuple[date | None, UUID | None]:
    """The first day an event changes, and the class or page it changes it for."""
    event = draft.event
    if isinstance(event, _FROM):
        return event.first, _place(draft, before, then)
    if isinstance(event, _AFTER):
        return event.last + DAY, _place(draft, before, then)
    return None, None


def _place(draft: Draft, before: School, then: School) -> UUID | None:
    event = draft.event
    if isinstance(event, (PupilEnrolled, PupilMoved)):
        return event.class_id
    if isinstance(event, (PupilGrouped, PupilUngrouped)):
        return then.groups[event.group].class_id
    if isinstance(event, PupilDeparted):
        classes = (before if draft.stream in before.pupils else then).pupils[draft.stream].classes
        return classes[-1][0] if classes else None
    return draft.stream  # the class or the page itself


def _lesson(lesson: Lesson, school: School) -> str:
    return f"{page_words(lesson.journal, school)} · {spoken(lesson.date)}, {lesson.number}-й урок"


def _name(person: UUID | None, names: Mapping[UUID, Name]) -> str:
    return names[person].short if person is not None and person in names else ""


def _teachers(journal: UUID, on: date, school: School, names: Mapping[UUID, Name]) -> str:
    """« · Петров О. А.», "" where nobody is known."""
    known = [name for each in school.teachers_of(journal, on) if (name := _name(each, names))]
    return f" · {', '.join(known)}" if known else ""


def _days(first: date, last: date | None) -> str:
    return f"{spoken(first)} – {spoken(last)}" if last is not None else f"с {spoken(first)}"
