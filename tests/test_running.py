"""Starting, finding, killing and stopping what `make run` runs (issue 2, part 8; design 7)."""

from __future__ import annotations

import os
import pwd
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import psycopg
import pytest

from tests.databases import Database
from web.cli import COMMANDS, main
from web.cluster import find_programs, read_passwords
from web.embedded import Server, find_running, stop, try_start
from web.keyfile import create_key, read_key

ROOT = Path(__file__).parent.parent
# A program that serves a one-line application on the embedded database until it is stopped.
SERVE = """
import os
from web.config import read_config
from web.database import own_database
from web.server import run_server
config = read_config(os.environ)
def answer(environ, start):
    start("200 OK", [("Content-Type", "text/plain")])
    return [b"served"]
ready = lambda: print("ready", flush=True)
with own_database(config):
    run_server(lambda: answer, config.host, config.port, config.log_format, ready)
"""


def eventually(attempt, seconds=10.0):
    """The first true answer of `attempt` within the time, else the last one."""
    deadline = time.monotonic() + seconds
    answer = attempt()
    while not answer and time.monotonic() < deadline:
        time.sleep(0.02)
        answer = attempt()
    return answer


def free_port() -> str:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return str(listener.getsockname()[1])


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LETOPIS", "DATABASE"))}
    return {**kept, "LETOPIS_HOME": str(home), "PYTHONPATH": str(ROOT), **more}


# The embedded server


def test_a_running_server_is_found_and_not_started_twice(server: Server):
    assert try_start(server.home) is None
    found = find_running(server.home)
    assert found is not None
    with psycopg.connect(found.app) as connection:
        assert connection.execute("SELECT current_user::text").fetchone() == ("letopis_app",)


def test_nobody_is_let_in_without_the_password(server: Server):
    wrong = psycopg.conninfo.make_conninfo(server.dsns.app, password="letopis")
    with pytest.raises(psycopg.OperationalError, match="authentication failed"):
        psycopg.connect(wrong)


def test_passwords_and_the_log_are_private(server: Server):
    for name in ("passwords.json", "postgres.log", "postgres"):
        assert stat.S_IMODE((server.home / name).stat().st_mode) & 0o077 == 0, name


def test_the_log_keeps_neither_statements_nor_rows(server: Server, empty_database: Database):
    with psycopg.connect(empty_database.migrator_dsn, autocommit=True) as connection:
        connection.execute("SET ROLE letopis_owner")
        connection.execute("CREATE TABLE accounts (login text PRIMARY KEY)")
        connection.execute("INSERT INTO accounts VALUES ('vukvukay')")
        with pytest.raises(psycopg.errors.UniqueViolation, match="vukvukay"):
            connection.execute("INSERT INTO accounts VALUES ('vukvukay')")
    log = (server.home / "postgres.log").read_text(encoding="utf-8")
    assert "duplicate key value" in log
    assert "vukvukay" not in log


def test_a_killed_server_recovers_every_committed_row(tmp_path):
    first = try_start(tmp_path / "home")
    assert first is not None
    with psycopg.connect(first.dsns.superuser or "", autocommit=True) as connection:
        connection.execute("CREATE TABLE facts AS SELECT generate_series(1, 1000) AS fact")
        os.kill(first.process.pid, signal.SIGKILL)
        first.process.wait()
    # Nobody has tidied up: the state file, the socket and postmaster.pid are the dead server's.
    assert find_running(tmp_path / "home") is None
    second = eventually(lambda: try_start(tmp_path / "home"))
    try:
        with psycopg.connect(second.dsns.superuser) as connection:
            assert connection.execute("SELECT count(*) FROM facts").fetchone() == (1000,)
        assert not first.socket.exists()
    finally:
        stop(second)
    assert not second.socket.exists()


def test_a_pid_used_again_by_a_stranger_does_not_stop_the_start(tmp_path):
    first = try_start(tmp_path / "home")
    assert first is not None
    pid_file = tmp_path / "home" / "postgres" / "postmaster.pid"
    left = pid_file.read_text(encoding="ascii").splitlines()
    stop(first)
    # What a power cut leaves, its number by now that of a living process (ours).
    pid_file.write_text("\n".join([str(os.getpid()), *left[1:]]) + "\n", encoding="ascii")
    second = try_start(tmp_path / "home")
    assert second is not None
    stop(second)


def test_an_interrupted_first_start_is_made_good(tmp_path):
    home = tmp_path / "home"
    (home / "postgres.new" / "base").mkdir(parents=True)
    started = try_start(home)
    assert started is not None
    stop(started)


def test_a_lost_password_file_is_said_and_nothing_is_made_anew(tmp_path, capsys, monkeypatch):
    home = tmp_path / "home"
    started = try_start(home)
    assert started is not None
    stop(started)
    (home / "passwords.json").unlink()
    monkeypatch.setenv("LETOPIS_HOME", str(home))
    assert main(["doctor"]) == 1
    assert "passwords.json" in capsys.readouterr().err


