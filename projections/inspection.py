"""What an inspector lands on: the mandate, and what asks for a look since the last check (R-024)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from projections.class_list import in_order
from projections.moments import last_check
from projections.reading import Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class Inspection:
    """`until` is the last day one may look, None for a role without an end; `whole`: the mandate is for the school.
    `since` (aware) the last check; of what was done after it: corrections approved, cells entered after their time,
    Acts finalised. `classes` of the running year: id and title."""

    until: date | None
    whole: bool
    since: datetime | None
    corrections: int
    late: int
    acts: int
    classes: tuple[tuple[UUID, str], ...]


def inspection(reading: Reading, person: UUID) -> Inspection | None:
    """None for somebody without a mandate on the day of the page."""
    school, today = reading.school, reading.today
    scope = school.inspects(person, today)
    if scope is None:
        return None
    since, year = last_check(school, person, today), school.year_of(today)
    pages = [page.id for page in school.journals.values() if not scope or page.class_id in scope]
    about: dict[str, Any] = {"since": since, "pages": pages}
    classes = [k for k in school.classes.values() if k.year == year and (not scope or k.id in scope)]
    return Inspection(
        until=_until(reading, person),
        whole=not scope,
        since=since,
        corrections=_count(
            reading,
            "corrections",
            "status = 'approved' AND decided_at > %(since)s AND journal = ANY(%(pages)s)",
            about,
        ),
        late=_count(
            reading,
            "cells",
            "delay > 0 AND entered_at > %(since)s AND journal = ANY(%(pages)s)",
            about,
        ),
        acts=_count(reading, "acts", "finalised_at > %(since)s", about),
        classes=tuple((klass.id, klass.title) for klass in sorted(classes, key=in_order)),
    )


def _count(reading: Reading, table: str, where: str, about: dict[str, Any]) -> int:
    return int(reading.rows(table, where, columns="count(*) AS n", **about)[0].n)


def _until(reading: Reading, person: UUID) -> date | None:
    """Of all that is open today: the last day, None when one of them has none."""
    school, today = reading.school, reading.today
    held = [span for role, _, span in school.roles.get(person, ()) if role.value == "inspector"]
    spans = [span for span in (*held, *(m.span for m in school.mandates.get(person, ()))) if today in span]
    lasts = [span.last for span in spans]
    return None if None in lasts else max((last for last in lasts if last is not None), default=None)
