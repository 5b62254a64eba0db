"""Databases for tests: one embedded server for the run, a copy of a migrated template for each test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count

import psycopg

from web.cluster import DATABASE, dsns, read_passwords
from web.embedded import Server

NUMBERS = count(1)


@dataclass(frozen=True, kw_only=True)
class Database:
    """A database of its own for one test and how to reach it as each role."""

    name: str
    app_dsn: str
    migrator_dsn: str
    superuser_dsn: str


def database_of(server: Server, name: str) -> Database:
    found = dsns(server.socket, read_passwords(server.home), name)
    assert found.migrator is not None
    assert found.superuser is not None
    return Database(name=name, app_dsn=found.app, migrator_dsn=found.migrator, superuser_dsn=found.superuser)


@contextmanager
def copy_of(server: Server, template: str) -> Iterator[Database]:
    """A copy of a database nobody is connected to, with the rights of the original; dropped at the end."""
    name = f"test_{next(NUMBERS)}"
    administrator = database_of(server, "postgres").superuser_dsn
    with psycopg.connect(administrator, autocommit=True) as connection:
        # A template's owner and rights are not copied with it.
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER letopis_owner')
        connection.execute(f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC')
        connection.execute(f'GRANT CONNECT ON DATABASE "{name}" TO letopis_migrator, letopis_app')
        try:
            yield database_of(server, name)
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def make_template(server: Server, name: str) -> Database:
    """An empty database with the rights of a deployment's, to be migrated and copied."""
    administrator = database_of(server, "postgres").superuser_dsn
    with psycopg.connect(administrator, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{DATABASE}" OWNER letopis_owner')
        connection.execute(f'GRANT CONNECT ON DATABASE "{name}" TO letopis_migrator')
    return database_of(server, name)
