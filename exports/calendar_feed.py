"""A feed as iCalendar (RFC 5545): read by every telephone."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from projections.calendar_feed import Feed, Happening
from projections.rooms import room_words

PRODUCT = "-//Letopis//RU"
REFRESH = "PT1H"


def ics(feed: Feed, *, school: str, address: str) -> bytes:
    """`address` ends every lesson's UID: ids of two deployments never meet."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{feed.title} — {school}")
    calendar.add("x-published-ttl", REFRESH)
    zone = ZoneInfo(feed.zone)
    for each in feed.happenings:
        calendar.add_component(_event(each, zone, feed.as_of.instant, address))
    calendar.add_missing_timezones()
    made: bytes = calendar.to_ical()
    return made


def _event(each: Happening, zone: ZoneInfo, stamped: datetime, address: str) -> Event:
    event = Event()
    event.add("uid", f"{each.uid}@{address}")
    event.add("dtstamp", stamped)
    event.add("dtstart", each.starts.replace(tzinfo=zone))
    event.add("dtend", each.ends.replace(tzinfo=zone))
    event.add("summary", _summary(each))
    if each.room:
        event.add("location", room_words(each.room))
    event.add("description", "\n".join(_lines(each)))
    return event


def _summary(each: Happening) -> str:
    group = f", {each.group_title}" if each.group_title else ""
    return f"{each.subject} · {each.class_title}{group}" + (" · замена" if each.substituted else "")


def _lines(each: Happening) -> list[str]:
    lines = [f"Учитель: {', '.join(each.teachers)}"] if each.teachers else []
    if each.moved_from is not None:
        lines.append(f"Перенесён с {each.moved_from:%d.%m}")
    return lines + [f"Задано: {text}" for text in each.homework]
