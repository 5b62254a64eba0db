"""The schema's numbered files, and the servers and roles that are not served (design 3)."""

from __future__ import annotations

import psycopg
import pytest

from ledger.migrate import (
    Migration,
    SchemaMismatch,
    UnsafeServer,
    check_server,
    check_version,
    load_migrations,
    migrate,
)
from tests.databases import Database

FIRST = Migration(
    number=1, name="first", sql="CREATE TABLE facts (fact text); GRANT SELECT ON facts TO letopis_app"
)
SECOND = Migration(number=2, name="second", sql="ALTER TABLE facts ADD COLUMN since bigint")


def test_files_are_applied_in_order_and_once(empty_database: Database):
    assert migrate(empty_database.migrator_dsn, [FIRST]) == (FIRST,)
    assert migrate(empty_database.migrator_dsn, [FIRST, SECOND]) == (SECOND,)
    assert migrate(empty_database.migrator_dsn, [FIRST, SECOND]) == ()
    with psycopg.connect(empty_database.app_dsn) as connection:
        check_version(connection, [FIRST, SECOND])


def test_a_file_that_fails_leaves_nothing_and_the_ones_before_it_stay(empty_database: Database):
    broken = Migration(number=2, name="broken", sql="CREATE TABLE half (a int); SELECT 1 / 0")
    with pytest.raises(psycopg.errors.DivisionByZero):
        migrate(empty_database.migrator_dsn, [FIRST, broken])
    with psycopg.connect(empty_database.superuser_dsn) as connection:
        tables = connection.execute("SELECT to_regclass('facts')::text, to_regclass('half')").fetchone()
    assert tables == ("facts", None)
    assert migrate(empty_database.migrator_dsn, [FIRST, SECOND]) == (SECOND,)


def test_a_file_may_not_end_its_transaction_itself(empty_database: Database):
    sly = Migration(number=1, name="sly", sql="CREATE TABLE half (a int); COMMIT")
    with pytest.raises((SchemaMismatch, psycopg.Error)):
        migrate(empty_database.migrator_dsn, [sly])
    with psycopg.connect(empty_database.superuser_dsn) as connection:
        assert connection.execute("SELECT count(*) FROM schema_versions").fetchone() == (0,)


def test_a_file_changed_after_it_was_applied_is_refused(empty_database: Database):
    migrate(empty_database.migrator_dsn, [FIRST])
    changed = Migration(number=1, name="first", sql=FIRST.sql + " ")
    with pytest.raises(SchemaMismatch, match="изменён"):
        migrate(empty_database.migrator_dsn, [changed, SECOND])


def test_a_database_behind_or_ahead_of_the_program_is_not_served(empty_database: Database):
    migrate(empty_database.migrator_dsn, [FIRST])
    with psycopg.connect(empty_database.app_dsn) as connection:
        with pytest.raises(SchemaMismatch, match="letopis migrate"):
            check_version(connection, [FIRST, SECOND])
        with pytest.raises(SchemaMismatch, match="новее"):
            check_version(connection, [])


def test_numbers_of_schema_files_have_no_gap(tmp_path):
    (tmp_path / "0001_one.sql").write_text("SELECT 1")
    (tmp_path / "0003_three.sql").write_text("SELECT 3")
    with pytest.raises(SchemaMismatch, match=r"\[1, 3\]"):
        load_migrations(tmp_path)
    (tmp_path / "0003_three.sql").rename(tmp_path / "0002_two.sql")
    assert [one.name for one in load_migrations(tmp_path)] == ["one", "two"]


def test_neither_the_migrator_unasked_nor_the_app_may_change_a_table(empty_database: Database):
    migrate(empty_database.migrator_dsn, [FIRST])
    for dsn in (empty_database.migrator_dsn, empty_database.app_dsn):
        with psycopg.connect(dsn) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DROP TABLE facts")
    for asked in ("SET ROLE letopis_owner", "CREATE TABLE mine (a int)", "CREATE TEMP TABLE mine (a int)"):
        with (
            psycopg.connect(empty_database.app_dsn) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(asked.encode())


def test_a_server_that_may_lose_an_entry_is_refused(empty_database: Database):
    with psycopg.connect(empty_database.app_dsn) as connection:
        check_server(connection)
        connection.execute("SET synchronous_commit = off")
        with pytest.raises(UnsafeServer, match="synchronous_commit"):
            check_server(connection)


def test_a_role_that_may_change_the_ledger_is_refused(empty_database: Database):
    for dsn in (empty_database.superuser_dsn, empty_database.migrator_dsn):
        with psycopg.connect(dsn) as connection, pytest.raises(UnsafeServer, match="Роль"):
            check_server(connection)
