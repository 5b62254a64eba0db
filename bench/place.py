"""A home of its own for a measurement: embedded PostgreSQL, schema, master key; and the served journal."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from web.config import Config, read_config
from web.embedded import Server, stop, try_start
from web.keyfile import read_key
from web.premises import Premises, Settings, open_premises
from web.prepare import migrate_database

ROOT = Path(__file__).parent.parent


def config_of(home: Path) -> Config:
    return read_config({"LETOPIS_HOME": str(home)})


@contextmanager
def running(home: Path) -> Iterator[Server]:
    server = try_start(home)
    assert server is not None
    try:
        migrate_database(config_of(home), server.dsns)
        yield server
    finally:
        stop(server)


@contextmanager
def opened(home: Path, server: Server) -> Iterator[Premises]:
    config = replace(config_of(home), database_url=server.dsns.app)
    here = open_premises(server.dsns.app, read_key(config.master_key_file), Settings())
    try:
        yield here
    finally:
        here.pool.close()


@contextmanager
def served(home: Path, *arguments: str, patience: float = 300.0) -> Iterator[tuple[int, float]]:
    """`letopis serve` on a free port: (port, seconds until its sign-in page was there)."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("LETOPIS", "DATABASE", "PORT"))}
    started = time.perf_counter()
    log = home.parent / f"{home.name}.log"
    process = subprocess.Popen(
        [sys.executable, "-m", "web.cli", "serve", "--port", str(port), *arguments],
        env={**kept, "LETOPIS_HOME": str(home), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=log.open("wb"),
    )
    try:
        while not _answers(port):
            if process.poll() is not None or time.perf_counter() - started > patience:
                raise RuntimeError(
                    f"letopis serve did not come up: {log.read_text(errors='replace')[-3000:]}"
                )
            time.sleep(0.01)
        yield port, time.perf_counter() - started
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/sign-in")
        return connection.getresponse().status in (200, 302)
    except OSError:
        return False
    finally:
        connection.close()
