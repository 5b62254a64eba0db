"""The archive of a study year (R-228, R-229, AT-25): of each class its whole journal as PDF, its marks as CSV and every
entry as it is stored, all as of one position, with a list of the files and their SHA-256.

What is printed now and what is printed in five years from the same ledger is the same to the last byte."""

from __future__ import annotations

import csv
import gc
import gzip
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from exports import class_journal, mark_list, register_sheet
from ledger.scanning import whole_rows
from projections import class_journal as book
from projections import mark_list as marks
from projections.class_list import in_order
from projections.entries_of_page import streams_of
from projections.reading import Reading, instant_of, reading
from web import class_files, entry_lines, paper_words
from web.paper_words import plain
from web.premises import Premises
from web.titles import HEALTH, MARK_KINDS, PROMOTIONS

CONTENTS = "contents.csv"


class NotArchived(Exception):
    """A sentence: there is nothing to archive, or no place for it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """A file of the archive, by its name in it."""

    name: str
    size: int
    sha256: str


def make(here: Premises, school: UUID, year: int, folder: Path, say: Callable[[str], None]) -> list[Kept]:
    """Writes one class after another, so that the memory of one is enough; `say` tells how far it is. Raises
    NotArchived."""
    if folder.exists() and any(folder.iterdir()):
        raise NotArchived(f"Папка {folder} не пуста: архив пишут в новую.")
    position = here.store.head(school).position
    if not here.runner.advance(school, patience=600.0):
        raise NotArchived("Страницы журнала ещё не догнали записи: повторите позже.")
    known = here.school(school)
    classes = sorted((k for k in known.classes.values() if k.year == year), key=in_order)
    if not classes:
        raise NotArchived(f"В {year}/{year + 1} учебном году классов нет.")
    folder.mkdir(parents=True, exist_ok=True)
    names = class_files.names(classes)
    kept: list[Kept] = []
    for n, klass in enumerate(classes, 1):
        say(f"{n} из {len(classes)}: {klass.title}")
        with _at(here, school, position) as found:
            for name, content in _files(here, found, klass.id):
                kept.append(_keep(folder, f"{names[klass.id]}/{name}", content))
        gc.collect()
    _contents(folder, kept, known.title, year, position)
    return kept


def _files(here: Premises, found: Reading, class_id: UUID) -> Iterator[tuple[str, bytes]]:
    yield "journal.pdf", _journal(found, class_id)
    pages = [page.id for page in found.school.pages_of_class(class_id)]
    lines = (line for page in pages for line in marks.lines(found, page))
    yield "marks.csv", mark_list.comma_separated(lines)
    streams = tuple(stream for page in pages for stream in streams_of(found, page))
    rows = whole_rows(here.pool, found.school.id, streams, found.as_of.position)
    # No clock in the file: packed again it is the same.
    yield "entries.jsonl.gz", gzip.compress("".join(entry_lines.lines(rows)).encode(), mtime=0)


def _journal(found: Reading, class_id: UUID) -> bytes:
    page = book.page(found, class_id)
    names = paper_words.staff(found)
    imprint = paper_words.imprint(found, f"/papers/classes/{class_id}/journal.pdf?at=", page, names)
    words = register_sheet.Words(kinds=plain(MARK_KINDS), promotions=plain(PROMOTIONS))
    return class_journal.pdf(page, names, words, plain(HEALTH), imprint)


def _at(here: Premises, school: UUID, position: int) -> AbstractContextManager[Reading]:
    """The instant is that of the last entry, not the clock's: the archive made again is the same."""
    with here.pool.connection() as connection:
        instant = instant_of(connection, school, position)
    at = instant or here.now()
    return reading(here.pool, here.schools, here.runner, school, now=at, at=at, entry=position)


def _keep(folder: Path, name: str, content: bytes) -> Kept:
    file = folder / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(content)
    return Kept(name=name, size=len(content), sha256=sha256(content).hexdigest())


def _contents(folder: Path, kept: list[Kept], title: str, year: int, position: int) -> None:
    with (folder / CONTENTS).open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow([f"{title}, {year}/{year + 1}, запись № {position}"])
        writer.writerow(["Файл", "Байт", "SHA-256"])
        writer.writerows([each.name, each.size, each.sha256] for each in kept)
