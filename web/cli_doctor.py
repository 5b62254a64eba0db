"""letopis doctor: what is well and what is not, one line each."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable
from datetime import UTC, datetime

import psycopg

from ledger.migrate import (
    SchemaMismatch,
    UnsafeServer,
    check_server,
    check_version,
    load_migrations,
)
from web.config import Config
from web.database import open_database
from web.keyfile import BadKey, read_key

SKEW_LIMIT = 2.0  # seconds (design 3, two clocks)
LEAST_FREE = 1_000_000_000  # bytes

Connection = psycopg.Connection[tuple[object, ...]]


class Ailment(Exception):
    """What is not well, as a sentence."""


AILMENTS = (Ailment, BadKey, SchemaMismatch, UnsafeServer, psycopg.Error)


def doctor(config: Config, _options: argparse.Namespace) -> int:
    """Exit status 1 when anything is not well; nothing is changed."""
    with open_database(config) as dsns, psycopg.connect(dsns.app, autocommit=True) as connection:
        checks: dict[str, Callable[[], None]] = {
            "надёжность записи и права роли": lambda: check_server(connection),
            "схема базы": lambda: check_version(connection, load_migrations()),
            "часы базы и программы": lambda: _check_clocks(connection),
            "время последней записи": lambda: _check_heads(connection),
            "главный ключ": lambda: _check_key(config),
            "место на диске": lambda: _check_space(config),
        }
        well = [_report(name, check) for name, check in checks.items()]
    return 0 if all(well) else 1


def _report(name: str, check: Callable[[], None]) -> bool:
    try:
        check()
    except AILMENTS as ailment:
        print(f"ПЛОХО   {name}: {ailment}")
        return False
    print(f"хорошо  {name}")
    return True


def _check_key(config: Config) -> None:
    read_key(config.master_key_file)


def _check_clocks(connection: Connection) -> None:
    row = connection.execute("SELECT clock_timestamp()").fetchone()
    if row is None or not isinstance(row[0], datetime):
        raise Ailment("база не назвала время.")
    skew = abs((row[0] - datetime.now(UTC)).total_seconds())
    if skew > SKEW_LIMIT:
        raise Ailment(f"расходятся на {skew:.1f} с: записи будут отклонены. Настройте время (NTP).")


def _check_heads(connection: Connection) -> None:
    # Entries never run backwards in time: a leap of the clock into the future stops a school until then.
    ahead = connection.execute(
        "SELECT extract(epoch FROM max(recorded_at) - clock_timestamp())::float8 FROM ledger.heads"
    ).fetchone()
    if ahead is not None and isinstance(ahead[0], float) and ahead[0] > SKEW_LIMIT:
        raise Ailment(
            f"на {ahead[0]:.0f} с впереди часов базы: до тех пор записи отклоняются. Проверьте часы."
        )


def _check_space(config: Config) -> None:
    if not config.embedded:
        return
    free = shutil.disk_usage(config.home).free
    if free < LEAST_FREE:
        raise Ailment(f"в {config.home} осталось {free // 1_000_000} МБ.")
