"""A PostgreSQL and writers that are killed without warning (signal 9)."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
from psycopg.conninfo import make_conninfo

from ledger.migrate import load_migrations, migrate
from ledger.store import PostgresStore, open_pool
from tests.store.batches import action, draft, stamp
from web.cluster import Cluster, dsns, open_cluster
from web.embedded import stop, try_start
from web.identity import hand_over, start_as

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.store.crashing"])


@dataclass(kw_only=True)
class Crashing:
    """One data directory, always served on the same socket."""

    cluster: Cluster
    socket: Path
    settings: Sequence[str]
    process: subprocess.Popen[bytes] | None = None

    @property
    def app_dsn(self) -> str:
        return dsns(self.socket, self.cluster.passwords).app

    def start(self) -> None:
        """Until it answers. Orphans of a killed postmaster hold its memory for a moment: then again."""
        words = [self.cluster.programs / "postgres", "-D", self.cluster.data, "-k", self.socket]
        options = ["listen_addresses=", "jit=off", *self.settings]
        for option in options:
            words += ["-c", option]  # type: ignore[list-item]
        deadline = time.monotonic() + 30
        while not self.answers():
            assert time.monotonic() < deadline, "PostgreSQL does not come back"
            if self.process is None or self.process.poll() is not None:
                self.process = start_as(self.cluster.identity, words, stderr=subprocess.DEVNULL)
            time.sleep(0.02)

    def answers(self) -> bool:
        if self.process is None or self.process.poll() is not None:
            return False
        try:
            psycopg.connect(self.app_dsn, connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()


@contextmanager
def crashing_server(home: Path, *settings: str) -> Iterator[Crashing]:
    """A migrated cluster of its own under `home`, served with `settings` (name=value)."""
    made = try_start(home)
    assert made is not None
    assert made.dsns.migrator is not None
    migrate(made.dsns.migrator, load_migrations())
    stop(made)
    with tempfile.TemporaryDirectory(prefix="crash-", dir="/tmp") as folder:
        cluster = open_cluster(home)
        hand_over(cluster.identity, Path(folder))
        server = Crashing(cluster=cluster, socket=Path(folder), settings=settings)
        server.start()
        try:
            yield server
        finally:
            server.kill()


@dataclass(frozen=True, kw_only=True)
class Acknowledged:
    command_id: UUID
    first: int
    last: int


def write(dsn: str, school: UUID, file: Path) -> None:
    """Append two entries at a time, and note each answer before the next: until killed."""
    stream = uuid4()
    notes = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    with open_pool(make_conninfo(dsn, connect_timeout=2), max_size=1) as pool:
        store = PostgresStore(pool)
        while True:
            by = stamp(datetime.now(UTC), school=school)
            try:
                answer = store.append(action(by, draft(stream, None), draft(stream, None)))
            except psycopg.OperationalError:
                continue  # not acknowledged: nothing is promised
            os.write(notes, f"{by.command_id} {answer.first} {answer.last}\n".encode())


def start_writer(dsn: str, school: UUID, file: Path) -> ForkServerProcess:
    writer = PROCESSES.Process(target=write, args=(dsn, school, file), daemon=True)
    writer.start()
    return writer


def kill(writers: Sequence[ForkServerProcess]) -> None:
    for writer in writers:
        assert writer.pid is not None
        os.kill(writer.pid, signal.SIGKILL)
    for writer in writers:
        writer.join()


def acknowledged(folder: Path) -> list[Acknowledged]:
    lines = [line for file in folder.glob("*.ack") for line in file.read_text().splitlines()]
    words = [line.split() for line in lines]
    return [Acknowledged(command_id=UUID(c), first=int(f), last=int(n)) for c, f, n in words]
