"""Entries the rules found late when they were written, and attempts they refused (R-120, AT-01)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from ledger.entry import Finding
from ledger.rows import findings_of
from ledger.span import DAY
from projections.control.instants import days_of, midnight
from projections.control.report import Asked
from projections.reading import Reading

# What was declared void or taken back is found on the same way, for it stands in no other list.
_LATE = """
    SELECT position, stream_id AS stream, stream_version AS version, topic, person, causation, findings,
        coalesce(declared_at, received_at) AS at,
        CASE WHEN topic IN ('entries-voided', 'entries-taken-back')
            THEN convert_from(state, 'UTF8')::jsonb -> 'positions' END AS voids
    FROM ledger.entries
    WHERE school_id = %(school)s AND position <= %(position)s
        AND (findings IS NOT NULL OR topic IN ('entries-voided', 'entries-taken-back'))
        AND (findings ~ ',[1-9][0-9]*[]]' AND coalesce(declared_at, received_at) >= %(since)s
                AND coalesce(declared_at, received_at) < %(until)s
            OR topic IN ('entries-voided', 'entries-taken-back'))
    ORDER BY position"""
# `position` of an attempt is the head it was judged at.
_REFUSED = """
    SELECT id, person, command, code, clause, stream_id AS stream, received_at AS at FROM ledger.refusals
    WHERE school_id = %(school)s AND received_at >= %(since)s AND received_at < %(until)s
        AND position <= %(position)s AND received_at <= %(instant)s
    ORDER BY id"""
_CONFIRMED = """
    SELECT DISTINCT e.stream_id AS lesson
    FROM unnest(%(lessons)s::uuid[], %(versions)s::bigint[]) AS l (lesson, version)
    JOIN ledger.entries e ON e.school_id = %(school)s AND e.stream_id = l.lesson AND e.stream_version < l.version
        AND e.topic = 'attendance-taken'
    WHERE e.position <> ALL(%(dead)s)"""
_BEFORE = """
    SELECT DISTINCT ON (lesson) lesson, topic_entry, homework_delay FROM pages.lessons
    WHERE school_id = %(school)s AND lesson = ANY(%(lessons)s) AND since <= %(position)s
        AND {what}_entry IS NOT NULL AND {what}_correction IS NULL
    ORDER BY lesson, since DESC"""


@dataclass(frozen=True, kw_only=True, slots=True)
class LateEntry:
    """`at` is local, `finding` the one with the longest delay, `permitted` that a deputy had let it be written."""

    position: int
    stream: UUID
    version: int
    topic: str
    person: UUID
    at: datetime
    finding: Finding
    permitted: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Late:
    """Living entries, ascending; `dead` are positions of those declared void or taken back."""

    entries: tuple[LateEntry, ...]
    dead: frozenset[int]


def late(reading: Reading, first: date, last: date | None = None) -> Late:
    """Written on these days of the school, both included; no `last`: on any later one."""
    until = midnight(last + DAY, reading) if last is not None else reading.as_of.instant + DAY
    rows = reading.query(_LATE, since=midnight(first, reading), until=until)
    dead = _dead(rows)
    zone = reading.school.zone
    return Late(
        entries=tuple(
            LateEntry(
                position=row.position,
                stream=row.stream,
                version=row.version,
                topic=row.topic,
                person=row.person,
                at=row.at.astimezone(zone).replace(tzinfo=None),
                finding=_longest(row.findings),
                permitted=row.causation is not None,
            )
            for row in rows
            if row.voids is None and row.position not in dead
        ),
        dead=dead,
    )


def refused(reading: Reading, asked: Asked) -> list[Any]:
    """Attempts of the days asked for: id, person, command, code, clause, stream (a lesson, or None), at."""
    since, until = days_of(asked, reading)
    return reading.query(_REFUSED, since=since, until=until, instant=reading.as_of.instant)


def confirmed_late(found: Late, lessons: Iterable[UUID], reading: Reading) -> frozenset[UUID]:
    """Those of the lessons where presence was confirmed only after its time."""
    wanted = frozenset(lessons)
    first: dict[UUID, int] = {}
    for entry in found.entries:
        if entry.topic == "attendance-taken" and entry.stream in wanted:
            first.setdefault(entry.stream, entry.version)
    if not first:
        return frozenset()
    lists = {"lessons": list(first), "versions": list(first.values()), "dead": list(found.dead)}
    return frozenset(first) - {row.lesson for row in reading.query(_CONFIRMED, **lists)}


def before_correction(reading: Reading, what: str, lessons: Iterable[UUID]) -> dict[UUID, Any]:
    """What the teacher had written of `what` (topic or homework) in these lessons before a case corrected it; a lesson
    where nothing was is not there."""
    asked = list(lessons)
    rows = reading.query(_BEFORE.format(what=what), lessons=asked) if asked else []
    return {row.lesson: row for row in rows}


def _dead(rows: Iterable[Any]) -> frozenset[int]:
    """As ledger.effective: going backwards, a void that was itself voided adds nothing."""
    dead: set[int] = set()
    for row in reversed([row for row in rows if row.voids is not None]):
        if row.position not in dead:
            dead.update(row.voids)
    return frozenset(dead)


@lru_cache(maxsize=4096)
def _longest(findings: str) -> Finding:
    return max(findings_of(findings), key=lambda finding: finding.delay or 0)
