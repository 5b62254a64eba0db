"""Batches for an outside diary: made, told of in the ledger, and given again as they were."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from commands.exchange import ExportBatch
from commands.handle import Answer
from exports import portal as paper
from projections import portal
from projections.portal import Batch
from projections.reading import Reading, reading
from web.premises import Premises

PORTAL = "portal"


class BatchDiffers(Exception):
    """A sentence: a batch made again is not the one that was told of."""


class NoSuchBatch(Exception):
    """There is none of this number."""


def make(here: Premises, school: UUID, ask: Callable[[ExportBatch], Answer]) -> int:
    """The next batch; how many records, 0 and no entry where nothing changed. `ask` gives the command. Raises
    Refusal."""
    here.runner.advance(school, patience=60.0)
    with reading(here.pool, here.schools, here.runner, school, now=here.now()) as found:
        number, since = _next(found)
        made = portal.batch(found, since)
    if not made.records:
        return 0
    content = paper.jsonl(made, target=PORTAL, number=number)
    ask(
        ExportBatch(
            target=PORTAL,
            number=number,
            since=since,
            position=made.position,
            records=len(made.records),
            sha256=paper.digest(content),
        )
    )
    return len(made.records)


def content(here: Premises, school: UUID, number: int) -> bytes:
    """The same bytes as the first time. Raises NoSuchBatch, BatchDiffers."""
    with reading(here.pool, here.schools, here.runner, school, now=here.now()) as found:
        rows = found.rows(
            "batches", "target = %(target)s AND number = %(number)s", target=PORTAL, number=number
        )
    if not rows:
        raise NoSuchBatch(str(number))
    made = paper.jsonl(_batch(here, school, rows[0].first, rows[0].position), target=PORTAL, number=number)
    if paper.digest(made) != rows[0].sha256:
        raise BatchDiffers(f"Пакет № {number} уже не тот, что был передан: сообщите администратору.")
    return made


def _batch(here: Premises, school: UUID, since: int, position: int) -> Batch:
    now: datetime = here.now()
    with reading(here.pool, here.schools, here.runner, school, now=now, at=now, entry=position) as found:
        return portal.batch(found, since)


def _next(found: Reading) -> tuple[int, int]:
    """Number and first position of the batch to come."""
    rows = found.rows("batches", "target = %(target)s", columns="number, position", target=PORTAL)
    last = max(rows, key=lambda row: row.number, default=None)
    return (1, 0) if last is None else (last.number + 1, last.position)
