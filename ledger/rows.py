"""Rows of the ledger's tables to entries, and a batch to the parameters of `ledger.append`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from psycopg.types.numeric import Int8

from ledger.appending import Append, Known, Refused
from ledger.arrays import bigints, byteas, texts, uuids
from ledger.codec import decode, encode
from ledger.entry import Category, Entry, Finding, Origin, Role, Stamp
from ledger.refusals import RefusedAttempt

ENTRY_COLUMNS = (
    "position, category, stream_id, stream_version, topic, state, account, person, acting_role, on_behalf_of,"
    " session, credential_id, command_id, command_part, causation, origin, declared_at, regulation, findings,"
    " received_at, recorded_at"
)
KNOWN_COLUMNS = "command_id, account, body_sha256, answer, first, last, recorded_at"
REFUSAL_COLUMNS = (
    "command_id, account, person, acting_role, command, code, clause, sentence, stream_id, received_at,"
    " recorded_at, position"
)
APPEND_TYPES = (
    *("uuid", "uuid", "uuid", "text", "uuid", "uuid", "uuid", "uuid", "text", "timestamptz", "bigint"),
    *("timestamptz", "bigint", "bytea", "text"),
    *("text[]", "uuid[]", "bigint[]", "text[]", "bytea[]", "bigint[]", "text[]"),
    *("uuid[]", "bigint[]"),
    *("text", "text", "text", "text", "uuid"),
)


def append_parameters(batch: Append, age: float) -> list[Any]:
    """The arguments of `ledger.append` in order; `age` in seconds. TypeError: an event not in the table."""
    written = [encode(draft.event) for draft in batch.drafts]
    return [
        *_stamp_parameters(batch.stamp),
        Int8(round(age * 1_000_000)),
        batch.body_sha256,
        batch.answer,
        texts(draft.category.value for draft in batch.drafts),
        uuids(draft.stream for draft in batch.drafts),
        bigints(draft.version for draft in batch.drafts),
        texts(topic for topic, _ in written),
        byteas(state for _, state in written),
        bigints(draft.causation for draft in batch.drafts),
        texts(findings_text(draft.findings) for draft in batch.drafts),
        uuids(stream for stream, _ in batch.guards),
        bigints(version for _, version in batch.guards),
        *_refusal_parameters(batch.refused),
    ]


def _stamp_parameters(stamp: Stamp) -> list[Any]:
    return [
        stamp.school,
        stamp.account,
        stamp.person,
        stamp.role.value,
        stamp.on_behalf_of,
        stamp.session,
        stamp.credential,
        stamp.command_id,
        stamp.origin.value,
        stamp.declared_at,
        _bigint(stamp.regulation),
        stamp.received_at,
    ]


def _refusal_parameters(refused: Refused | None) -> list[Any]:
    if refused is None:
        return [None] * 5
    return [refused.command, refused.code, refused.clause, refused.sentence, refused.stream]


def _bigint(value: int | None) -> Int8 | None:
    # One type whatever the value: psycopg would prepare the call anew for small, middling and large ones.
    return None if value is None else Int8(value)


def findings_text(findings: tuple[Finding, ...]) -> str | None:
    """`[["code",delay],…]`, None when the rules said nothing. Hashed: never to change."""
    if not findings:
        return None
    pairs = [[finding.code, finding.delay] for finding in findings]
    return json.dumps(pairs, ensure_ascii=False, separators=(",", ":"))


def findings_of(text: str | None) -> tuple[Finding, ...]:
    if text is None:
        return ()
    return tuple(Finding(code=code, delay=delay) for code, delay in json.loads(text))


def entries_of(school: UUID, rows: Iterable[tuple[Any, ...]]) -> tuple[Entry, ...]:
    """Entries from rows of ENTRY_COLUMNS, in their order."""
    entries: list[Entry] = []
    stamp: Stamp | None = None
    for row in rows:
        if stamp is None or stamp.command_id != row[12]:  # entries of one command share their stamp
            stamp = _stamp_of(school, row)
        entries.append(_entry_of(row, stamp))
    return tuple(entries)


def _stamp_of(school: UUID, row: tuple[Any, ...]) -> Stamp:
    return Stamp(
        school=school,
        account=row[6],
        person=row[7],
        role=Role(row[8]),
        on_behalf_of=row[9],
        session=row[10],
        credential=row[11],
        command_id=row[12],
        origin=Origin(row[15]),
        declared_at=row[16],
        regulation=row[17],
        received_at=row[19],
    )


def _entry_of(row: tuple[Any, ...], stamp: Stamp) -> Entry:
    return Entry(
        position=row[0],
        category=Category(row[1]),
        stream=row[2],
        version=row[3],
        event=decode(row[4], row[5]),
        stamp=stamp,
        recorded_at=row[20],
        command_part=row[13],
        causation=row[14],
        findings=findings_of(row[18]),
    )


def known_of(row: tuple[Any, ...] | None) -> Known | None:
    """A row of KNOWN_COLUMNS."""
    if row is None:
        return None
    return Known(
        command_id=row[0],
        account=row[1],
        body_sha256=row[2],
        answer=row[3],
        first=row[4],
        last=row[5],
        recorded_at=row[6],
    )


def refusal_of(row: tuple[Any, ...]) -> RefusedAttempt:
    """A row of REFUSAL_COLUMNS."""
    refused = Refused(command=row[4], code=row[5], clause=row[6], sentence=row[7], stream=row[8])
    return RefusedAttempt(
        command_id=row[0],
        account=row[1],
        person=row[2],
        role=Role(row[3]),
        refused=refused,
        received_at=row[9],
        recorded_at=row[10],
        position=row[11],
    )
