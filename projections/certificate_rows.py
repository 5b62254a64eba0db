"""Rows of certificates of control and of what they found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from ledger import certificate
from ledger.certificate import Certificate
from ledger.entry import Entry
from ledger.events import control as events
from projections.sealed import by_whom, sealed

TABLES = (
    (
        "certificates",
        ("certificate",),
        (
            *("number", "title", "first", "last", "classes", "indicators", "position"),
            *("drawn_up_by", "drawn_up_at", "text_nonce", "text", "worded_by"),
            *("issued_by", "issued_at", "people", "acquainted"),
        ),
    ),
    (
        "certificate_findings",
        ("finding",),
        (
            *("certificate", "responsible", "text_nonce", "text", "text_about", "due"),
            *("resolved_by", "resolved_at", "answer_nonce", "answer"),
        ),
    ),
)

Key = tuple[Any, ...]


def empty(stream: UUID) -> Certificate:
    return Certificate(id=stream)


step = certificate.step


def keys(state: Certificate, entry: Entry) -> Iterable[Key]:
    """The certificate itself and the finding the entry is about."""
    if state.drawn_up is None:
        return
    yield ("certificates", state.id)
    finding = getattr(entry.event, "finding", None)
    if finding is not None:
        yield ("certificate_findings", finding)


def all_keys(state: Certificate) -> Iterable[Key]:
    if state.drawn_up is not None:
        yield ("certificates", state.id)
        yield from (("certificate_findings", finding) for finding in state.findings)


def row(state: Certificate, key: Key) -> tuple[Any, ...] | None:
    if state.drawn_up is None:
        return None
    if key[0] == "certificate_findings":
        return _finding(state, key[1])
    e: events.CertificateDrawnUp = state.drawn_up.event  # type: ignore[assignment]
    words: events.CertificateWorded | None = state.worded.event if state.worded else None  # type: ignore[assignment]
    issue: events.CertificateIssued | None = state.issued.event if state.issued else None  # type: ignore[assignment]
    return (
        *(e.number, e.title, e.first, e.last, list(e.classes), list(e.indicators)),
        min(e.position, state.drawn_up.position),  # nobody counts what was not written yet
        *(*by_whom(state.drawn_up), *sealed(words.text if words else None)),
        words.text.person if words else None,
        *(*by_whom(state.issued), list(issue.people) if issue else [], list(state.acquainted)),
    )


def _finding(state: Certificate, finding: UUID) -> tuple[Any, ...] | None:
    entry, done = state.findings.get(finding), state.resolved.get(finding)
    if entry is None:
        return None
    e: events.CertificateFindingSet = entry.event  # type: ignore[assignment]
    answer: events.CertificateFindingResolved | None = done.event if done else None  # type: ignore[assignment]
    return (
        *(state.id, e.responsible, *sealed(e.text), e.text.person, e.due),
        *(*by_whom(done), *sealed(answer.text if answer else None)),
    )
