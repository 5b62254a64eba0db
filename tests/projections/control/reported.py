"""A control report over what a story told, and its lines by the words people look for."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from ledger.people import Name, put_many
from projections.control import REPORTS
from projections.control.report import Asked, Behind, Report
from tests.projections.pouring import Paper, caught_up
from tests.story import Story
from tests.world import ROLES, SCHOOL_ID, named

MONDAY, FRIDAY = date(2026, 10, 12), date(2026, 10, 16)


def asked(first: date = MONDAY, last: date = FRIDAY, **filters: Any) -> Asked:
    """Filters by name: class_id="7А", subject="Алгебра", teacher="Соколова"."""
    ids = {key: named(value) if key != "level" else value for key, value in filters.items()}
    return Asked(first=first, last=last, **ids)


def poured(paper: Paper, story: Story) -> Paper:
    paper.pour(story.store)
    paper.name_pupils()
    staff = {named(who): Name(last=who, first="") for who in ROLES}
    with paper.pool.connection() as connection:
        put_many(connection, SCHOOL_ID, staff, since=datetime(2020, 1, 1, tzinfo=UTC))
    caught_up(paper)
    return paper


def report(paper: Paper, code: str, about: Asked, when: str | None = "2026-10-18 12:00") -> Report:
    with paper.reading(when) as reading:
        return REPORTS[code].report(reading, about)


def behind(
    paper: Paper, code: str, about: Asked, key: str, when: str | None = "2026-10-18 12:00"
) -> list[Behind]:
    with paper.reading(when) as reading:
        return list(REPORTS[code].behind(reading, about, key))


def lines(found: Report) -> list[dict[str, Any]]:
    """Each line by the keys of its columns."""
    keys = [column.key for column in found.columns]
    return [dict(zip(keys, line.values, strict=True)) for line in found.lines]


def line(found: Report, **known: Any) -> dict[str, Any]:
    """The only one with these values."""
    (only,) = (own for own in lines(found) if all(own[key] == value for key, value in known.items()))
    return only


def figures(found: Report) -> dict[str, tuple[Any, ...]]:
    """Value, part and whole."""
    return {each.key: (each.value, each.part, each.whole) for each in found.figures}
