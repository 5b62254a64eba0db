"""Fixtures every test may ask for: the database server, a migrated database, an empty one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ledger.migrate import load_migrations, migrate
from tests.browser.school import Site, served
from tests.cases import pytest_collection_modifyitems, pytest_runtest_logreport, pytest_sessionfinish
from tests.databases import Database, copy_of, make_template
from web.cluster import DATABASE
from web.embedded import Server, stop, try_start

__all__ = ["pytest_collection_modifyitems", "pytest_runtest_logreport", "pytest_sessionfinish"]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The embedded PostgreSQL as in production (fsync on), in a home of its own."""
    started = try_start(tmp_path_factory.mktemp("server"))
    assert started is not None
    yield started
    stop(started)


@pytest.fixture(scope="session")
def template(server: Server) -> Database:
    """A database with the schema, to be copied; nobody may stay connected to it."""
    made = make_template(server, "template_letopis")
    migrate(made.migrator_dsn, load_migrations())
    return made


@pytest.fixture
def database(server: Server, template: Database) -> Iterator[Database]:
    """A migrated database for this test alone."""
    with copy_of(server, template.name) as copied:
        yield copied


@pytest.fixture
def empty_database(server: Server) -> Iterator[Database]:
    """A database with roles and no schema, for this test alone."""
    with copy_of(server, DATABASE) as copied:
        yield copied


@pytest.fixture(scope="module")
def site(server: Server, template: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The school of tests.browser.school, served for the tests of one file."""
    with (
        copy_of(server, template.name) as database,
        served(database, tmp_path_factory.mktemp("site")) as found,
    ):
        yield found
