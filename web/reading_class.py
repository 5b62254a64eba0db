"""The class teacher's pages and the attendance reports: right first, then one reading transaction (web/reading.py)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import abort, g

from ledger.school import Klass
from projections import attendance_stats, class_contacts, class_week, daily_check, disputes, missed_lessons
from projections.attendance_stats import AttendancePage, SchoolAttendance
from projections.class_contacts import ContactsPage
from projections.class_week import ClassWeek
from projections.daily_check import DayCheck
from projections.disputes import DisputeLine
from projections.missed_lessons import MissedPage
from web import reading


def led() -> list[Klass]:
    """The classes this person leads today, by grade."""
    found = reading.school().classes_led(g.actor.person, _today())
    return sorted(found, key=lambda klass: (klass.grade, klass.title))


def classes(action: str) -> list[Klass]:
    """The classes of this study year somebody may ask `action` of, by grade."""
    school = reading.school()
    year = school.year_of(_today())
    found = [
        klass
        for klass in school.classes.values()
        if klass.year == year and reading.may(action, class_id=klass.id)
    ]
    return sorted(found, key=lambda klass: (klass.grade, klass.title))


def week(class_id: UUID, monday: date, at: str | None) -> ClassWeek:
    """«Класс за неделю»."""
    _allowed("view_attendance", class_id)
    keys = reading.person_keys()
    return reading.show(
        at, lambda r: class_week.page(r, class_id, monday, keys), "class week", class_id=class_id
    )


def day_check(class_id: UUID, at: str | None) -> DayCheck | None:
    """What of the class's day is not written down, beside its week; None for whoever does not look every day."""
    if not reading.may("check_day", class_id=class_id):
        return None
    return reading.show(at, lambda r: daily_check.of_class(r, class_id), "day check", log=False)


def contacts(class_id: UUID, at: str | None) -> ContactsPage:
    _allowed("view_contacts", class_id)
    return reading.show(at, lambda r: class_contacts.page(r, class_id), "contacts", class_id=class_id)


def attendance(class_id: UUID, first: date, last: date, at: str | None) -> AttendancePage:
    """C-14 of one class."""
    _allowed("view_attendance", class_id)
    return reading.show(
        at,
        lambda r: attendance_stats.page(r, class_id, first, last),
        "attendance",
        class_id=class_id,
    )


def attendance_of_school(first: date, last: date, at: str | None) -> SchoolAttendance:
    """C-14 of every class this person may ask about."""
    ids = [klass.id for klass in classes("view_attendance")]
    if not ids:
        abort(403)
    reading.allowed("view_attendance", class_id=ids[0])
    return reading.show(at, lambda r: attendance_stats.of_school(r, ids, first, last), "attendance of school")


def missed(pupil: UUID, first: date, last: date, at: str | None) -> MissedPage:
    """C-08 of one pupil."""
    reading.allowed("view_attendance", pupil=pupil)
    return reading.show(
        at, lambda r: missed_lessons.page(r, pupil, first, last), "missed lessons", pupil_id=pupil
    )


def disputes_of_teacher(at: str | None) -> tuple[DisputeLine, ...]:
    """About one's own lessons, for «Сегодня»."""
    person, keys = g.actor.person, reading.person_keys()
    return reading.show(at, lambda r: disputes.of_teacher(r, person, keys), "disputes", log=False)


def _allowed(action: str, class_id: UUID) -> None:
    if class_id not in reading.school().classes:
        abort(404)
    reading.allowed(action, class_id=class_id)


def _today() -> date:
    return reading.now().date()
