"""Backup and restore of the embedded database, the keys of personal texts apart (design 3, PersonalText).

Erasing a person means erasing their key everywhere. So the keys have a file of their own that is kept for a
shorter time; the ledger's file never holds them, and the master key that wraps them is in neither.
"""

from __future__ import annotations

import os
from pathlib import Path

import psycopg

from web.cluster import Dsns, find_programs, run_program

KEYS = "keys"  # the schema whose rows are the wrapped keys


class BackupFailed(Exception):
    """Nothing was written or restored; the sentence says why."""


def keys_file(file: Path) -> Path:
    """Where the keys of the backup `file` are."""
    return file.with_name(file.name + ".keys")


def back_up(dsns: Dsns, file: Path) -> None:
    """Write `file` and its keys file, both of one moment; an older pair is replaced only by a whole one.

    Raises BackupFailed, ClusterFailed (with pg_dump's complaint).
    """
    superuser = _superuser(dsns)
    # The structure of the keys' tables is in the main file, so that it restores alone as well.
    parts = {
        keys_file(file): ("--data-only", f"--schema={KEYS}"),
        file: (f"--exclude-table-data={KEYS}.*",),
    }
    unfinished = {target: target.with_name(target.name + ".new") for target in parts}
    try:
        with psycopg.connect(superuser) as connection:
            snapshot = _snapshot(connection)
            for target, which in parts.items():
                _create_private(unfinished[target])
                options = ["--format=custom", f"--snapshot={snapshot}", *which, "-f", str(unfinished[target])]
                run_program([find_programs() / "pg_dump", *options], superuser)
        for target, written in unfinished.items():
            written.replace(target)
    except OSError as error:
        raise BackupFailed(f"Копию {file} не записать: {error.strerror}.") from error
    finally:
        for written in unfinished.values():
            written.unlink(missing_ok=True)


def restore_backup(dsns: Dsns, file: Path) -> bool:
    """Restore into an empty database; True when the keys were there too. All or nothing for each file.

    Raises BackupFailed, ClusterFailed (with pg_restore's complaint).
    """
    superuser = _superuser(dsns)
    if not file.is_file():
        raise BackupFailed(f"Нет файла {file}.")
    _refuse_unless_empty(superuser)
    _restore(superuser, file)
    if not keys_file(file).is_file():
        return False
    _restore(superuser, keys_file(file))
    return True


def _restore(superuser: str, file: Path) -> None:
    database = psycopg.conninfo.conninfo_to_dict(superuser)["dbname"]
    options = ["--single-transaction", "--exit-on-error", f"--dbname={database}"]
    run_program([find_programs() / "pg_restore", *options, file], superuser)


def _refuse_unless_empty(superuser: str) -> None:
    with psycopg.connect(superuser) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace"
            " WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'"
        ).fetchone()
    if row != (0,):
        raise BackupFailed("База не пуста: восстановление возможно только в новый каталог LETOPIS_HOME.")


def _snapshot(connection: psycopg.Connection[tuple[object, ...]]) -> object:
    """Both dumps read one snapshot: an entry in the one has its key in the other."""
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    row = connection.execute("SELECT pg_export_snapshot()").fetchone()
    return row[0] if row else None


def _create_private(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _superuser(dsns: Dsns) -> str:
    if dsns.superuser is None:
        raise BackupFailed(
            "Копию внешней базы делает её администратор: pg_dump, как описано в docs/configuration.md."
        )
    return dsns.superuser
