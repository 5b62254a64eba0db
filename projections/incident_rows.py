"""Rows of breaches of access and of their Acts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from ledger import incident
from ledger.entry import Entry
from ledger.events import compromise as events
from ledger.incident import Act, Incident
from projections.sealed import by_whom, sealed

TABLES = (
    (
        "incidents",
        ("incident",),
        (
            *("account", "owner", "signed", "status", "detected_at", "reported_at", "registered_at"),
            *(
                "reporter",
                "text_nonce",
                "text",
                "director_at",
                "director",
                "support_at",
                "support",
                "received",
            ),
            *("members", "commission_order"),
        ),
    ),
    (
        "acts",
        ("act",),
        (
            *("incident", "number", "date", "void_from", "annuls", "signed", "drawn_up_by", "drawn_up_at"),
            *("finalised_at", "finalised_by", "finalised", "entries"),
        ),
    ),
)

Key = tuple[Any, ...]


def empty(stream: UUID) -> Incident:
    return Incident(id=stream)


step = incident.step


def keys(state: Incident, entry: Entry) -> Iterable[Key]:
    """The incident's row tells of its Acts too, and a new commission of their signatures."""
    return all_keys(state) if state.reported is not None else ()


def all_keys(state: Incident) -> Iterable[Key]:
    yield ("incidents", state.id)
    yield from (("acts", act) for act in state.acts)


def row(state: Incident, key: Key) -> tuple[Any, ...] | None:
    if state.reported is None:
        return None
    if key[0] == "acts":
        act = state.acts.get(key[1])
        return None if act is None or not state.stands(act) else _act(state, act)
    report, (reporter, registered_at) = state.report, by_whom(state.reported)
    return (
        *(report.account, report.owner, report.signed, state.status, report.detected_at, report.reported_at),
        *(registered_at, reporter, *sealed(report.text), *_received(state, "director")),
        *(*_received(state, "administrator"), _first_receipt(state), list(state.members), _order(state)),
    )


def _received(state: Incident, role: str) -> tuple[Any, Any]:
    """When, local, and by whom."""
    entry = state.received.get(role)
    said: events.NoticeReceived | None = entry.event if entry else None  # type: ignore[assignment]
    return (None, None) if entry is None or said is None else (said.received_at, entry.stamp.person)


def _first_receipt(state: Incident) -> int | None:
    """Its position: what was issued after it is no heir of the stolen access."""
    return min((entry.position for entry in state.received.values()), default=None)


def _order(state: Incident) -> UUID | None:
    said: events.CommissionAppointed | None = state.appointed.event if state.appointed else None  # type: ignore[assignment]
    return None if said is None else said.order


def _act(state: Incident, act: Act) -> tuple[Any, ...]:
    words, done = act.words, act.finalised
    said: events.ActFinalised | None = done.event if done else None  # type: ignore[assignment]
    by, at = by_whom(done)
    return (
        *(state.id, words.number, words.date, words.since, words.annuls, list(act.signed)),
        *by_whom(act.drawn_up),
        *(at, by, done.position if done else None, said.entries if said else None),
    )
