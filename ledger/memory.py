"""The ledger in memory: the same answers as PostgreSQL, for tests (one contract runs against both).

Events pass through the codec and lie in the library's in-memory recorder, one a school; entries are kept
beside it, built once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import RLock
from uuid import UUID

from eventsourcing.persistence import StoredEvent
from eventsourcing.popo import POPOApplicationRecorder

from ledger.appending import (
    MAX_AGE_SECONDS,
    MAX_SKEW_SECONDS,
    Append,
    Appended,
    ClockAhead,
    ClockSkew,
    CommandClash,
    Head,
    Known,
    Loaded,
    Moved,
)
from ledger.codec import decode, encode
from ledger.entry import Category, Draft, Entry
from ledger.refusals import RefusedAttempt
from ledger.rows import findings_of, findings_text

SKEW = timedelta(seconds=MAX_SKEW_SECONDS)


@dataclass(kw_only=True, slots=True)
class School:
    """What the tables of PostgreSQL hold for one school."""

    recorder: POPOApplicationRecorder = field(default_factory=POPOApplicationRecorder)
    entries: list[Entry] = field(default_factory=list)
    streams: defaultdict[UUID, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    commands: dict[UUID, Known] = field(default_factory=dict)
    refusals: list[RefusedAttempt] = field(default_factory=list)

    @property
    def recorded_at(self) -> datetime | None:
        return self.entries[-1].recorded_at if self.entries else None


class MemoryStore:
    """`ledger.appending.Store` in memory.

    `clock` stands for the database's clock and every check of clocks is made against it; without one an entry
    is recorded at the moment its request was received, plus its age.
    """

    def __init__(self, clock: Callable[[], datetime] | None = None) -> None:
        self._clock = clock
        self._schools: defaultdict[UUID, School] = defaultdict(School)
        self._lock = RLock()

    def append(self, batch: Append) -> Appended:
        """See Store."""
        if batch.refused is not None and batch.drafts:
            raise ValueError("a refusal has no entries")
        with self._lock:
            school = self._schools[batch.stamp.school]
            known = school.commands.get(batch.stamp.command_id)
            if known is not None:
                return _first_answer(known, batch)
            recorded_at = self._recorded_at(school, batch)
            _check_guards(school, batch)
            return _write(school, batch, recorded_at)

    def load(
        self,
        school: UUID,
        *,
        command_id: UUID | None = None,
        streams: Sequence[UUID] = (),
        categories: Sequence[Category] = (),
        after: int = 0,
    ) -> Loaded:
        """See Store."""
        with self._lock:
            kept = self._schools[school]
            news = kept.entries[after:] if categories else []
            return Loaded(
                known=None if command_id is None else kept.commands.get(command_id),
                streams={stream: tuple(kept.streams.get(stream, ())) for stream in streams},
                news=tuple(entry for entry in news if entry.category in categories),
            )

    def entries(
        self, school: UUID, *, after: int = 0, upto: int | None = None, limit: int = 500
    ) -> tuple[Entry, ...]:
        """See Store."""
        with self._lock:
            return tuple(self._schools[school].entries[after:upto][:limit])

    def written_by(self, school: UUID, accounts: Sequence[UUID], *, since: datetime) -> tuple[Entry, ...]:
        """See Store."""
        with self._lock:
            entries = self._schools[school].entries
            return tuple(e for e in entries if e.stamp.account in accounts and e.stamp.received_at >= since)

    def caused_by(self, school: UUID, positions: Sequence[int]) -> tuple[Entry, ...]:
        """See Store."""
        caused: list[Entry] = []
        causes = set(positions)
        with self._lock:
            for entry in self._schools[school].entries:
                if entry.causation in causes:
                    caused.append(entry)
                    causes.add(entry.position)
        return tuple(caused)

    def of_command(self, school: UUID, command_id: UUID) -> tuple[Entry, ...]:
        """See Store."""
        with self._lock:
            return tuple(e for e in self._schools[school].entries if e.stamp.command_id == command_id)

    def at(self, school: UUID, positions: Sequence[int]) -> tuple[Entry, ...]:
        """See Store."""
        with self._lock:
            entries = self._schools[school].entries
            return tuple(entries[position - 1] for position in sorted(set(positions)))

    def head(self, school: UUID) -> Head:
        """See Store."""
        with self._lock:
            kept = self._schools[school]
            return Head(position=len(kept.entries), recorded_at=kept.recorded_at)

    def refusals(self, school: UUID) -> tuple[RefusedAttempt, ...]:
        """Every refused attempt of a school, oldest first."""
        with self._lock:
            return tuple(self._schools[school].refusals)

    def recorder(self, school: UUID) -> POPOApplicationRecorder:
        """The library's view of a school's events; positions are its notification ids."""
        with self._lock:
            return self._schools[school].recorder

    def _recorded_at(self, school: School, batch: Append) -> datetime:
        """Raises ClockSkew, ClockAhead; never before the head's."""
        arrived = batch.stamp.received_at + timedelta(seconds=batch.age)
        now = arrived if self._clock is None else self._clock()
        if not 0 <= batch.age <= MAX_AGE_SECONDS or abs(now - arrived) > SKEW:
            raise ClockSkew(f"received at {batch.stamp.received_at}, {batch.age} s ago, and it is {now}")
        last = school.recorded_at or now
        if self._clock is not None and last > now + SKEW:
            raise ClockAhead(f"the head was recorded at {last}, the clock says {now}")
        return max(now, last)


