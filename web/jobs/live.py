"""What a job reads: the pages of a school as they are now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from projections.reading import Reading, reading
from web.premises import Premises


@contextmanager
def live(here: Premises, school: UUID) -> Iterator[Reading]:
    """The pages as they are now, brought up first."""
    here.runner.advance(school, patience=60.0)
    with reading(here.pool, here.schools, here.runner, school, now=here.now()) as found:
        yield found