START_AND_STOP = """
import sys
from pathlib import Path
from web.embedded import try_start, stop
home = Path(sys.argv[1])
server = try_start(home)
print((home / "postgres").stat().st_uid)
stop(server)
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can start it as somebody else")
def test_where_namespaces_are_forbidden_it_runs_as_nobody():
    nobody = pwd.getpwnam("nobody").pw_uid
    programs = find_programs() / "postgres"
    if subprocess.run([programs, "--version"], user=nobody, capture_output=True, check=False).returncode:
        pytest.skip("nobody cannot reach the programs of this environment")
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        Path(folder).chmod(0o711)  # pytest's own directories are closed to nobody
        for _ in range(2):
            words = [sys.executable, "-c", START_AND_STOP, f"{folder}/home"]
            without_unshare = environment(Path(folder), PATH="/nonexistent")
            done = subprocess.run(words, env=without_unshare, capture_output=True, text=True, check=False)
            assert (done.stdout, done.stderr) == (f"{nobody}\n", "")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root lacks an identity")
def test_root_without_a_place_for_another_user_is_told_what_to_set(tmp_path):
    # tmp_path is closed to others, and without unshare root has no other self.
    words = [sys.executable, "-m", "web.cli", "doctor"]
    without_unshare = environment(tmp_path / "home", PATH="/nonexistent")
    done = subprocess.run(words, env=without_unshare, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "DATABASE_URL" in done.stderr


# The web server and the command line


@pytest.fixture
def serving(tmp_path):
    home = tmp_path / "home"
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE], env=environment(home, PORT=port), stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    yield process, home, f"http://127.0.0.1:{port}/"
    if process.poll() is None:
        process.kill()
    process.wait()
    process.stdout.close()
    # PostgreSQL notices its parent's death by itself; the next test must not meet it.
    successor = eventually(lambda: try_start(home))
    stop(successor)


def get(address):
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.read()
    except OSError:
        return None


def test_a_stop_signal_ends_the_web_server_and_then_postgresql(serving):
    process, home, address = serving
    assert eventually(lambda: get(address)) == b"served"
    assert find_running(home) is not None
    process.send_signal(signal.SIGTERM)
    assert process.wait(15) == 0
    assert find_running(home) is None
    log = (home / "postgres.log").read_text(encoding="utf-8")
    assert "received fast shutdown request" in log
    assert not (home / "server.json").exists()


def test_a_killed_web_server_takes_postgresql_with_it_and_the_next_start_succeeds(serving):
    process, home, address = serving
    process.kill()
    process.wait()
    assert eventually(lambda: get(address) is None), "a worker without its master would hold the port"
    successor = eventually(lambda: try_start(home))
    assert successor is not None
    stop(successor)


def test_a_second_server_on_the_same_home_is_refused(serving):
    _process, home, _address = serving
    second = subprocess.run(
        [sys.executable, "-c", "from web import database as d; d.LOCK_PATIENCE = 0.5\n" + SERVE],
        env=environment(home, PORT=free_port()),
        capture_output=True,
        text=True,
        check=False,
    )
    assert second.returncode == 1
    assert "уже работает другая Летопись" in second.stderr


def test_dsn_prints_how_to_connect_as_the_app_while_serving(serving, capsys, monkeypatch):
    _process, home, _address = serving
    monkeypatch.setenv("LETOPIS_HOME", str(home))
    assert main(["dsn"]) == 0
    with psycopg.connect(capsys.readouterr().out.strip()) as connection:
        assert connection.execute("SELECT current_user::text").fetchone() == ("letopis_app",)


def test_dsn_without_a_server_says_how_to_start_one(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("LETOPIS_HOME", str(tmp_path))
    assert main(["dsn"]) == 1
    assert "letopis serve" in capsys.readouterr().err


def test_migrate_makes_the_master_key_once_and_doctor_finds_all_well(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("LETOPIS_HOME", str(tmp_path / "home"))
    assert main(["migrate"]) == 0
    key = read_key(tmp_path / "home" / "master.key")
    assert main(["migrate"]) == 0
    assert read_key(tmp_path / "home" / "master.key") == key
    capsys.readouterr()
    assert main(["doctor"]) == 0
    assert "ПЛОХО" not in capsys.readouterr().out


def test_a_lost_master_key_is_said_and_never_replaced(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("LETOPIS_HOME", str(tmp_path / "home"))
    main(["migrate"])
    (tmp_path / "home" / "master.key").unlink()
    assert main(["serve", "--port", free_port()]) == 1
    assert "master.key" in capsys.readouterr().err
    assert not (tmp_path / "home" / "master.key").exists()


def test_an_external_database_is_only_migrated_by_its_migrator(empty_database, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("LETOPIS_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", empty_database.app_dsn)
    assert main(["migrate"]) == 1
    assert "LETOPIS_MIGRATOR_URL" in capsys.readouterr().err
    assert main(["serve"]) == 1
    assert "letopis migrate" in capsys.readouterr().err
    monkeypatch.setenv("LETOPIS_MIGRATOR_URL", empty_database.migrator_dsn)
    assert main(["migrate"]) == 0
    assert main(["doctor"]) == 0
    assert not (tmp_path / "postgres").exists()


def test_doctor_sees_a_last_entry_that_lies_in_the_future(database, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("LETOPIS_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", database.app_dsn)
    create_key(tmp_path / "master.key")
    assert main(["doctor"]) == 0
    with psycopg.connect(database.superuser_dsn) as connection:
        connection.execute(
            "INSERT INTO ledger.heads VALUES (gen_random_uuid(), 1, clock_timestamp() + interval '1 day')"
        )
    capsys.readouterr()
    assert main(["doctor"]) == 1
    assert "впереди часов базы" in capsys.readouterr().out


def test_a_bad_address_of_a_database_is_one_sentence(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("LETOPIS_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", f"postgresql://letopis_app@/letopis?host={tmp_path}")
    assert main(["doctor"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("letopis: база недоступна")
    assert "Traceback" not in said


def test_every_command_says_what_it_does(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    shown = capsys.readouterr().out
    assert all(name in shown and command.help.split()[0] in shown for name, command in COMMANDS.items())


def test_the_passwords_of_two_homes_differ(server: Server, tmp_path):
    other = try_start(tmp_path / "home")
    assert other is not None
    stop(other)
    assert not set(read_passwords(server.home).values()) & set(read_passwords(tmp_path / "home").values())
