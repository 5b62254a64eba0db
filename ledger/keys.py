"""Keys of personal texts: one for each person, wrapped by a master key outside the database (design 3).

Erasing a person's key makes every text about them unreadable for ever, while the ledger stays whole.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from psycopg_pool import ConnectionPool

NONCE_BYTES = 12
# How long another process may go on reading after an erasure here; a page of texts asks once.
CACHE_SECONDS = 60.0
CACHE_LIMIT = 10_000


class WrongMasterKey(Exception):
    """A stored key does not open with this master key: an alarm, never to be shown as an erasure."""


class MissingKey(Exception):
    """No row for a person whose text exists: the keys were not restored; an alarm too."""


class ErasedKey(Exception):
    """A new text about a person whose data were erased cannot be written."""


class PersonKeys:
    """The keys of one school's persons. Safe to share between threads; `master` is 32 bytes."""

    def __init__(
        self,
        *,
        pool: ConnectionPool,
        school: UUID,
        master: bytes,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._pool = pool
        self._school = school
        self._master = AESGCM(master)
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._cache: dict[UUID, tuple[float, bytes]] = {}

    def key_of(self, person: UUID) -> bytes | None:
        """The person's 32-byte key to read with; None when it was erased (ledger.personal.unseal)."""
        cached = self._cached(person)
        if cached is not None:
            return cached
        with self._pool.connection() as connection:
            row = connection.execute(_SELECT, (self._school, person)).fetchone()
        if row is None:
            raise MissingKey(f"Нет ключа {person}: таблица ключей не восстановлена из копии.")
        return None if row[0] is None else self._open(person, row[0])

    def key_for(self, person: UUID) -> bytes:
        """The person's key to write with, made on first use. Raises ErasedKey, WrongMasterKey."""
        cached = self._cached(person)
        if cached is not None:
            return cached
        wrapped = self._wrap(person, AESGCM.generate_key(bit_length=256))
        with self._pool.connection() as connection:
            # Two threads may both make one: the first row wins and both read it.
            connection.execute(_INSERT, (self._school, person, wrapped))
            row = connection.execute(_SELECT, (self._school, person)).fetchone()
        if row is None or row[0] is None:
            raise ErasedKey(f"Данные лица {person} удалены: новую запись о нём сделать нельзя.")
        return self._open(person, row[0])

    def erase(self, person: UUID) -> None:
        """Forget the key; every text about the person reads «данные удалены» from now on."""
        with self._pool.connection() as connection:
            connection.execute(_ERASE, (self._school, person))
        with self._lock:
            self._cache.pop(person, None)

    def _cached(self, person: UUID) -> bytes | None:
        with self._lock:
            found = self._cache.get(person)
        return found[1] if found is not None and self._monotonic() - found[0] < CACHE_SECONDS else None

    def _open(self, person: UUID, wrapped: bytes) -> bytes:
        try:
            key = self._master.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], self._bound_to(person))
        except InvalidTag as error:
            raise WrongMasterKey(f"Ключ {person} не открывается: другой мастер-ключ или порча.") from error
        with self._lock:
            if len(self._cache) >= CACHE_LIMIT:
                self._cache.clear()
            self._cache[person] = (self._monotonic(), key)
        return key

    def _wrap(self, person: UUID, key: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._master.encrypt(nonce, key, self._bound_to(person))

    def _bound_to(self, person: UUID) -> bytes:
        # A row moved to another person or school does not open.
        return self._school.bytes + person.bytes


_SELECT = "SELECT wrapped FROM keys.person_keys WHERE school_id = %s AND person_id = %s"
_INSERT = """
INSERT INTO keys.person_keys (school_id, person_id, wrapped) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING
"""
_ERASE = """
INSERT INTO keys.person_keys (school_id, person_id, wrapped, erased_at)
VALUES (%s, %s, NULL, clock_timestamp())
ON CONFLICT (school_id, person_id) DO UPDATE
SET wrapped = NULL, erased_at = coalesce(person_keys.erased_at, clock_timestamp())
"""
