from __future__ import annotations

from collections.abc import Iterator

import pytest

from ledger.schools import Schools
from ledger.store import PostgresStore, open_pool
from projections.runner import Runner
from tests.databases import Database
from tests.projections.pouring import Paper


@pytest.fixture
def paper(database: Database) -> Iterator[Paper]:
    with open_pool(database.app_dsn) as pool:
        store = PostgresStore(pool)
        yield Paper(pool=pool, store=store, runner=Runner(pool), schools=Schools(store))
