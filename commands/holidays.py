"""Holidays (R-066). They lay the whole timetable anew, so they come and go for what is ahead: a day whose lessons have
begun stays a day of lessons, and one that was free is not filled with lessons nobody held."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid5

from commands.clashing import called
from commands.deciding import Refusal, Sight
from commands.importing.terms import numbered
from commands.known import a_stretch
from commands.texts import plain
from ledger import streams
from ledger.entry import Draft
from ledger.events.calendar import HolidayScheduled, HolidayWithdrawn
from ledger.school import Holiday
from ledger.windows import spoken

TITLE_LENGTH = 60  # characters of «Осенние каникулы»
SHOWN = 3  # lessons a sentence names


@dataclass(frozen=True, kw_only=True, slots=True)
class ScheduleHoliday:
    """`holiday` names the one that is changed, None for a new one. It may lie inside a reporting period."""

    title: str
    first: date
    last: date
    holiday: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawHoliday:
    holiday: UUID


def schedule_holiday(command: ScheduleHoliday, sight: Sight) -> tuple[Draft, ...]:
    school = sight.school
    known = _known(command.holiday, sight) if command.holiday is not None else None
    year = school.year_of(command.first)
    a_stretch(command.first, command.last, command.first.year if year is None else year, sight)
    id_ = command.holiday or uuid5(sight.stamp.command_id, "holiday")
    event = HolidayScheduled(
        holiday=id_, title=plain(command.title, TITLE_LENGTH), first=command.first, last=command.last
    )
    _alone(event, sight)
    wanted = Holiday(title=event.title, first=event.first, last=event.last)
    if known == wanted:
        return ()
    keeps_days_begun(known, wanted, sight)
    return numbered([(streams.calendar(school.id), event)], school)


def withdraw_holiday(command: WithdrawHoliday, sight: Sight) -> tuple[Draft, ...]:
    keeps_days_begun(_known(command.holiday, sight), None, sight)
    event = HolidayWithdrawn(holiday=command.holiday)
    return numbered([(streams.calendar(sight.school.id), event)], sight.school)


def keeps_days_begun(known: Holiday | None, wanted: Holiday | None, sight: Sight) -> None:
    """Raises Refusal where the change would take lessons that have begun away, or bring some into the past."""
    before, after = _days(known), _days(wanted)
    _no_lesson_has_begun(after - before, sight)
    _is_ahead(before - after, sight)


def _known(holiday: UUID, sight: Sight) -> Holiday:
    known = sight.school.holidays.get(holiday)
    if known is None:
        raise Refusal("holiday-exists", "Таких каникул нет.", status=404)
    return known


def _days(holiday: Holiday | None) -> set[date]:
    if holiday is None:
        return set()
    return {holiday.first + timedelta(days=n) for n in range((holiday.last - holiday.first).days + 1)}


def _alone(event: HolidayScheduled, sight: Sight) -> None:
    for id_, other in sight.school.holidays.items():
        if id_ != event.holiday and event.first <= other.last and other.first <= event.last:
            raise Refusal(
                "holiday-overlap",
                f"«{event.title}» ({_between(event.first, event.last)}) пересекаются с днями"
                f" «{other.title}» ({_between(other.first, other.last)}).",
            )


def _no_lesson_has_begun(days: Iterable[date], sight: Sight) -> None:
    """R-092: what has been held stays in its place; a lesson that was not held is cancelled by itself."""
    school = sight.school
    begun = [
        lesson
        for day in sorted(days)
        for lesson in school.timetable.by_day.get(day, ())
        if lesson.starts <= sight.now
    ]
    if begun:
        named = "; ".join(f"{called(each, school)} {spoken(each.date)}" for each in begun[:SHOWN])
        more = f" и ещё {len(begun) - SHOWN}" if len(begun) > SHOWN else ""
        raise Refusal(
            "holiday-lessons",
            f"В эти дни уроки уже шли: {named}{more}. Каникулы назначают на дни, что впереди;"
            " несостоявшийся урок отменяют отдельно.",
            status=409,
        )


def _is_ahead(freed: Iterable[date], sight: Sight) -> None:
    """A day that becomes a school day again brings lessons whose deadlines must not have passed."""
    past = min(freed, default=None)
    if past is not None and past < sight.now.date():
        raise Refusal("holiday-past", f"{spoken(past)} уже прошло без уроков: прошедшие каникулы не меняют.")


def _between(first: date, last: date) -> str:
    return spoken(first) if first == last else f"{spoken(first)} – {spoken(last)}"
