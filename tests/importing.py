"""A school in memory that files are imported into, the way the command line does it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from commands.files.csv_bundle import read_bundle_folder
from commands.files.csv_rows import SchoolBundle
from commands.founding import AdoptRegulation, FoundSchool, OpenJournal
from commands.handle import NOBODY, Answer, Asking, House, handle
from commands.importing.school import ImportSchool
from ledger.entry import Entry, Origin
from ledger.memory import MemoryStore
from ledger.personal import PersonalText, seal
from ledger.school import School
from ledger.schools import Schools
from tests.world import TOML

DEMO = Path(__file__).parents[1] / "web" / "demo" / "school"
ZONE = ZoneInfo("Asia/Anadyr")
SCHOOL = UUID("5c001e5c-2026-4000-8000-0000000000aa")


def demo_bundle() -> SchoolBundle:
    reading = read_bundle_folder(DEMO)
    assert reading.value is not None, reading.problems
    return reading.value


def at(local: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=ZONE).astimezone(UTC)


def sealed(text: str, about: UUID, command_id: UUID, part: int) -> PersonalText:
    nonce = sha256(command_id.bytes + bytes([part])).digest()[:12]
    return seal(text, person=about, key=bytes(32), nonce=nonce)


@dataclass(kw_only=True)
class Ground:
    """Where files are imported; `given` counts the commands."""

    id: UUID = SCHOOL
    store: MemoryStore = field(default_factory=MemoryStore)
    given: int = 0

    def __post_init__(self) -> None:
        self.house = House(store=self.store, schools=Schools(self.store), seal=sealed)

    @property
    def school(self) -> School:
        return self.house.schools.current(self.id)

    def do(
        self,
        command: object,
        *,
        when: str = "2026-08-26 12:00",
        person: UUID = NOBODY,
        declared: str | None = None,
        origin: Origin = Origin.IMPORT,
    ) -> Answer:
        self.given += 1
        asking = Asking(
            school=self.id,
            account=person,
            person=person,
            command_id=uuid5(self.id, f"command {self.given}"),
            received_at=at(when),
            origin=origin,
            body_sha256=sha256(repr(type(command)).encode()).digest(),
            declared_at=at(declared) if declared else None,
        )
        return handle(command, asking, self.house)

    def found(self, bundle: SchoolBundle, *, demonstration: bool = False, opened: bool = True) -> None:
        self.do(FoundSchool(title=bundle.school.name, zone=bundle.school.zone, demonstration=demonstration))
        first = bundle.school.year_first
        self.do(AdoptRegulation(title="Порядок", toml=TOML, in_force=first))
        self.do(ImportSchool(bundle=bundle))
        if opened:
            self.do(OpenJournal(year=first.year))

    def entries(self, after: int = 0) -> tuple[Entry, ...]:
        return self.store.entries(self.id, after=after, limit=1_000_000)

    def head(self) -> int:
        return self.store.head(self.id).position


def day(text: str) -> date:
    return date.fromisoformat(text)
