"""What nobody may do to the ledger: not the application, and not the owner either (design 3, roles)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from ledger.appending import Refused
from ledger.store import PostgresStore
from tests.databases import Database
from tests.store.batches import action, draft, stamp

TABLES = ("entries", "heads", "commands", "refusals")
LOGS = ("entries", "commands", "refusals")
APPEND_ONLY = "LT000"
REFUSED = Refused(command="GiveMark", code="c", clause="1", sentence="s")


@pytest.fixture
def written(store: PostgresStore) -> PostgresStore:
    """A row in each table."""
    store.append(action(stamp(datetime.now(UTC)), draft(uuid4(), 1)))
    store.append(action(stamp(datetime.now(UTC)), refused=REFUSED))
    return store


@pytest.fixture
def application(written: PostgresStore, database: Database) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database.app_dsn, autocommit=True) as connection:
        yield connection


@pytest.fixture
def owner(written: PostgresStore, database: Database) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database.migrator_dsn, autocommit=True) as connection:
        connection.execute("SET ROLE letopis_owner")
        yield connection


def rows(connection: psycopg.Connection, table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM ledger.{table}").fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO ledger.{0} DEFAULT VALUES",
        "UPDATE ledger.{0} SET school_id = school_id",
        "DELETE FROM ledger.{0}",
        "TRUNCATE ledger.{0}",
        "DROP TABLE ledger.{0}",
        "ALTER TABLE ledger.{0} ADD COLUMN note text",
        "ALTER TABLE ledger.{0} DISABLE TRIGGER ALL",
        "CREATE INDEX ON ledger.{0} (school_id)",
        "DO $$ BEGIN LOCK TABLE ledger.{0} IN EXCLUSIVE MODE; END $$",
        "SELECT * FROM ledger.{0} FOR UPDATE",
    ],
)
def test_the_application_may_only_read_the_tables(application: psycopg.Connection, statement: str) -> None:
    for table in TABLES:
        with pytest.raises(InsufficientPrivilege):
            application.execute(statement.format(table))
        assert rows(application, table) >= 1


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE ledger.mine (n int)",
        "CREATE FUNCTION ledger.mine() RETURNS int LANGUAGE sql RETURN 1",
        "DROP FUNCTION ledger.append",
        "ALTER FUNCTION ledger.append RESET ALL",
        "SELECT ledger.packed(1::bigint)",
        "SET session_replication_role = replica",
        "SET ROLE letopis_owner",
        "SELECT nextval(pg_get_serial_sequence('ledger.refusals', 'id'))",
    ],
)
def test_the_application_has_the_append_and_nothing_else(
    application: psycopg.Connection, statement: str
) -> None:
    with pytest.raises(InsufficientPrivilege):
        application.execute(statement)


def test_nobody_names_a_position_an_instant_or_a_leaf(application: psycopg.Connection) -> None:
    """Explicit positions are impossible: the only way in has no parameter for one."""
    row = application.execute(
        "SELECT proargnames, proargmodes, prosecdef, proconfig, count(*) OVER () FROM pg_proc"
        " WHERE pronamespace = 'ledger'::regnamespace AND proname = 'append'"
    ).fetchone()
    assert row is not None
    names, modes, definer, settings, overloads = row
    given = {name for name, mode in zip(names, modes, strict=True) if mode == "i"}
    assert given.isdisjoint({"_position", "_recorded_at", "_leaf", "_nonce", "_first", "_last"})
    assert (definer, overloads) == (True, 1)
    assert "search_path=pg_catalog, pg_temp" in settings


@pytest.mark.parametrize("replication_role", ["origin", "replica"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger.{0} SET school_id = gen_random_uuid()",
        "DELETE FROM ledger.{0}",
        "TRUNCATE ledger.{0}",
        "MERGE INTO ledger.{0} USING (SELECT 1) AS s ON true WHEN MATCHED THEN DELETE",
    ],
)
def test_the_owner_and_even_a_superuser_cannot_change_what_is_written(
    written: PostgresStore, database: Database, replication_role: str, statement: str
) -> None:
    """The triggers are ENABLE ALWAYS: session_replication_role = replica does not silence them."""
    with psycopg.connect(database.superuser_dsn, autocommit=True) as connection:
        connection.execute(f"SET session_replication_role = {replication_role}")
        for role in ("letopis_owner", "none"):  # none: the superuser itself
            connection.execute(f"SET ROLE {role}")
            for table in LOGS:
                with pytest.raises(psycopg.Error) as refused:
                    connection.execute(statement.format(table))
                assert refused.value.sqlstate == APPEND_ONLY
                assert rows(connection, table) >= 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger.heads SET position = position - 1",
        "UPDATE ledger.heads SET position = position",
        "UPDATE ledger.heads SET position = position + 1, recorded_at = recorded_at - interval '1 us'",
        "UPDATE ledger.heads SET position = position + 1, recorded_at = NULL",
        "UPDATE ledger.heads SET position = position + 1, school_id = gen_random_uuid()",
        "DELETE FROM ledger.heads",
        "TRUNCATE ledger.heads",
    ],
)
def test_a_head_only_moves_forward(owner: psycopg.Connection, statement: str) -> None:
    with pytest.raises(psycopg.Error) as refused:
        owner.execute(statement)
    assert refused.value.sqlstate == APPEND_ONLY


def test_the_owner_cannot_log_in(database: Database) -> None:
    with psycopg.connect(database.superuser_dsn) as connection:
        found = connection.execute(
            "SELECT rolcanlogin, rolsuper FROM pg_roles WHERE rolname = 'letopis_owner'"
        ).fetchone()
    assert found == (False, False)


def test_a_temporary_table_of_the_same_name_deceives_nobody(
    written: PostgresStore, database: Database
) -> None:
    """The function's search_path is pinned, and its names are qualified."""
    with psycopg.connect(database.superuser_dsn, autocommit=True) as connection:
        connection.execute(f"GRANT TEMPORARY ON DATABASE {database.name} TO letopis_app")
    with written.pool.connection() as connection:
        for table in TABLES:
            connection.execute(f"CREATE TEMPORARY TABLE {table} (LIKE ledger.{table})")
        connection.execute("SET search_path = pg_temp, public")
    written.append(action(stamp(datetime.now(UTC)), draft(uuid4(), 1)))
    with psycopg.connect(database.app_dsn) as connection:
        assert [rows(connection, table) for table in TABLES] == [2, 1, 3, 1]
