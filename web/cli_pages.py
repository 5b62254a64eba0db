"""letopis rebuild, check, regulation: pages made anew, pages proven, a local act's file read."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import psycopg

from ledger.regulation import RegulationError, load, unread_keys
from ledger.schools import Schools
from ledger.store import Pool, PostgresStore, open_pool
from projections import second_opinion
from projections.reading import reading
from projections.rebuild import check as compare
from projections.rebuild import give_room_back
from projections.rebuild import rebuild as make_anew
from projections.runner import Runner
from web.cluster import Dsns
from web.config import BadConfig, Config
from web.database import open_database

Work = Callable[[PostgresStore, Pool, Runner, UUID], bool]


def rebuild(config: Config, _options: argparse.Namespace) -> int:
    """Fold every page of every school anew, beside a running journal."""
    with open_database(config) as dsns:
        done = _each_school(dsns, _rebuilt)
        _free(dsns)
    return done


def check(config: Config, _options: argparse.Namespace) -> int:
    """Exit status 1 and the table of differences when rows are not what the entries give."""
    with open_database(config) as dsns:
        return _each_school(dsns, _compared)


def _each_school(dsns: Dsns, work: Work) -> int:
    with open_pool(dsns.app) as pool:
        with pool.connection() as connection:
            if connection.execute("SELECT to_regclass('ledger.heads')").fetchone() == (None,):
                raise BadConfig("В этой базе журнала ещё нет: проверьте LETOPIS_HOME или DATABASE_URL.")
            found = connection.execute("SELECT school_id FROM ledger.heads ORDER BY school_id").fetchall()
        done = [work(PostgresStore(pool), pool, Runner(pool), school) for (school,) in found]
    return 0 if all(done) else 1


def _rebuilt(store: PostgresStore, pool: Pool, runner: Runner, school: UUID) -> bool:
    position = make_anew(store, pool, runner, school)
    print(f"Школа {school}: страницы построены заново по запись {position}.")
    return True


def _free(dsns: Dsns) -> None:
    if dsns.migrator is None:
        print(
            "Место прежних строк на диске освободит VACUUM FULL от имени владельца таблиц (LETOPIS_MIGRATOR_URL)."
        )
        return
    try:
        with psycopg.connect(dsns.migrator, autocommit=True) as owner:
            busy = give_room_back(owner)
    except psycopg.Error as error:
        print(f"Место прежних строк не освобождено: {error}")
        return
    if busy:
        print(f"Место прежних строк не освобождено, таблицы заняты: {', '.join(busy)}.")


def _compared(store: PostgresStore, pool: Pool, runner: Runner, school: UUID) -> bool:
    differences = {name: pair for name, pair in compare(pool, runner, school).items() if any(pair)}
    if not differences:
        print(f"Школа {school}: страницы совпадают с записями.")
        return True
    print(f"Школа {school}: страницы расходятся с записями; постройте их заново: letopis rebuild")
    print(f"  {'таблица':<20}{'лишних строк':>14}{'недостаёт':>12}")
    for name, (live, rebuilt) in differences.items():
        print(f"  {name:<20}{live:>14}{rebuilt:>12}")
    return False


def replay_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--at", metavar="МОМЕНТ", help="на какой момент, например 2026-11-20T18:00+12:00")


def replay(config: Config, options: argparse.Namespace) -> int:
    """Exit status 1 and the places that differ when the pages do not say what plain rules make of the entries."""
    at = _moment(options.at) if options.at else None

    def replayed(store: PostgresStore, pool: Pool, runner: Runner, school: UUID) -> bool:
        runner.advance(school, patience=3600.0)
        with reading(pool, Schools(store), runner, school, now=datetime.now(UTC), at=at) as found:
            differences = second_opinion.compare(pool, found)
            print(f"Школа {school}, запись {found.as_of.position}: {_told(differences)}")
        return not differences

    with open_database(config) as dsns:
        return _each_school(dsns, replayed)


def _moment(text: str) -> datetime:
    """With a zone: the schools of a deployment have clocks of their own. Raises BadConfig."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise BadConfig(f"--at {text}: нужен момент с часовым поясом, например 2026-11-20T18:00+12:00.")
    return at


def _told(differences: second_opinion.Differences) -> str:
    if not differences:
        return "страницы говорят то же, что записи."
    lines = (f"  {place}: по записям «{ours}», на странице «{theirs}»" for place, ours, theirs in differences)
    return "\n".join((f"расхождений: {len(differences)}", *lines))


def regulation_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="ФАЙЛ", type=Path, help="порядок школы в формате TOML")


def regulation(_config: Config, options: argparse.Namespace) -> int:
    """Is the file a regulation, and which of its parameters does no rule read yet."""
    try:
        text = options.file.read_text(encoding="utf-8-sig")
        read = load(text, options.file.name)
        unread = unread_keys(text, options.file.name)
    except (OSError, UnicodeDecodeError) as error:
        return _refused(f"{options.file}: файл не читается как текст UTF-8 ({type(error).__name__}).")
    except RegulationError as error:
        return _refused(str(error))
    print(f"{options.file.name}: порядок принят, правил: {len(read.rules)}.")
    if read.zone is None:
        print("  P-02: часовой пояс акт не называет, действует тот, с которым основана школа.")
    for key in unread:
        print(f"  пока не читается ни одним правилом: {key}")
    return 0


def _refused(sentence: str) -> int:
    print(sentence)
    return 1
