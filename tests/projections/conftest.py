from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.databases import Database
from tests.projections.pouring import Paper, paper_over


@pytest.fixture
def paper(database: Database) -> Iterator[Paper]:
    with paper_over(database.app_dsn) as found:
        yield found
