"""Entries of the past, written straight into the table: what a year of `ledger.append` would have left, in a minute.

`ledger.append` stamps its own clock, so a year that looks lived in (positions in order of time, nothing «imported») can
only be copied in, by the superuser of an embedded database made for measuring. Leaves are those of ledger/leaf.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from random import Random
from uuid import UUID

from psycopg import Connection, Copy

from ledger.codec import encode
from ledger.entry import Draft
from ledger.leaf import COLUMNS, packed
from ledger.rows import findings_text

TYPES = (
    *(
        "int8",
        "uuid",
        "int8",
        "text",
        "uuid",
        "int8",
        "text",
        "bytea",
        "uuid",
        "uuid",
        "text",
        "uuid",
        "uuid",
    ),
    *("uuid", "uuid", "int8", "int8", "text", "timestamptz", "int8", "text", "timestamptz", "timestamptz"),
    *("bytea", "bytea"),
)
COPY_ENTRIES = f"COPY ledger.entries ({', '.join(COLUMNS)}, leaf) FROM STDIN (FORMAT BINARY)"
NOTHING, SOURCE = packed(None), packed("ui") + packed(None)  # origin, declared_at


@dataclass(frozen=True, kw_only=True)
class By:
    """Who writes; `row` and `packed` are the stamp's columns from account to credential."""

    account: UUID
    person: UUID
    role: str
    row: tuple[object, ...] = field(init=False, repr=False)
    packed: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        credential = UUID(int=self.account.int ^ 1)
        row = (self.account, self.person, self.role, None, None, credential)
        object.__setattr__(self, "row", row)
        object.__setattr__(self, "packed", b"".join(map(packed, row)))


class Writer:
    """One school's entries, position after position; instants never go back."""

    def __init__(self, school: UUID, random: Random) -> None:
        self.school, self.random = school, random
        self.position = 0
        self.recorded_at: datetime | None = None
        self.regulation: int | None = None
        self.versions: defaultdict[UUID, int] = defaultdict(int)
        self._before = b"\x00" + packed(1) + packed(school)
        self._copy: Copy | None = None

    def into(self, copy: Copy) -> None:
        copy.set_types(TYPES)
        self._copy = copy

    def id(self) -> UUID:
        return UUID(int=self.random.getrandbits(128), version=4)

    def write(self, by: By, at: datetime, drafts: Sequence[Draft]) -> int:
        """One command of `by`, received at the aware instant `at`, or as soon as the one before it was recorded; the
        position of its first entry."""
        assert self._copy is not None
        at = max(at, self.recorded_at or at)
        command, recorded = self.id(), at + timedelta(milliseconds=3)
        who = by.packed + packed(command)
        source, when = SOURCE + packed(self.regulation), packed(at) + packed(recorded)
        for part, draft in enumerate(drafts, 1):
            topic, state = encode(draft.event)
            stream, category = draft.stream, draft.category.value
            self.position += 1
            self.versions[stream] = version = self.versions[stream] + 1
            findings = findings_text(draft.findings) if draft.findings else None
            nonce = self.random.randbytes(32)
            leaf = sha256(
                b"".join(
                    (
                        *(
                            self._before,
                            packed(self.position),
                            packed(category),
                            packed(stream),
                            packed(version),
                        ),
                        *(packed(topic), packed(state), who, packed(part), packed(draft.causation), source),
                        *(packed(findings) if findings else NOTHING, when, packed(nonce)),
                    )
                )
            ).digest()
            self._copy.write_row(
                (
                    *(
                        1,
                        self.school,
                        self.position,
                        category,
                        stream,
                        version,
                        topic,
                        state,
                        *by.row,
                        command,
                    ),
                    *(
                        part,
                        draft.causation,
                        "ui",
                        None,
                        self.regulation,
                        findings,
                        at,
                        recorded,
                        nonce,
                        leaf,
                    ),
                )
            )
        self.recorded_at = recorded
        return self.position - len(drafts) + 1

    def finish(self, connection: Connection[tuple[object, ...]]) -> None:
        """The head as the last append would have left it."""
        connection.execute(
            "INSERT INTO ledger.heads VALUES (%s, %s, %s) ON CONFLICT (school_id)"
            " DO UPDATE SET position = excluded.position, recorded_at = excluded.recorded_at",
            (self.school, self.position, self.recorded_at),
        )
