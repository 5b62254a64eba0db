"""Keys of personal texts: erasure is for ever, a wrong key is an alarm (design 3, PersonalText)."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import psycopg
import pytest
from psycopg_pool import ConnectionPool

from ledger.keys import CACHE_SECONDS, ErasedKey, MissingKey, PersonKeys, WrongMasterKey
from ledger.personal import ERASED, seal, unseal
from tests.databases import Database

SCHOOL = uuid4()
PUPIL = uuid4()
MASTER = bytes(range(32))
TEXT = "Хвалили за работу у доски"


@pytest.fixture
def pool(database: Database):
    with ConnectionPool(database.app_dsn, min_size=1, max_size=8, kwargs={"autocommit": True}) as opened:
        yield opened


@pytest.fixture
def keys(pool):
    return PersonKeys(pool=pool, school=SCHOOL, master=MASTER)


def sealed_by(keys):
    return seal(TEXT, person=PUPIL, key=keys.key_for(PUPIL), nonce=os.urandom(12))


def test_a_text_is_read_with_the_key_of_its_person(keys, pool):
    text = sealed_by(keys)
    assert unseal(text, keys.key_of) == TEXT
    # Another process, which has nothing in its cache:
    assert unseal(text, PersonKeys(pool=pool, school=SCHOOL, master=MASTER).key_of) == TEXT


def test_after_the_key_is_erased_the_text_says_so_and_no_new_one_is_taken(keys, pool):
    text = sealed_by(keys)
    keys.erase(PUPIL)
    assert unseal(text, keys.key_of) == ERASED
    assert unseal(text, PersonKeys(pool=pool, school=SCHOOL, master=MASTER).key_of) == ERASED
    with pytest.raises(ErasedKey):
        keys.key_for(PUPIL)


def test_another_process_forgets_an_erased_key_within_a_minute(keys, pool):
    now = 0.0
    other = PersonKeys(pool=pool, school=SCHOOL, master=MASTER, monotonic=lambda: now)
    text = sealed_by(keys)
    assert unseal(text, other.key_of) == TEXT
    keys.erase(PUPIL)
    now = CACHE_SECONDS - 0.001
    assert unseal(text, other.key_of) == TEXT
    now = CACHE_SECONDS
    assert unseal(text, other.key_of) == ERASED


def test_a_wrong_master_key_is_an_alarm_and_not_an_erasure(keys, pool):
    text = sealed_by(keys)
    with pytest.raises(WrongMasterKey):
        unseal(text, PersonKeys(pool=pool, school=SCHOOL, master=bytes(32)).key_of)


def test_a_key_that_was_not_restored_is_an_alarm_and_not_an_erasure(keys, pool, database):
    text = sealed_by(keys)
    with psycopg.connect(database.superuser_dsn) as connection:
        connection.execute("DELETE FROM keys.person_keys")
    with pytest.raises(MissingKey):
        unseal(text, PersonKeys(pool=pool, school=SCHOOL, master=MASTER).key_of)


def test_a_row_moved_to_another_person_does_not_open(keys, pool):
    keys.key_for(PUPIL)
    other = uuid4()
    with pool.connection() as connection:
        connection.execute("UPDATE keys.person_keys SET person_id = %s WHERE person_id = %s", (other, PUPIL))
    with pytest.raises(WrongMasterKey):
        keys.key_of(other)


def test_thirty_threads_that_need_the_first_key_get_the_same_one(pool):
    makers = [PersonKeys(pool=pool, school=SCHOOL, master=MASTER) for _ in range(30)]
    with ThreadPoolExecutor(30) as threads:
        assert len(set(threads.map(lambda keys: keys.key_for(PUPIL), makers))) == 1


def test_the_application_cannot_delete_the_trace_of_an_erasure(keys, pool):
    keys.key_for(PUPIL)
    with pool.connection() as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("DELETE FROM keys.person_keys")
