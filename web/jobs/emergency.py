"""The nightly paper pack (R-198): one PDF a class in the folder for outages, each replaced as a whole."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from exports import emergency as paper
from projections import emergency as pack
from projections.reading import Reading
from web import class_files
from web.jobs.job import Due
from web.jobs.live import live

LIMIT = 20 * 2**20  # bytes of all classes of a school: a stick of any age takes it


class PackTooLarge(Exception):
    """A sentence: the packs of a school are larger than they may be."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Packs:
    """What lies in the folder of a school: how many, their bytes, since when the oldest (aware)."""

    files: int
    size: int
    oldest: datetime | None


def run(due: Due) -> str:
    """Writes beside and renames, so that an outage in the middle leaves yesterday's pack."""
    folder = folder_of(due.folder, due.school)
    folder.mkdir(parents=True, exist_ok=True)
    with live(due.here, due.school) as found:
        known = {f"{name}.pdf": class_id for class_id, name in _names(found).items()}
        for name, class_id in known.items():
            _replace(folder / name, printed(found, class_id))
    for stale in set(folder.glob("*.pdf")) - {folder / name for name in known}:
        stale.unlink()
    lies = look(folder)
    if lies.size > LIMIT:
        raise PackTooLarge(f"комплект занимает {megabytes(lies.size)} МБ, а должен не больше 20")
    return f"Классов: {lies.files}, {megabytes(lies.size)} МБ."


def printed(found: Reading, class_id: UUID) -> bytes:
    """The pack of one class as of the reading."""
    page = pack.page(found, class_id)
    moment = f"{found.now:%d.%m.%Y %H:%M}, запись № {found.as_of.position}"
    qr = f"letopis:{found.school.id}:emergency:{class_id}:entry-{found.as_of.position}"
    return paper.pdf(page, school=found.school.title, moment=moment, qr=qr)


def file_name(found: Reading, class_id: UUID) -> str:
    return f"{_names(found)[class_id]}.pdf"


def _names(found: Reading) -> dict[UUID, str]:
    return class_files.names(found.school.classes[each] for each in pack.classes(found))


def look(folder: Path) -> Packs:
    files = [file.stat() for file in folder.glob("*.pdf")] if folder.is_dir() else []
    oldest = min((file.st_mtime for file in files), default=None)
    return Packs(
        files=len(files),
        size=sum(file.st_size for file in files),
        oldest=datetime.fromtimestamp(oldest, UTC) if oldest is not None else None,
    )


def folder_of(folder: str, school: UUID) -> Path:
    return Path(folder) / str(school)


def megabytes(size: int) -> str:
    return f"{size / 2**20:.1f}".replace(".", ",")


def _replace(file: Path, content: bytes) -> None:
    beside = file.with_suffix(".new")
    beside.write_bytes(content)
    os.replace(beside, file)
