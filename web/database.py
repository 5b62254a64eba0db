"""A database to work with: the one configured, the one already running, or one of our own for the while."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from web.cluster import ClusterFailed, Dsns
from web.config import Config
from web.embedded import Server, find_running, stop, try_start

LOCK_PATIENCE = 10.0  # seconds: a predecessor is shutting down, or a neighbour is starting


@contextmanager
def open_database(config: Config) -> Iterator[Dsns]:
    """For a command: works beside a running server and without one. Raises ClusterFailed, NoIdentity."""
    if config.database_url is not None:
        yield Dsns(app=config.database_url, migrator=config.migrator_url, superuser=None)
        return
    found = _patiently(config, lambda: find_running(config.home) or try_start(config.home))
    if isinstance(found, Server):
        yield from _while_running(found)
    else:
        yield found


@contextmanager
def own_database(config: Config) -> Iterator[Dsns]:
    """For the server: PostgreSQL lives as long as we do and is nobody else's child."""
    if config.database_url is not None:
        yield Dsns(app=config.database_url, migrator=config.migrator_url, superuser=None)
        return
    started = _patiently(config, lambda: try_start(config.home))
    assert isinstance(started, Server)
    yield from _while_running(started)


def _while_running(server: Server) -> Iterator[Dsns]:
    try:
        yield server.dsns
    finally:
        stop(server)


def _patiently(config: Config, attempt: Callable[[], Dsns | Server | None]) -> Dsns | Server:
    deadline = time.monotonic() + LOCK_PATIENCE
    while time.monotonic() < deadline:
        found = attempt()
        if found is not None:
            return found
        time.sleep(0.05)
    raise ClusterFailed(f"С каталогом {config.home} уже работает другая Летопись: остановите её.")
