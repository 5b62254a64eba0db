"""letopis doctor: what is well and what is not, one line each."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import groupby
from uuid import UUID

import psycopg

from ledger import accounts
from ledger.account import Account, fold_account
from ledger.entry import Category
from ledger.migrate import (
    SchemaMismatch,
    UnsafeServer,
    check_server,
    check_version,
    load_migrations,
)
from ledger.scanning import by_stream
from ledger.store import Pool, open_pool
from web.config import Config
from web.database import open_database
from web.keyfile import BadKey, read_key

SKEW_LIMIT = 2.0  # seconds (design 3, two clocks)
LEAST_FREE = 1_000_000_000  # bytes
LAST_POSITION = 2**63 - 1

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
            "учётные записи и журнал": lambda: _check_accounts(dsns.app),
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


def _check_accounts(dsn: str) -> None:
    # Said and not mended: whoever may be closed out stays so until an administrator decides.
    with open_pool(dsn) as pool:
        with pool.connection() as connection:
            schools = connection.execute("SELECT school_id FROM ledger.heads").fetchall()
        parted = [login for (school,) in schools for login in _parted(pool, school)]
    if parted:
        raise Ailment(
            f"у {len(parted)} имён входа доступ или пароль не тот, что в записях: {', '.join(parted[:5])}"
            f"{' …' if len(parted) > 5 else ''}. Закройте доступ или выдайте новый пароль заново."
        )


def _parted(pool: Pool, school: UUID) -> list[str]:
    """Logins whose row does not say what their entries say; nobody changes an account meanwhile."""
    with pool.connection() as connection, accounts.alone(connection, school):
        known = _folded(pool, school)
        rows = accounts.of_school(connection, school)
    return [row.login for row in rows if not accounts.agrees(row, known.get(row.account_id))]


def _folded(pool: Pool, school: UUID) -> dict[UUID, Account]:
    entries = by_stream(pool, school, Category.ACCOUNT, LAST_POSITION)
    return {account: fold_account(account, own) for account, own in groupby(entries, lambda e: e.stream)}


def _check_space(config: Config) -> None:
    if not config.embedded:
        return
    free = shutil.disk_usage(config.home).free
    if free < LEAST_FREE:
        raise Ailment(f"в {config.home} осталось {free // 1_000_000} МБ.")
