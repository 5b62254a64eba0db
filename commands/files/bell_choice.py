"""Which bell schedule rings for a class on a weekday: the narrowest line of bell_days.csv wins."""

from collections.abc import Iterable, Mapping
from datetime import time

from commands.files.csv_rows import Bell, BellDay, SchoolClass
from commands.files.csv_values import grade_range
from commands.files.names import class_key

ANYBODY = 1_000  # wider than any range of grades


def width(who: str, school_class: SchoolClass) -> int | None:
    """0 for the class itself, 1… for grades, ANYBODY for «*»; None when the line is not about this class."""
    if who == "*":
        return ANYBODY
    grades = grade_range(who)
    if grades:
        return grades[1] - grades[0] + 1 if grades[0] <= school_class.grade <= grades[1] else None
    return 0 if class_key(who) == class_key(school_class.name) else None


def schedule_for(bell_days: Iterable[BellDay], school_class: SchoolClass, weekday: int) -> str | None:
    """Name of the schedule, or None when no line is about this class on this weekday."""
    fitting = [
        (fit, day.schedule)
        for day in bell_days
        if day.weekday == weekday and (fit := width(day.who, school_class)) is not None
    ]
    return min(fitting)[1] if fitting else None


def ringing(bells: Iterable[Bell]) -> Mapping[tuple[str, int], tuple[time, time]]:
    """(schedule, number) → (start, end), school local time."""
    return {(bell.schedule, bell.number): (bell.start, bell.end) for bell in bells}
