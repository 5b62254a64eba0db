"""letopis serve: PostgreSQL, schema, checks, then the web server until it is told to stop."""

from __future__ import annotations

import argparse
import atexit
from dataclasses import replace
from datetime import timedelta

from web import print_font
from web.cli_demo import make_if_empty
from web.config import Config, read_port
from web.database import own_database
from web.prepare import check_ready, migrate_database


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", help="порт (иначе PORT или 8080)")
    parser.add_argument("--demo", action="store_true", help="в пустой установке — с демонстрационной школой")


def serve(config: Config, options: argparse.Namespace) -> int:
    """Serve until SIGTERM or SIGINT: gunicorn ends its requests first, then PostgreSQL is shut down."""
    if options.port is not None:
        config = replace(config, port=read_port(options.port))
    print_font.set_in(config)  # a wrong file is said before anything is started
    with own_database(config) as dsns:
        # The migrator of an external database is its administrator's: there `letopis migrate` is a
        # step of its own, and here the version is only checked.
        if config.embedded:
            migrate_database(config, dsns)
        check_ready(config, dsns)
        if options.demo:
            make_if_empty(config, dsns)
        _run(replace(config, database_url=dsns.app, migrator_url=None))
    return 0


def _run(config: Config) -> None:
    """`config.database_url` is by now the address of the database in use, embedded or not."""
    from flask import Flask

    from web import garbage
    from web.app import create_app
    from web.jobs import scheduler
    from web.jobs.table import JOBS
    from web.premises import Premises, Settings
    from web.server import run_server
    from web.worker import start

    settings = Settings(idle=timedelta(minutes=config.idle_minutes), proxies=config.proxies)

    def create() -> Flask:
        app = create_app(config, settings)
        here: Premises = app.extensions["letopis"]
        garbage.seldom()
        atexit.register(start(here.runner, here.school_ids))
        assert config.database_url is not None
        atexit.register(scheduler.start(here, config.database_url, JOBS, str(config.emergency)))
        return app

    def say_where() -> None:
        print(f"Летопись открыта: http://{config.host}:{config.port}/", flush=True)

    run_server(create, config.host, config.port, config.log_format, say_where)