def _first_answer(known: Known, batch: Append) -> Appended:
    if (known.account, known.body_sha256) != (batch.stamp.account, batch.body_sha256):
        raise CommandClash(f"command {known.command_id} was used by another account or with another body")
    return Appended(
        answer=known.answer,
        first=known.first,
        last=known.last,
        recorded_at=known.recorded_at,
        repeated=True,
    )


def _check_guards(school: School, batch: Append) -> None:
    for stream, version in batch.guards:
        if len(school.streams.get(stream, ())) != version:
            raise Moved(f"stream {stream} is not at version {version}")


def _write(school: School, batch: Append, recorded_at: datetime) -> Appended:
    entries = _entries(school, batch, recorded_at)
    school.recorder.insert_events([_stored(entry) for entry in entries])
    for entry in entries:
        school.entries.append(entry)
        school.streams[entry.stream].append(entry)
    first, last = (entries[0].position, entries[-1].position) if entries else (None, None)
    school.commands[batch.stamp.command_id] = Known(
        command_id=batch.stamp.command_id,
        account=batch.stamp.account,
        body_sha256=batch.body_sha256,
        answer=batch.answer,
        first=first,
        last=last,
        recorded_at=recorded_at,
    )
    if batch.refused is not None:
        school.refusals.append(_attempt(school, batch, recorded_at))
    return Appended(answer=batch.answer, first=first, last=last, recorded_at=recorded_at)


def _entries(school: School, batch: Append, recorded_at: datetime) -> list[Entry]:
    """Raises Moved, ValueError; changes nothing yet."""
    added: Counter[UUID] = Counter()
    entries = []
    for part, draft in enumerate(batch.drafts, 1):
        added[draft.stream] += 1
        version = len(school.streams.get(draft.stream, ())) + added[draft.stream]
        if draft.version not in (None, version):
            raise Moved(f"stream {draft.stream} would take version {version}, not {draft.version}")
        position = len(school.entries) + part
        for earlier in (draft.causation, batch.stamp.regulation):
            if earlier is not None and earlier >= position:
                raise ValueError(f"entry {position} names entry {earlier}, which is not before it")
        entries.append(_entry(draft, batch, position, version, part, recorded_at))
    return entries


def _entry(
    draft: Draft, batch: Append, position: int, version: int, part: int, recorded_at: datetime
) -> Entry:
    return Entry(
        position=position,
        category=draft.category,
        stream=draft.stream,
        version=version,
        event=decode(*encode(draft.event)),
        stamp=batch.stamp,
        recorded_at=recorded_at,
        command_part=part,
        causation=draft.causation,
        findings=findings_of(findings_text(draft.findings)),
    )


def _stored(entry: Entry) -> StoredEvent:
    topic, state = encode(entry.event)
    return StoredEvent(originator_id=entry.stream, originator_version=entry.version, topic=topic, state=state)


def _attempt(school: School, batch: Append, recorded_at: datetime) -> RefusedAttempt:
    assert batch.refused is not None
    return RefusedAttempt(
        command_id=batch.stamp.command_id,
        account=batch.stamp.account,
        person=batch.stamp.person,
        role=batch.stamp.role,
        refused=batch.refused,
        received_at=batch.stamp.received_at,
        recorded_at=recorded_at,
        position=len(school.entries),
    )
