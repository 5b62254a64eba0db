"""What waits after a breach of access: a notice to confirm, a commission to appoint, an Act to draw up, to sign and to
finalise."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from projections.contested import UNDECIDED
from projections.reading import Reading
from projections.task import Task

OPEN = [*UNDECIDED, "reported"]


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
    """Notices nobody has confirmed or rejected, those whose commission only the director appoints, and Acts that are
    suspended, whose next step is an administrator's."""
    rows = _open(reading)
    kinds = ((row, _of_director(row)) for row in rows)
    return tuple(_task(reading, row, kind, calls=kind != "act_suspended") for row, kind in kinds if kind)


def _of_director(incident: Any) -> str:
    """Of a row of incidents; "" where nothing is left to the director."""
    if incident.status == "reported":
        return "breach_notice"
    if not incident.members:
        return "commission"
    return "act_suspended" if incident.status == "suspended" else ""


def of_administrator(reading: Reading) -> tuple[Task, ...]:
    """Notices nobody has confirmed or rejected; of those received or with a suspended Act, an Act to draw up, and one
    that all have signed."""
    rows = _open(reading)
    acts = reading.rows("acts", "finalised IS NULL AND incident = ANY(%(of)s)", of=[r.incident for r in rows])
    # A suspended Act stands beside the draft made after it: the newest is the one at work.
    drafts = {act.incident: act for act in sorted(acts, key=lambda act: act.drawn_up_at)}
    kinds = ((row, _next_step(row, drafts.get(row.incident))) for row in rows)
    return tuple(_task(reading, row, kind, calls=True) for row, kind in kinds if kind)


def _open(reading: Reading) -> list[Any]:
    """Incidents no Act has ended, the first registered first."""
    rows = reading.rows("incidents", "status = ANY(%(open)s)", open=OPEN)
    return sorted(rows, key=lambda row: row.registered_at)


def _task(reading: Reading, incident: Any, kind: str, *, calls: bool) -> Task:
    return Task(
        kind=kind,
        since=reading.school.local(incident.registered_at),
        calls=calls,
        person=incident.owner,
        incident=incident.incident,
    )


def _next_step(incident: Any, draft: Any) -> str:
    """Of a row of incidents and the draft of its Act; "" while it waits for others."""
    if incident.status == "reported":
        return "breach_notice"
    if draft is None:
        return "act_to_draw_up" if incident.members else ""
    return "act_to_finalise" if set(incident.members) <= set(draft.signed) else ""
