"""The archive register: sheets that were numbered, stitched, signed and sealed, and where they lie (R-224, R-229)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from commands.deciding import Refusal, Sight, drafts
from commands.texts import plain
from ledger import streams
from ledger.entry import Category, Draft
from ledger.events.papers import PaperArchived
from ledger.papers import CLASS_PAPERS, YEAR_PAPERS, fold_archive
from ledger.regulation import Regulation
from ledger.school import School

TEXT_LENGTH = 200  # characters
NUMBER_LENGTH = 30
MOST_SHEETS, MOST_COPIES = 5000, 20
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, kw_only=True, slots=True)
class ArchivePaper:
    """`number` in the register, one a school; `kind`: journal, year_sheets, class_report or class_sheet, of a class;
    `sheets` of one copy; `sha256` of the file that was printed at `position`."""

    number: str
    kind: str
    title: str
    year: int
    class_id: UUID
    sheets: int
    copies: int
    stitched: date
    place: str
    position: int
    sha256: str


def register(command: ArchivePaper, school: School, regulation: Regulation | None) -> tuple[UUID, ...]:
    return (streams.archive(school.id),)


def archive_paper(command: ArchivePaper, sight: Sight) -> tuple[Draft, ...]:
    stream = streams.archive(sight.school.id)
    known = fold_archive(sight.loaded.get(stream, ()))
    number = plain(command.number, NUMBER_LENGTH)
    if any(item.number == number for item in known.items.values()):
        raise Refusal("archive-number", f"Номер {number} в реестре уже занят.", status=409)
    _check(command, sight)
    event = PaperArchived(
        item=uuid5(sight.stamp.command_id, "item"),
        number=number,
        kind=command.kind,
        title=plain(command.title, TEXT_LENGTH),
        year=command.year,
        class_id=command.class_id,
        sheets=command.sheets,
        copies=command.copies,
        stitched=command.stitched,
        place=plain(command.place, TEXT_LENGTH),
        position=command.position,
        sha256=command.sha256,
    )
    return drafts(Category.CASE, stream, known.version, event)


def _check(command: ArchivePaper, sight: Sight) -> None:
    school, klass = sight.school, sight.school.classes.get(command.class_id)
    if command.kind not in (*CLASS_PAPERS, *YEAR_PAPERS) or command.year not in school.years:
        raise Refusal("archive-kind", "Выберите, что сдаётся в архив, и учебный год.")
    if klass is None or klass.year != command.year:
        raise Refusal("archive-class", "Такого класса в этом учебном году нет.", status=404)
    if not 1 <= command.sheets <= MOST_SHEETS or not 1 <= command.copies <= MOST_COPIES:
        raise Refusal("archive-sheets", "Проверьте число листов и экземпляров.")
    if command.position < 1 or not _SHA256.fullmatch(command.sha256):
        raise Refusal("archive-file", "Сначала напечатайте документ: в реестр вносят то, что напечатано.")
    if command.stitched > sight.now.date():
        raise Refusal("archive-stitched", "Документ вносят в реестр, когда он уже прошит.")
