"""How dates, delays and titles are written on the screen: Jinja filters over pure functions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask import Flask

from ledger.clause import point, spelled
from projections.rooms import room_words
from web.spoken import delay
from web.titles import (
    ACCESS,
    AWAY_KINDS,
    CANCELLED,
    CONTESTED,
    CORRECTIONS,
    DISTANCE_MODES,
    EVENTS,
    FATES,
    GROUNDS,
    HEALTH,
    MANNERS,
    MARK_KINDS,
    ORDER_KINDS,
    PAPERS,
    PERIOD_KINDS,
    PROMOTIONS,
    REPORTS,
    ROLES,
    SCOPES,
    STATUSES,
    TARGETS,
)


def day_long(day: date) -> str:
    """«Среда, 14 октября»."""
    text = format_date(day, "EEEE, d MMMM", locale="ru")
    return text[0].upper() + text[1:]


def day_title(day: date) -> str:
    """«14 октября»."""
    return format_date(day, "d MMMM", locale="ru")


def month_title(day: date) -> str:
    """«октябрь»."""
    return format_date(day, "LLLL", locale="ru")


def weekday(day: date) -> str:
    """«пн»."""
    return format_date(day, "EEE", locale="ru")


def day_short(day: date) -> str:
    """«14.10»."""
    return f"{day.day:02}.{day.month:02}"  # strftime takes three times as long, and a journal asks 300 times


def clock(at: datetime, zone: ZoneInfo) -> str:
    """«09:47» by the school's clock; a naive time is the school's already."""
    return f"{local(at, zone):%H:%M}"


def moment(at: datetime, zone: ZoneInfo) -> str:
    """«14.10 09:47» by the school's clock."""
    return naive_moment(local(at, zone))


def naive_moment(at: datetime) -> str:
    """«14.10 09:47» of a time that is the school's already."""
    return f"{day_short(at)} {at.hour:02}:{at.minute:02}"


def moment_full(at: datetime, zone: ZoneInfo) -> str:
    """«14.10.2026 09:47:12»: the trail leaves no doubt about the year and the second."""
    return f"{local(at, zone):%d.%m.%Y %H:%M:%S}"


def local(at: datetime, zone: ZoneInfo) -> datetime:
    """`at` as the school's naive local time."""
    return at if at.tzinfo is None else at.astimezone(zone).replace(tzinfo=None)


def school_year(first: int) -> str:
    """«2026/27»."""
    return f"{first}/{(first + 1) % 100:02}"


def roman(number: int) -> str:
    """Lesson numbers of the day as the school writes them: «II урок»."""
    return ("0", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")[number]


def short_kind(title: str) -> str:
    """«СР» of «Самостоятельная работа», «соч» of «Сочинение»: what fits a column's head."""
    words = [word for word in title.replace("(", " ").split() if len(word) > 2]
    if len(words) < 2:
        return title[:3].lower()
    return "".join(word[0] for word in words[:3]).upper()


def hours(hundredths: int) -> str:
    """«3», «0,5»: hours a week, kept in hundredths."""
    whole, part = divmod(hundredths, 100)
    return f"{whole},{part:02}".rstrip("0") if part else str(whole)


def day_full(day: date) -> str:
    """«14.10.2026»."""
    return f"{day_short(day)}.{day.year}"


def plural(number: int, one: str, few: str, many: str) -> str:
    """«3 отметки»: the number with the right one of the three Russian forms."""
    return f"{number} {plural_form(number, one, few, many)}"


def plural_form(number: int, one: str, few: str, many: str) -> str:
    """«отметки» of 3: the word alone, where the number stands apart."""
    tens, ones = number % 100, number % 10
    form = many
    if tens not in range(11, 15):
        form = one if ones == 1 else few if ones in (2, 3, 4) else many
    return form


def install(app: Flask, zone: Callable[[], ZoneInfo]) -> None:
    """Register the filters; `zone` answers the school's time zone of the request."""
    plain: tuple[Callable[..., str], ...] = (
        *(day_long, day_title, month_title, weekday, day_short, delay),
        *(school_year, roman, short_kind, plural, plural_form, hours, day_full, point, spelled),
    )
    for function in plain:
        app.add_template_filter(function)
    app.add_template_filter(room_words, "room")
    app.add_template_filter(lambda at: clock(at, zone()), "clock")
    app.add_template_filter(lambda at: moment(at, zone()), "moment")
    app.add_template_filter(lambda at: moment_full(at, zone()), "moment_full")
    app.add_template_filter(lambda at: local(at, zone()), "school_time")
    app.add_template_filter(lambda at: f"{local(at, zone()):%Y-%m-%dT%H:%M}", "field_moment")
    app.add_template_global(lambda: zone().key, "zone_name")
    for name, titles in TITLES.items():
        app.add_template_filter(_titled(titles), f"{name}_title")


TITLES = {
    "role": ROLES,
    "target": TARGETS,
    "status": STATUSES,
    "fate": FATES,
    "distance": DISTANCE_MODES,
    "period_kind": PERIOD_KINDS,
    "event": EVENTS,
    "health": HEALTH,
    "scope": SCOPES,
    "access": ACCESS,
    "substitution": MANNERS,
    "away": AWAY_KINDS,
    "order_kind": ORDER_KINDS,
    "cancelled": CANCELLED,
    "ground": GROUNDS,
    "contested": CONTESTED,
    "correction": CORRECTIONS,
    "report": REPORTS,
    "promotion": PROMOTIONS,
    "paper": PAPERS,
    "mark_kind": MARK_KINDS,
}


def _titled(titles: dict[str, object]) -> Callable[[str], str]:
    # What a newer entry calls by a name we do not know is shown as it is, not hidden.
    return lambda key: str(titles.get(key, key))
