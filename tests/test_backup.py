"""Back up, destroy, restore, compare: the ledger in one file, the keys of personal texts in another."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator

import psycopg
import pytest

from ledger.migrate import Migration, migrate
from tests.databases import Database, copy_of
from web.backup import BackupFailed, back_up, keys_file, restore_backup
from web.cli import main
from web.cluster import DATABASE, ClusterFailed, Dsns
from web.config import read_config
from web.database import open_database

# A ledger in small: an append-only table, the keys apart, a function, a right of the application.
SMALL = Migration(
    number=1,
    name="small",
    sql="""
    CREATE SCHEMA keys;
    CREATE TABLE entries (position bigint PRIMARY KEY, state bytea, recorded_at timestamptz);
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'append only'; END $$;
    CREATE TRIGGER refuse BEFORE UPDATE OR DELETE ON entries FOR EACH ROW EXECUTE FUNCTION refuse();
    ALTER TABLE entries ENABLE ALWAYS TRIGGER refuse;
    CREATE TABLE keys.person_keys (person uuid PRIMARY KEY, wrapped bytea);
    GRANT SELECT ON entries TO letopis_app;
    INSERT INTO entries
    SELECT n, decode(md5(n::text), 'hex'), timestamptz '2026-10-12 00:00Z' + n * interval '1 s'
    FROM generate_series(1, 500) AS n;
    INSERT INTO keys.person_keys
    SELECT gen_random_uuid(), decode(md5('wrapped' || n), 'hex') FROM generate_series(1, 20) AS n;
    """,
)


def contents(dsn: str) -> dict[str, list[str]]:
    """Every row of every table, as text, by table."""
    with psycopg.connect(dsn) as connection:
        tables = connection.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
            " WHERE schemaname NOT LIKE 'pg\\_%' AND schemaname <> 'information_schema'"
        ).fetchall()
        return {
            table: sorted(row for (row,) in connection.execute(f"SELECT t::text FROM {table} AS t".encode()))
            for (table,) in tables
        }


def reach(database: Database) -> Dsns:
    return Dsns(app=database.app_dsn, migrator=database.migrator_dsn, superuser=database.superuser_dsn)


@pytest.fixture
def small(empty_database: Database) -> Database:
    migrate(empty_database.migrator_dsn, [SMALL])
    return empty_database


@pytest.fixture
def target(server) -> Iterator[Database]:
    with copy_of(server, DATABASE) as copied:
        yield copied


def test_a_restored_database_equals_the_one_backed_up(small: Database, target: Database, tmp_path):
    back_up(reach(small), tmp_path / "journal")
    assert restore_backup(reach(target), tmp_path / "journal") is True
    before = contents(small.superuser_dsn)
    assert len(before["public.entries"]) == 500
    assert len(before["keys.person_keys"]) == 20
    assert contents(target.superuser_dsn) == before


def test_owner_rights_and_defences_are_restored_too(small: Database, target: Database, tmp_path):
    back_up(reach(small), tmp_path / "journal")
    restore_backup(reach(target), tmp_path / "journal")
    with psycopg.connect(target.app_dsn) as connection:
        assert connection.execute("SELECT count(*) FROM entries").fetchone() == (500,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DELETE FROM entries")
    with psycopg.connect(target.migrator_dsn) as connection:
        connection.execute("SET ROLE letopis_owner")
        with pytest.raises(psycopg.errors.RaiseException, match="append only"):
            connection.execute("DELETE FROM entries")
    assert migrate(target.migrator_dsn, [SMALL]) == ()


def test_the_ledgers_file_restores_without_the_keys_and_holds_none(
    small: Database, target: Database, tmp_path
):
    back_up(reach(small), tmp_path / "journal")
    keys_file(tmp_path / "journal").unlink()
    assert restore_backup(reach(target), tmp_path / "journal") is False
    restored = contents(target.superuser_dsn)
    assert restored["keys.person_keys"] == []
    assert restored["public.entries"] == contents(small.superuser_dsn)["public.entries"]


def test_both_files_are_private(small: Database, tmp_path):
    back_up(reach(small), tmp_path / "journal")
    made = sorted(tmp_path.iterdir())
    assert [file.name for file in made] == ["journal", "journal.keys"]
    assert [stat.S_IMODE(file.stat().st_mode) for file in made] == [0o600, 0o600]


def test_a_backup_that_fails_leaves_the_older_one(small: Database, empty_database: Database, tmp_path):
    back_up(reach(small), tmp_path / "journal")
    older = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    with psycopg.connect(empty_database.superuser_dsn) as connection:
        connection.execute("DROP SCHEMA keys CASCADE")
    with pytest.raises(ClusterFailed, match="pg_dump"):
        back_up(reach(empty_database), tmp_path / "journal")
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == older


def test_a_backup_into_no_folder_is_one_sentence(small: Database, tmp_path):
    with pytest.raises(BackupFailed, match="не записать"):
        back_up(reach(small), tmp_path / "absent" / "journal")


def test_a_database_that_holds_anything_is_not_restored_over(small: Database, tmp_path):
    back_up(reach(small), tmp_path / "journal")
    before = contents(small.superuser_dsn)
    with pytest.raises(BackupFailed, match="не пуста"):
        restore_backup(reach(small), tmp_path / "journal")
    assert contents(small.superuser_dsn) == before


def test_a_damaged_file_restores_nothing(small: Database, target: Database, tmp_path):
    back_up(reach(small), tmp_path / "journal")
    whole = (tmp_path / "journal").read_bytes()
    (tmp_path / "journal").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ClusterFailed, match="pg_restore"):
        restore_backup(reach(target), tmp_path / "journal")
    assert contents(target.superuser_dsn) == {}


def test_an_external_database_is_left_to_its_administrator(small: Database, tmp_path):
    outside = Dsns(app=small.app_dsn, migrator=None, superuser=None)
    with pytest.raises(BackupFailed, match="администратор"):
        back_up(outside, tmp_path / "journal")
    assert list(tmp_path.iterdir()) == []


def test_a_school_survives_the_loss_of_its_home(tmp_path, capsys, monkeypatch):
    home, copy = tmp_path / "home", tmp_path / "journal"
    monkeypatch.setenv("LETOPIS_HOME", str(home))
    assert main(["migrate"]) == 0
    with open_database(read_config({"LETOPIS_HOME": str(home)})) as dsns:
        before = contents(dsns.superuser or "")
    assert main(["backup", str(copy)]) == 0
    kept = (home / "master.key").read_bytes()
    shutil.rmtree(home)
    capsys.readouterr()

    assert main(["restore", str(copy)]) == 0
    assert "Верните главный ключ" in capsys.readouterr().out
    assert main(["doctor"]) == 1, "without its master key the school must not look well"
    (home / "master.key").write_bytes(kept)
    (home / "master.key").chmod(0o600)
    assert main(["doctor"]) == 0
    with open_database(read_config({"LETOPIS_HOME": str(home)})) as dsns:
        assert contents(dsns.superuser or "") == before
