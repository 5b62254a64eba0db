"""A batch of data given to an outside system (R-235): numbered, from where the last one ended, with its hash."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from commands.deciding import Refusal, Sight, drafts
from ledger import streams
from ledger.effective import effective
from ledger.entry import Category, Draft
from ledger.events.papers import BatchExported
from ledger.regulation import Regulation
from ledger.school import School

TARGETS = ("portal",)


@dataclass(frozen=True, kw_only=True, slots=True)
class ExportBatch:
    """By web/exchange_desk.py only, which made the batch it tells of."""

    target: str
    number: int
    since: int
    position: int
    records: int
    sha256: str


def itself(command: ExportBatch, school: School, regulation: Regulation | None) -> tuple[UUID, ...]:
    return (streams.exchange(school.id, command.target),)


def export_batch(command: ExportBatch, sight: Sight) -> tuple[Draft, ...]:
    """Two at once: the second finds that its batch begins where none ended."""
    if command.target not in TARGETS:
        raise Refusal("exchange-target", "Такого внешнего дневника нет.", status=404)
    if "export" not in sight.regulation.exchange:
        raise Refusal("P-92", "Порядок школы не передаёт данных во внешние системы.")
    stream = streams.exchange(sight.school.id, command.target)
    made = [
        each.event
        for each in effective(sight.loaded.get(stream, ()))
        if isinstance(each.event, BatchExported)
    ]
    last = made[-1] if made else None
    if (command.number, command.since) != ((last.number + 1, last.position) if last else (1, 0)):
        raise Refusal("exchange-order", "Пакет уже собран другим запросом: обновите страницу.", status=409)
    event = BatchExported(
        target=command.target,
        number=command.number,
        since=command.since,
        position=command.position,
        records=command.records,
        sha256=command.sha256,
    )
    return drafts(Category.CASE, stream, sight.version(stream), event)
