"""given / when / then over an in-memory ledger: the whole way of a command, with the clock in our hands."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid5

from commands.handle import Answer, Asking, House, handle
from ledger.appending import Append
from ledger.entry import Draft, Entry, Origin
from ledger.late_entry import LateEntries, fold_late_entries
from ledger.lesson import Sheet, fold_lesson
from ledger.memory import MemoryStore
from ledger.personal import PersonalText, seal
from ledger.schools import Schools
from ledger.streams import late_entries
from ledger.timetable import Lesson
from tests.world import SCHOOL_ID, at, given_lesson, named, school_entries, stamp

KEY = bytes(32)


def sealed(text: str, about: UUID, command_id: UUID, part: int) -> PersonalText:
    return seal(text, person=about, key=KEY, nonce=uuid5(command_id, str(part)).bytes[:12])


class Story:
    """The school of tests.world in a store; people do things at local times like «2026-10-12 23:58»."""

    def __init__(self, *more: tuple[UUID, object]) -> None:
        self.clock = at("2026-08-31 12:00")
        self.store = MemoryStore(clock=lambda: self.clock)
        self.house = House(store=self.store, schools=Schools(self.store), seal=sealed)
        drafts = [
            Draft(category=e.category, stream=e.stream, version=None, event=e.event)
            for e in school_entries(*more)
        ]
        made = stamp("Носов", "2026-08-31 12:00")
        batch = Append(stamp=made, body_sha256=sha256(b"").digest(), answer="{}", drafts=tuple(drafts))
        self.store.append(batch)
        self.commands = 0

    def at(self, when: str | datetime) -> datetime:
        self.clock = at(when) if isinstance(when, str) else when
        return self.clock

    def asking(self, by: str, when: str | datetime, command: object, id: UUID | None = None) -> Asking:
        self.commands += 1
        return Asking(
            school=SCHOOL_ID,
            account=named(f"account {by}"),
            person=named(by),
            command_id=id or uuid5(SCHOOL_ID, f"command {self.commands}"),
            received_at=self.at(when),
            origin=Origin.UI,
            body_sha256=sha256(repr(command).encode()).digest(),
        )

    def do(self, by: str, when: str | datetime, command: object, id: UUID | None = None) -> Answer:
        return handle(command, self.asking(by, when, command, id), self.house)

    def entries(self, stream: UUID) -> tuple[Entry, ...]:
        return self.store.load(SCHOOL_ID, streams=[stream]).streams[stream]

    def sheet(self, lesson: Lesson | UUID) -> Sheet:
        id = lesson if isinstance(lesson, UUID) else lesson.id
        return fold_lesson(id, self.entries(id))

    def late(self, lesson: Lesson) -> LateEntries:
        return fold_late_entries(self.entries(late_entries(SCHOOL_ID, lesson.id)))


__all__ = ["Story", "given_lesson", "named"]
