"""What waits after a breach of access: a notice to confirm, a commission to appoint, an Act to draw up, to sign and to
finalise."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from projections.reading import Reading
from projections.task import Task


def to_sign(reading: Reading, person: UUID) -> tuple[Task, ...]:
    """Acts whose signature of this member is wanted."""
    own = {row.incident: row.owner for row in reading.rows("incidents", "%(who)s = ANY(members)", who=person)}
    if not own:
        return ()
    unsigned = "finalised IS NULL AND incident = ANY(%(own)s) AND NOT %(who)s = ANY(signed)"
    acts = reading.rows("acts", unsigned, own=list(own), who=person)
    return tuple(
        Task(
            kind="act_to_sign",
            since=reading.school.local(act.drawn_up_at),
            calls=True,
            text=act.number,
            person=own[act.incident],
            incident=act.incident,
            act=act.act,
        )
        for act in sorted(acts, key=lambda act: act.drawn_up_at)
    )


def of_director(reading: Reading) -> tuple[Task, ...]:
    """Notices nobody has confirmed or rejected, and those whose commission only the director appoints."""
    rows = reading.rows("incidents", "status IN ('reported', 'received')")
    rows.sort(key=lambda row: row.registered_at)
    return tuple(
        Task(
            kind="breach_notice" if row.status == "reported" else "commission",
            since=reading.school.local(row.registered_at),
            calls=True,
            person=row.owner,
            incident=row.incident,
        )
        for row in rows
        if row.status == "reported" or not row.members
    )


def of_administrator(reading: Reading) -> tuple[Task, ...]:
    """Notices nobody has confirmed or rejected; of those received, an Act to draw up, and one that all have signed."""
    rows = reading.rows("incidents", "status IN ('reported', 'received')")
    drafts = {
        act.incident: act
        for act in reading.rows(
            "acts", "finalised IS NULL AND incident = ANY(%(of)s)", of=[r.incident for r in rows]
        )
    }
    rows.sort(key=lambda row: row.registered_at)
    kinds = ((row, _next_step(row, drafts.get(row.incident))) for row in rows)
    return tuple(
        Task(
            kind=kind,
            since=reading.school.local(row.registered_at),
            calls=True,
            person=row.owner,
            incident=row.incident,
        )
        for row, kind in kinds
        if kind
    )


def _next_step(incident: Any, draft: Any) -> str:
    """Of a row of incidents and the draft of its Act; "" while it waits for others."""
    if incident.status == "reported":
        return "breach_notice"
    if draft is None:
        return "act_to_draw_up" if incident.members else ""
    return "act_to_finalise" if set(incident.members) <= set(draft.signed) else ""
