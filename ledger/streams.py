"""Ids of the streams that are not the id of a thing itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from hashlib import sha1
from uuid import UUID, uuid5


def calendar(school: UUID) -> UUID:
    """Year, periods, holidays, bells, subjects."""
    return uuid5(school, "calendar")


def regulation(school: UUID) -> UUID:
    return uuid5(school, "regulation")


def day(school: UUID, class_id: UUID, on: date) -> UUID:
    """What happens to the lessons of one class on one day: substitutions, moves, cancellations."""
    return uuid5(school, f"day/{class_id}/{on.isoformat()}")


def period_sheet(school: UUID, journal: UUID, period: UUID) -> UUID:
    """Period marks of a journal; its closing is one of its entries."""
    return uuid5(school, f"period/{journal}/{period}")


def timetable(school: UUID) -> UUID:
    """The turns of whoever puts somebody in a place at an hour (ledger.events.turns)."""
    return uuid5(school, "timetable")


def classes(school: UUID) -> UUID:
    """The turns of whoever forms a class: titles do not repeat."""
    return uuid5(school, "classes")


def orders(school: UUID) -> UUID:
    """The turns of whoever gives an order its number: numbers of one kind and day do not repeat."""
    return uuid5(school, "orders")


def lesson(school: UUID, slot: UUID, on: date) -> UUID:
    """A lesson's id: its slot and the date it was first planned for (design 3); a move keeps it."""
    return uuid5(school, f"lesson/{slot}/{on.isoformat()}")


def lessons_of(school: UUID, slot: UUID) -> Callable[[date], UUID]:
    """`lesson` for one slot and many days: the year's timetable asks it 50,000 times, and most of what uuid5 hashes
    is the same."""
    begun = sha1(school.bytes + f"lesson/{slot}/".encode(), usedforsecurity=False)

    def on(day: date) -> UUID:
        whole = begun.copy()
        whole.update(day.isoformat().encode())
        return UUID(bytes=whole.digest()[:16], version=5)

    return on


def late_entries(school: UUID, lesson: UUID) -> UUID:
    """All late-entry cases of one lesson."""
    return uuid5(school, f"late/{lesson}")


def literacy(work: UUID) -> UUID:
    """The column on the page of Russian that a work in literature makes there (R-126)."""
    return uuid5(work, "literacy")


def excuses(school: UUID, pupil: UUID) -> UUID:
    """What the class teacher says of a pupil's absences."""
    return uuid5(school, f"excuses/{pupil}")


def disputes(school: UUID, lesson: UUID) -> UUID:
    """All disputes about absences of one lesson."""
    return uuid5(school, f"disputes/{lesson}")


def plan_head(plan: UUID) -> UUID:
    """What the school knows of a plan: subject, parallel, year."""
    return uuid5(plan, "head")


def year(school: UUID, year: int) -> UUID:
    """What stands in the place of a period for marks of the whole year."""
    return uuid5(school, f"year/{year}")


def corrections(school: UUID, about: UUID) -> UUID:
    """All correction cases about one lesson or one period sheet."""
    return uuid5(school, f"corrections/{about}")


def error_reports(school: UUID, about: UUID) -> UUID:
    """All error reports about one lesson or one period sheet."""
    return uuid5(school, f"error-reports/{about}")


def reminders(school: UUID, period: UUID) -> UUID:
    """What was reminded of before the close of one period."""
    return uuid5(school, f"reminders/{period}")


def family(school: UUID, pupil: UUID) -> UUID:
    """What the family has acknowledged and what teachers wrote to it."""
    return uuid5(school, f"family/{pupil}")


def slips(school: UUID, class_id: UUID, week: date) -> UUID:
    """The paper slips of a class for the week that begins on this Monday."""
    return uuid5(school, f"slips/{class_id}/{week.isoformat()}")


def director_control(school: UUID) -> UUID:
    """The director's monthly control."""
    return uuid5(school, "director-control")


def daily_checks(school: UUID, class_id: UUID) -> UUID:
    """The class teacher's daily look at the class's lessons."""
    return uuid5(school, f"daily-checks/{class_id}")


def class_reports(school: UUID, class_id: UUID, period: UUID) -> UUID:
    """The handing over of one period's class reports."""
    return uuid5(school, f"class-reports/{class_id}/{period}")


def archive(school: UUID) -> UUID:
    """The archive register."""
    return uuid5(school, "archive")


def exchange(school: UUID, target: str) -> UUID:
    """What one outside system was given."""
    return uuid5(school, f"exchange/{target}")
