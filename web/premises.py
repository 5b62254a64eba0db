"""What the running web process holds: opened once by create_app, asked for by every door."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app

from commands.handle import House
from ledger.keys import NONCE_BYTES, PersonKeys
from ledger.personal import PersonalText, seal
from ledger.school import School
from ledger.schools import Schools
from ledger.store import Pool, PostgresStore, open_pool
from projections.runner import Runner

# A change of password holds one connection while its entry is appended over another: twice the threads.
CONNECTIONS = 16


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """`idle`: silence after which the password is asked again. `proxies`: how many trusted proxies stand
    before us (0: the peer's own address counts). `address_limit`: sign-ins from one address; a whole school
    sits behind one."""

    idle: timedelta = timedelta(minutes=15)
    proxies: int = 0
    address_limit: str = "120 per minute"
    clock: Callable[[], datetime] = _now


@dataclass(frozen=True, kw_only=True)
class Premises:
    """The pool of the application's role, the store over it, and the master key of personal texts."""

    settings: Settings
    pool: Pool
    store: PostgresStore
    schools: Schools
    master: bytes
    runner: Runner
    houses: dict[UUID, House] = field(default_factory=dict)
    rings: dict[UUID, PersonKeys] = field(default_factory=dict)

    def now(self) -> datetime:
        return self.settings.clock()

    def school(self, school: UUID) -> School:
        """The school as its ledger now says."""
        return self.schools.current(school)

    def house(self, school: UUID) -> House:
        """What commands.handle needs, with the seal of this school's persons."""
        if school not in self.houses:
            sealed = functools.partial(_seal, self.keys(school))
            self.houses[school] = House(
                store=self.store, schools=self.schools, seal=sealed, catch_up=self.runner.catch_up
            )
        return self.houses[school]

    def keys(self, school: UUID) -> PersonKeys:
        """The keys of this school's personal texts."""
        if school not in self.rings:
            self.rings[school] = PersonKeys(pool=self.pool, school=school, master=self.master)
        return self.rings[school]

    def school_ids(self) -> tuple[UUID, ...]:
        """Every school of this deployment."""
        with self.pool.connection() as connection:
            rows = connection.execute("SELECT school_id FROM ledger.heads ORDER BY school_id").fetchall()
        return tuple(school for (school,) in rows)


def open_premises(database_url: str, master: bytes, settings: Settings) -> Premises:
    pool = open_pool(database_url, max_size=CONNECTIONS)
    store = PostgresStore(pool)
    return Premises(
        settings=settings,
        pool=pool,
        store=store,
        schools=Schools(store),
        master=master,
        runner=Runner(pool),
    )


def premises() -> Premises:
    """Those of the application at work."""
    found: Premises = current_app.extensions["letopis"]
    return found


def derived_key(master: bytes, purpose: str) -> bytes:
    """32 bytes for one purpose; who learns one learns neither the master key nor another."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"letopis {purpose}".encode()).derive(master)


def _seal(keys: PersonKeys, text: str, about: UUID, command_id: UUID, part: int) -> PersonalText:
    # A command decided again seals the same text anew: the same nonce then is the same ciphertext.
    nonce = sha256(command_id.bytes + part.to_bytes(4) + text.encode()).digest()[:NONCE_BYTES]
    return seal(text, person=about, key=keys.key_for(about), nonce=nonce)
