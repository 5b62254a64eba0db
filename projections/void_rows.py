"""What an Act did to rows: those it ended, because their entry was declared void, and those it brought back, because
what was void had taken them away (R-181)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from projections.reading import Ask, Reading
from projections.tables import TABLES

# Of an entry that a finalised Act names, the last row: where its end came with the Act's own void. `back`: a row that
# began anew with a void while its place was empty; nearly every row begins with the entry that wrote it.
VOIDED = """
    SELECT r.*, (v.said ->> 'act')::uuid AS act
    FROM (SELECT *, until AS moved, FALSE AS back FROM pages.{table}
            WHERE school_id = %(school)s AND until <= %(position)s AND {where}
        UNION ALL SELECT *, since, TRUE FROM pages.{table}
            WHERE school_id = %(school)s AND since <= %(position)s AND since <> entry AND {where}) AS r
    JOIN LATERAL (SELECT convert_from(state, 'UTF8')::jsonb AS said FROM ledger.entries
        WHERE school_id = %(school)s AND position = r.moved AND topic = 'entries-voided') AS v
        ON r.back OR v.said -> 'positions' @> to_jsonb(r.entry)
    WHERE NOT r.back OR NOT EXISTS (SELECT FROM pages.{table} AS former
        WHERE former.school_id = r.school_id AND ({former}) = ({own}) AND former.until = r.moved)
    ORDER BY r.moved, r.entry"""

# Cells that a contested entry emptied and nobody filled since.
EMPTIED = """
    SELECT r.lesson, r.work, r.pupil, r.value_kind FROM pages.cells AS r
    WHERE r.school_id = %(school)s AND r.until <= %(position)s AND r.until = ANY(%(contested)s) AND {where}
    AND NOT EXISTS (SELECT FROM pages.cells AS later
        WHERE later.school_id = r.school_id AND ({later}) = ({own})
        AND later.since >= r.until AND later.since <= %(position)s)"""

# Finalised Acts as they stand now, whatever moment is shown, each with the `last` entry of its append: no void of the
# Act is after it.
FINALISED = """
    SELECT a.*, c.last
    FROM pages.acts a
    JOIN ledger.entries f ON f.school_id = a.school_id AND f.position = a.finalised
    JOIN ledger.commands c ON c.school_id = f.school_id AND c.command_id = f.command_id
    WHERE a.school_id = %(school)s AND a.until IS NULL"""

# All an Act names, by the command that finalised it: whatever its streams, without looking at them.
NAMED = """
    SELECT a.act, convert_from(v.state, 'UTF8')::jsonb -> 'positions' AS positions
    FROM pages.acts a
    JOIN ledger.entries f ON f.school_id = a.school_id AND f.position = a.finalised
    JOIN ledger.entries v ON v.school_id = a.school_id AND v.command_id = f.command_id AND v.topic = 'entries-voided'
    WHERE a.school_id = %(school)s AND a.act = ANY(%(acts)s)
    AND a.since <= %(position)s AND (a.until IS NULL OR a.until > %(position)s)"""

# What was said of a lesson until an Act took it away: the last row of the lesson before that void.
SAID = """
    SELECT r.lesson, r.journal, r.date, r.topic, r.homework, r.not_set, a.act,
        v.named @> to_jsonb(r.topic_entry) AS topic_void, v.named @> to_jsonb(r.homework_entry) AS homework_void
    FROM pages.acts a
    JOIN ledger.entries f ON f.school_id = a.school_id AND f.position = a.finalised
    JOIN LATERAL (SELECT position, stream_id, convert_from(state, 'UTF8')::jsonb -> 'positions' AS named
        FROM ledger.entries WHERE school_id = a.school_id AND command_id = f.command_id
        AND topic = 'entries-voided') AS v ON TRUE
    JOIN pages.lessons r ON r.school_id = a.school_id AND r.lesson = v.stream_id AND r.until = v.position
    WHERE a.school_id = %(school)s AND a.annuls IS NULL AND r.journal = ANY(%(pages)s)
    AND a.since <= %(position)s AND (a.until IS NULL OR a.until > %(position)s)
    ORDER BY r.until"""


def finalised(reading: Reading) -> list[Any]:
    """Rows of acts with `last`: the page right after the entry before `finalised` knows nothing of the Act, the page
    right after `last` has all it made void."""
    return reading.query(FINALISED)


def named_by(reading: Reading, acts: Iterable[UUID]) -> dict[int, UUID]:
    """The positions these Acts made void, each with its Act."""
    rows = reading.query(NAMED, acts=list(acts))
    return {position: row.act for row in rows for position in row.positions}


def asked_texts(pages: Iterable[UUID]) -> Ask:
    """Rows of lessons on these pages with whether an Act took their topic or homework away; ascending."""
    return Ask(sql=SAID, parameters={"pages": list(pages)})


def asked_voided(table: str, where: str, **parameters: Any) -> Ask:
    """Of cells, personal_homework or period_marks, with `act` which made them void, or brought them `back`;
    ascending."""
    sql = VOIDED.format(table=table, where=where, former=_place(table, "former"), own=_place(table, "r"))
    return Ask(sql=sql, parameters=parameters)


def asked_emptied(contested: Iterable[int], where: str, **parameters: Any) -> Ask:
    """Places of cells."""
    sql = EMPTIED.format(where=where, later=_place("cells", "later"), own=_place("cells", "r"))
    return Ask(sql=sql, parameters={"contested": list(contested), **parameters})


def _place(table: str, rows: str) -> str:
    return ", ".join(f"{rows}.{column}" for column in TABLES[table].key)
