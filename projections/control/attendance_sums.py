"""What C-14 counts of every pupil, counted by the database: a school's year has a million presences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from ledger.regulation import Mode
from ledger.school import Journal
from ledger.span import Span
from projections.control.held import lessons_held
from projections.control.report import Asked
from projections.control.seats import SEATS, query, seats_of
from projections.reading import Reading

# kept: lessons with records that ask for presence (ledger R-141, P-21); seen: «н» and late of who was to be there.
_SUMS = f"""
    WITH seat AS MATERIALIZED ({SEATS}),
    kept AS MATERIALIZED (SELECT lesson, journal, date FROM pages.lessons l
        WHERE school_id = %(school)s AND date BETWEEN %(first)s AND %(last)s
        AND since <= %(position)s AND (until IS NULL OR until > %(position)s)
        AND journal = ANY(%(pages)s) AND mode <> ALL(%(modes)s)
        AND (%(given)s::uuid[] IS NULL OR lesson = ANY(%(given)s)) AND lesson <> ALL(%(dropped)s)
        AND NOT EXISTS (SELECT FROM unnest(%(away)s::uuid[], %(away_first)s::date[], %(away_last)s::date[])
            AS a(journal, first, last) WHERE a.journal = l.journal AND l.date BETWEEN a.first AND a.last)),
    seen AS MATERIALIZED (SELECT s.class, c.pupil, c.date, c.value_kind AS kind
        FROM pages.cells c JOIN kept k ON k.lesson = c.lesson
        JOIN seat s ON s.journal = c.journal AND s.pupil = c.pupil AND c.date BETWEEN s.first AND s.last
        WHERE c.school_id = %(school)s AND c.date BETWEEN %(first)s AND %(last)s AND c.value_kind <> 'mark'
        AND c.since <= %(position)s AND (c.until IS NULL OR c.until > %(position)s)),
    day AS MATERIALIZED (SELECT class, pupil, date, count(*) FILTER (WHERE kind = 'absence') AS missed,
        count(*) FILTER (WHERE kind = 'late') AS late FROM seen GROUP BY class, pupil, date),
    planned AS (SELECT d.class, d.pupil, d.date, d.missed, count(*) AS held
        FROM day d JOIN seat s ON s.class = d.class AND s.pupil = d.pupil AND d.date BETWEEN s.first AND s.last
        JOIN kept k ON k.journal = s.journal AND k.date = d.date
        WHERE d.missed > 0 GROUP BY d.class, d.pupil, d.date, d.missed)
    SELECT 'page' AS what, journal AS place, NULL::uuid AS pupil, '' AS category, count(*)::int AS number
        FROM kept GROUP BY journal
    UNION ALL SELECT 'stretch', s.class, s.pupil, '', count(*)::int
        FROM seat s JOIN kept k ON k.journal = s.journal AND k.date BETWEEN s.first AND s.last
        WHERE NOT s.whole GROUP BY s.class, s.pupil
    UNION ALL SELECT 'missed', d.class, d.pupil, coalesce(e.category, ''), sum(d.missed)::int
        FROM day d LEFT JOIN LATERAL (SELECT x.category FROM pages.explanations x
            WHERE x.school_id = %(school)s AND x.pupil = d.pupil AND d.date BETWEEN x.first AND x.last
            AND x.since <= %(position)s AND (x.until IS NULL OR x.until > %(position)s)
            ORDER BY x.entry DESC LIMIT 1) e ON TRUE
        WHERE d.missed > 0 GROUP BY d.class, d.pupil, coalesce(e.category, '')
    UNION ALL SELECT 'late', class, pupil, '', sum(late)::int FROM day WHERE late > 0 GROUP BY class, pupil
    UNION ALL SELECT 'days', class, pupil, '', count(*)::int FROM planned WHERE missed = held
        GROUP BY class, pupil"""


@dataclass(kw_only=True, slots=True)
class Sums:
    """Lessons `held` and `missed` by category ("": not stated), `late`, and `days` of which every lesson was missed."""

    held: int = 0
    missed: Counter[str] = field(default_factory=Counter)
    late: int = 0
    days: int = 0

    def add(self, other: Sums) -> None:
        self.held += other.held
        self.missed += other.missed
        self.late += other.late
        self.days += other.days


def sums(
    reading: Reading, asked: Asked, pages: Sequence[Journal], days: Span
) -> dict[tuple[UUID, UUID], Sums]:
    """By class and pupil, of whoever was to be at a lesson of these pages; `days` end."""
    seats = list(seats_of(reading.school, pages, days))
    found: dict[tuple[UUID, UUID], Sums] = {(seat.class_id, seat.pupil): Sums() for seat in seats}
    held: dict[UUID, int] = {}
    for row in query(reading, _SUMS, seats, **_asked(reading, asked, pages, days)):
        if row.what == "page":
            held[row.place] = row.number
            continue
        own = found[row.place, row.pupil]
        if row.what == "stretch":
            own.held += row.number
        elif row.what == "missed":
            own.missed[row.category] = row.number
        elif row.what == "late":
            own.late = row.number
        else:
            own.days = row.number
    for seat in seats:
        if seat.whole:
            found[seat.class_id, seat.pupil].held += held.get(seat.journal, 0)
    return {key: own for key, own in found.items() if own.held}


def _asked(reading: Reading, asked: Asked, pages: Iterable[Journal], days: Span) -> dict[str, Any]:
    away = list(_away(reading, pages))
    modes = (mode for mode, terms in reading.regulation().extracurricular.items() if not terms.attendance)
    given = None if asked.teacher is None else [lesson.id for lesson, _ in lessons_held(reading, asked)]
    return {
        "first": days.first,
        "last": days.last,
        "pages": [page.id for page in pages],
        "modes": list(modes),
        "given": given,
        "dropped": list(reading.school.timetable.dropped),  # what was written of a cancelled one was not held
        "away": [journal for journal, _, _ in away],
        "away_first": [first for _, first, _ in away],
        "away_last": [last for _, _, last in away],
    }


def _away(reading: Reading, pages: Iterable[Journal]) -> Iterable[tuple[UUID, date, date]]:
    """Days at a distance, on which presence is not kept (R-141)."""
    if reading.regulation().mode("R-141") is Mode.OFF:
        return ()
    return (
        (page.id, each.span.first, each.span.last or date.max)
        for each in reading.school.distances.values()
        for page in pages
        if page.class_id in each.classes
    )
