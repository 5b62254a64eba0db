"""The embedded PostgreSQL as our own child: started, found by other processes, stopped (design 7).

Whoever serves a home is decided by one lock, and the lock's descriptor is inherited by PostgreSQL alone:
it is held exactly as long as any process of that server lives, also when ours was killed.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from web.cluster import SUPERUSER, Cluster, ClusterFailed, Dsns, bootstrap, dsns, open_cluster, read_passwords
from web.identity import hand_over, start_as

SOCKET_NAME = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT = 107  # sockaddr_un.sun_path without its closing zero
START_PATIENCE = 300.0  # seconds; recovery after a power cut replays up to a gigabyte
STOP_PATIENCE = 30.0
LOG_LIMIT = 5_000_000

# No statement and no row reaches the log: both carry pupils' data (terse leaves out "Key (…)=(…)").
SETTINGS = {
    "listen_addresses": "",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_timezone": "UTC",
    "timezone": "UTC",
    "jit": "off",
}


@dataclass(frozen=True, kw_only=True)
class Server:
    """A running child of ours and the directory its socket stands in."""

    home: Path
    socket: Path
    process: subprocess.Popen[bytes]
    dsns: Dsns


def try_start(home: Path) -> Server | None:
    """Start the server of `home`, making its data on first use; None while another process has it.

    To be called from the main thread (see start_as). Raises ClusterFailed, NoIdentity.
    """
    # 0711: PostgreSQL may run as another user and passes through; every file here is private by itself.
    home.mkdir(parents=True, exist_ok=True, mode=0o711)
    lock = _take_lock(home)
    if lock is None:
        return None
    try:
        _sweep(home)
        cluster = open_cluster(home)
        _forget_dead_postmaster(cluster.data)
        socket = _socket_directory(cluster)
        process = _launch(home, cluster, socket, lock)
    finally:
        os.close(lock)
    server = Server(home=home, socket=socket, process=process, dsns=dsns(socket, cluster.passwords))
    try:
        _wait_until_ready(server)
        bootstrap(cluster, socket)
    except BaseException:
        stop(server)
        raise
    _write_state(server)
    return server


def find_running(home: Path) -> Dsns | None:
    """How to reach the server another process runs for `home`; None when none answers.

    The state file is only a hint: it counts when a connection through it succeeds.
    """
    try:
        state = json.loads((home / "server.json").read_text(encoding="utf-8"))
        found = dsns(Path(state["socket"]), read_passwords(home))
        psycopg.connect(found.app, connect_timeout=5).close()
    except (OSError, ValueError, KeyError, ClusterFailed, psycopg.OperationalError):
        return None
    return found


def stop(server: Server) -> None:
    """Fast shutdown: open transactions are rolled back, everything committed is on disk."""
    if server.process.poll() is None:
        server.process.send_signal(signal.SIGINT)
    try:
        server.process.wait(STOP_PATIENCE)
    except subprocess.TimeoutExpired:
        # Immediate shutdown: the next start recovers from the log, as after a power cut.
        server.process.send_signal(signal.SIGQUIT)
        server.process.wait()
    _sweep(server.home)
    shutil.rmtree(server.socket, ignore_errors=True)


def _take_lock(home: Path) -> int | None:
    descriptor = os.open(home / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def _sweep(home: Path) -> None:
    """Remove what a killed predecessor left: its state file and its socket directory."""
    state = home / "server.json"
    try:
        socket = Path(json.loads(state.read_text(encoding="utf-8"))["socket"])
    except (OSError, ValueError, KeyError):
        return
    if socket.name.startswith("letopis-"):
        shutil.rmtree(socket, ignore_errors=True)
    state.unlink()


def _forget_dead_postmaster(data: Path) -> None:
    """PostgreSQL refuses to start when the pid in its lock file belongs to anybody, and pids are used again.

    We hold the lock, so no server of ours is alive; one started by hand has the data as its directory.
    """
    file = data / "postmaster.pid"
    try:
        pid = int(file.read_text(encoding="ascii").splitlines()[0])
    except (FileNotFoundError, ValueError, IndexError):
        return
    if not Path("/proc/self/cwd").exists():
        return
    try:
        foreign = Path(f"/proc/{pid}/cwd").resolve(strict=True) == data.resolve()
    except (FileNotFoundError, ProcessLookupError):
        foreign = False
    if foreign:
        raise ClusterFailed(f"Базу {data} уже запустил кто-то другой: процесс {pid}.")
    file.unlink()


def _socket_directory(cluster: Cluster) -> Path:
    for parent in (tempfile.gettempdir(), "/tmp"):
        if len(os.path.join(parent, "letopis-12345678", SOCKET_NAME).encode()) <= SOCKET_PATH_LIMIT:
            socket = Path(tempfile.mkdtemp(prefix="letopis-", dir=parent))
            hand_over(cluster.identity, socket)
            return socket
    raise ClusterFailed("Нет временного каталога с коротким именем: задайте TMPDIR=/tmp.")


def _launch(home: Path, cluster: Cluster, socket: Path, lock: int) -> subprocess.Popen[bytes]:
    words: list[str | Path] = [cluster.programs / "postgres", "-D", cluster.data, "-k", socket]
    for name, value in SETTINGS.items():
        words += ["-c", f"{name}={value}"]
    path = home / "postgres.log"
    if path.exists() and path.stat().st_size > LOG_LIMIT:
        path.replace(home / "postgres.log.1")
    log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        return start_as(
            cluster.identity, words, stdin=subprocess.DEVNULL, stdout=log, stderr=log, pass_fds=[lock]
        )
    finally:
        os.close(log)


def _wait_until_ready(server: Server) -> None:
    address = psycopg.conninfo.make_conninfo(server.dsns.superuser or "", dbname=SUPERUSER)
    deadline = time.monotonic() + START_PATIENCE
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            log = (server.home / "postgres.log").read_text(encoding="utf-8", errors="replace")
            raise ClusterFailed("PostgreSQL не запустился:\n" + "\n".join(log.splitlines()[-10:]))
        try:
            psycopg.connect(address, connect_timeout=5).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.01)
    raise ClusterFailed(f"PostgreSQL не готов за {START_PATIENCE:.0f} с: см. {server.home / 'postgres.log'}.")


def _write_state(server: Server) -> None:
    unfinished = server.home / "server.json.new"
    unfinished.write_text(json.dumps({"socket": str(server.socket)}), encoding="utf-8")
    unfinished.replace(server.home / "server.json")
