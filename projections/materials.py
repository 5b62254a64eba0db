"""Links and files that hang on lessons and on their homework."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from projections.reading import NoSuchPage, Reading

EXTENSIONS = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "text/plain": ".txt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.presentation": ".odp",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Material:
    """A link (`url`) or a file (`sha256`, its `media` type, `size` in bytes); `to` is lesson or homework."""

    lesson: UUID
    material: UUID
    to: str
    title: str
    url: str | None
    sha256: str | None
    media: str | None
    size: int | None

    @property
    def address(self) -> str:
        """Where it is opened; of a file its door asks the right of the page."""
        return self.url or f"/files/{self.lesson}/{self.material}"

    @property
    def host(self) -> str:
        """Where a link leads, whatever it is called."""
        return urlsplit(self.url or "").hostname or ""

    @property
    def file_name(self) -> str:
        extension = EXTENSIONS.get(self.media or "", "")
        stem = self.title[: -len(extension)] if self.title.casefold().endswith(extension) else self.title
        return f"{stem or 'файл'}{extension}"


def of_lessons(reading: Reading, lessons: Iterable[UUID]) -> dict[UUID, tuple[Material, ...]]:
    """By lesson, in the order they were put there."""
    rows = reading.rows("materials", "lesson = ANY(%(ids)s)", ids=list(lessons))
    found: dict[UUID, tuple[Material, ...]] = {}
    for row in sorted(rows, key=lambda row: row.entry):
        found[row.lesson] = (*found.get(row.lesson, ()), _material(row))
    return found


def one(reading: Reading, lesson: UUID, material: UUID) -> Material:
    """Raises NoSuchPage: it hangs there no more."""
    found = of_lessons(reading, (lesson,)).get(lesson, ())
    wanted = next((each for each in found if each.material == material), None)
    if wanted is None:
        raise NoSuchPage(str(material))
    return wanted


def _material(row: Any) -> Material:
    return Material(
        lesson=row.lesson,
        material=row.material,
        to=row.attached_to,
        title=row.title,
        url=row.url,
        sha256=row.sha256,
        media=row.media,
        size=row.size,
    )
