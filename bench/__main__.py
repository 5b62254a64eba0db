"""`make bench`: everything the issues put a number on, into bench/results.json. Takes some minutes."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import psycopg

from bench import (
    appending,
    archiving,
    controlling,
    ending,
    explaining,
    families,
    handling,
    importing,
    rebuilding,
    registers,
    serving,
    voiding,
    year_kept,
)
from bench.place import opened, running, served
from bench.results import Numbers, reached, row, tell, write
from bench.school import make_school
from bench.term import make_term

RESULTS = Path(__file__).parent / "results.json"
PARTS = ("ledger", "http", "school", "term", "voiding", "rebuild", "year", "start")


def main() -> int:
    """Exit status 1 when a limit is not kept."""
    options = _options()
    numbers: Numbers = {}
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        Path(folder).chmod(0o711)  # PostgreSQL may run as another user
        for part in options.only or PARTS:
            home = options.keep if part == "year" and options.keep else Path(folder) / part
            found = _measured(part, home, 50_000 if options.quick else 1_000_000)
            tell(found)
            numbers |= found
    if options.only is None and not options.quick:
        write(numbers, RESULTS)
    return 0 if all(map(reached, numbers.values())) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--quick", action="store_true", help="rebuild 50,000 entries; writes no results")
    parser.add_argument("--only", nargs="+", choices=PARTS)
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="make the year's school there, or find it there"
    )
    return parser.parse_args()


def _measured(part: str, home: Path, entries: int) -> Numbers:
    if part == "start":
        return _starts(home)
    if part == "term":
        return _term(home)
    if part == "year":
        return _year(home)
    with running(home) as server:
        if part == "rebuild":
            return rebuilding.measure(server, home, entries)
        with opened(home, server) as here:
            if part == "school":
                return importing.measure(here, home)
            school = make_school(here)
            if part == "voiding":
                return voiding.measure(here, school)
            if part == "ledger":
                with psycopg.connect(server.dsns.superuser or "", autocommit=True) as plain:
                    appending.make_bare(plain)
                    return appending.measure(plain, here.store) | handling.measure(plain, here, school)
    with served(home) as (port, _):
        found = serving.measure(port, school) | explaining.measure(port, school)
        return found | ending.measure(port, school)  # the last: the account is blocked then


def _term(home: Path) -> Numbers:
    """The last days of a period in a school of forty classes."""
    with running(home) as server, opened(home, server) as here:
        school = make_term(here)
        with psycopg.connect(server.dsns.superuser or "", autocommit=True) as plain:
            plain.execute("ANALYZE")  # as autovacuum does within a minute: no school lives without statistics
    with served(home) as (port, _):
        found = registers.read(port, school)
    with running(home) as server, opened(home, server) as here:
        return found | registers.close(here, school)


def _year(home: Path) -> Numbers:
    """A thousand pupils and a whole year: control reports, the difference of moments, diary, journal, papers."""
    with running(home) as server, opened(home, server) as here:
        school, found = year_kept.made(here, server, home)
        found |= controlling.measure(here.pool, school)
    with served(home) as (port, _):
        found |= families.measure(port, school)
    with tempfile.TemporaryDirectory(prefix="bench-archive-") as folder:
        return found | archiving.measure(home, Path(folder) / "year")


def _starts(home: Path) -> Numbers:
    """As `make run` starts it: in an empty place with the demonstration school, and again."""
    with served(home, "--demo") as (_, first):
        pass
    with served(home, "--demo") as (_, following):
        pass
    return {
        "first_start_s": row(first, "s", 60, "lower"),
        "next_start_s": row(following, "s", 3, "lower"),
    }


if __name__ == "__main__":
    sys.exit(main())
