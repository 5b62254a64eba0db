"""letopis demo: the demonstration school, once."""

from __future__ import annotations

import argparse
import time

from web.cluster import Dsns
from web.config import Config
from web.database import open_database
from web.keyfile import read_key
from web.premises import Settings, open_premises
from web.prepare import check_ready, migrate_database


class NotEmpty(Exception):
    """A sentence: there is a school already."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--if-empty", action="store_true", help="ничего не делать, если школа уже есть")


def demo(config: Config, options: argparse.Namespace) -> int:
    """Raises NotEmpty where a school is and `--if-empty` was not said."""
    with open_database(config) as dsns:
        if config.embedded:
            migrate_database(config, dsns)
        check_ready(config, dsns)
        made = make_if_empty(config, dsns)
    if not made and not options.if_empty:
        raise NotEmpty("Школа уже есть: демонстрационную создают только в пустой установке.")
    return 0


def make_if_empty(config: Config, dsns: Dsns) -> bool:
    """Whether a demonstration was made, or one that had been cut off completed."""
    from web.demo.make import begun, make

    here = open_premises(dsns.app, read_key(config.master_key_file), Settings())
    try:
        if here.school_ids() and begun(here) is None:
            return False
        print("Готовится демонстрационная школа: шесть недель уроков…", flush=True)
        started = time.monotonic()
        steps = make(here)
        print(
            f"Демонстрационная школа готова: {steps} действий, {time.monotonic() - started:.0f} с.",
            flush=True,
        )
        return True
    finally:
        here.pool.close()
