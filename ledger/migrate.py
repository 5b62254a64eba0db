"""The schema of the database, as numbered SQL files applied in order (design 3, roles).

Only `letopis migrate` connects as the migrator, who becomes the owner for one file at a time; the web
process never runs DDL and refuses to serve a schema other than its own.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

import psycopg
from psycopg.pq import TransactionStatus

FILE_NAME = re.compile(r"(\d{4})_([a-z0-9_]+)\.sql")
LEAST_SERVER = 150000
DURABLE = ("fsync", "full_page_writes", "synchronous_commit")
# An arbitrary number of ours: two migrators wait for each other instead of failing halfway.
MIGRATION_LOCK = 0x1E70B15

# A database nobody has migrated has no such table yet, hence IF NOT EXISTS and not a file of its own.
VERSIONS = """
CREATE TABLE IF NOT EXISTS schema_versions (
    number integer PRIMARY KEY,
    name text NOT NULL,
    sha256 text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
GRANT SELECT ON schema_versions TO PUBLIC;
"""


class SchemaMismatch(Exception):
    """The database's schema is not the one this program was written for."""


class UnsafeServer(Exception):
    """The server or the role would let an acknowledged entry be lost or changed."""


@dataclass(frozen=True, kw_only=True)
class Migration:
    """One numbered file."""

    number: int
    name: str
    sql: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()


def load_migrations(folder: Traversable | None = None) -> tuple[Migration, ...]:
    """The files NNNN_name.sql of a folder (default: ledger/sql) in order; their numbers run 1, 2, 3 …"""
    folder = folder or files("ledger") / "sql"
    found = []
    for file in folder.iterdir():
        match = FILE_NAME.fullmatch(file.name)
        if match:
            text = file.read_text(encoding="utf-8")
            found.append(Migration(number=int(match[1]), name=match[2], sql=text))
    found.sort(key=lambda migration: migration.number)
    if [migration.number for migration in found] != list(range(1, len(found) + 1)):
        raise SchemaMismatch(f"Файлы схемы должны идти подряд с 0001: {[one.number for one in found]}.")
    return tuple(found)


def migrate(dsn: str, migrations: Sequence[Migration]) -> tuple[Migration, ...]:
    """Apply what is missing, each file in a transaction of its own; what was applied now.

    `dsn` is the migrator's. Raises SchemaMismatch, psycopg.Error.
    """
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("SET ROLE letopis_owner")
        connection.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        # Server and client speak of a skipped CREATE … IF NOT EXISTS; nobody needs to read that.
        connection.execute("SET client_min_messages = warning")
        connection.execute(VERSIONS)
        missing = _missing(connection, migrations)
        for migration in missing:
            _apply(connection, migration)
    return missing


def check_version(
    connection: psycopg.Connection[tuple[object, ...]], migrations: Sequence[Migration]
) -> None:
    """Raises SchemaMismatch unless exactly these files were applied."""
    missing = _missing(connection, migrations)
    if missing:
        names = ", ".join(f"{one.number:04}_{one.name}" for one in missing)
        raise SchemaMismatch(f"База отстала от программы: выполните letopis migrate ({names}).")


def check_server(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """Raises UnsafeServer; `connection` is the application's."""
    if connection.info.server_version < LEAST_SERVER:
        raise UnsafeServer(f"Нужен PostgreSQL 15 или новее, а не {connection.info.server_version // 10000}.")
    for name in DURABLE:
        row = connection.execute("SELECT current_setting(%s)", [name]).fetchone()
        # "local" and the remote levels of synchronous_commit all wait for our own disk.
        if row is None or row[0] == "off":
            raise UnsafeServer(f"На сервере {name} = off: записанное может пропасть. Включите его.")
    powers = connection.execute(
        "SELECT current_setting('is_superuser') = 'on', EXISTS (SELECT FROM pg_roles"
        " WHERE rolname = 'letopis_owner' AND pg_has_role(current_user, oid, 'MEMBER'))"
    ).fetchone()
    if powers != (False, False):
        raise UnsafeServer("Роль приложения не должна быть суперпользователем или членом letopis_owner.")


def _missing(
    connection: psycopg.Connection[tuple[object, ...]], migrations: Sequence[Migration]
) -> tuple[Migration, ...]:
    applied = _applied(connection)
    known = {migration.number: migration for migration in migrations}
    for number, sha256 in applied.items():
        if number not in known:
            raise SchemaMismatch(f"База новее программы: в ней есть схема {number:04}. Обновите Летопись.")
        if known[number].sha256 != sha256:
            raise SchemaMismatch(f"Файл {number:04}_{known[number].name}.sql изменён после применения.")
    return tuple(migration for migration in migrations if migration.number not in applied)


def _applied(connection: psycopg.Connection[tuple[object, ...]]) -> dict[int, str]:
    if connection.execute("SELECT to_regclass('schema_versions')").fetchone() == (None,):
        return {}
    rows = connection.execute("SELECT number, sha256 FROM schema_versions ORDER BY number").fetchall()
    return {int(str(number)): str(sha256) for number, sha256 in rows}


def _apply(connection: psycopg.Connection[tuple[object, ...]], migration: Migration) -> None:
    with connection.transaction():
        connection.execute(migration.sql.encode())
        if connection.info.transaction_status != TransactionStatus.INTRANS:
            # A file that commits half of itself cannot be undone when its other half fails.
            raise SchemaMismatch(f"Файл {migration.number:04}_{migration.name}.sql завершает транзакцию сам.")
        connection.execute(
            "INSERT INTO schema_versions (number, name, sha256) VALUES (%s, %s, %s)",
            [migration.number, migration.name, migration.sha256],
        )
