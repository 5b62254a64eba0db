"""What a file that somebody hangs on a lesson is, found in its bytes: its name may say anything.

Taken in are documents and pictures as schools send them; refused are programs, pages, drawings with scripts, and
office files that carry macros.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
import zlib

LARGEST = 10_000_000  # bytes
MOST_MEMBERS = 5000
LARGEST_HEAD = 200_000  # bytes of the members that are looked into

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_BY_BEGINNING = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
_BY_MEMBER = {
    "word/document.xml": f"{_OFFICE}wordprocessingml.document",
    "xl/workbook.xml": f"{_OFFICE}spreadsheetml.sheet",
    "ppt/presentation.xml": f"{_OFFICE}presentationml.presentation",
}
_OPEN = {f"{_OPEN_DOCUMENT}{kind}" for kind in ("text", "spreadsheet", "presentation")}
_MACROS = ("vbaproject", "macrosheets/", "activex", "basic/", "scripts/", "macroenabled")
_MARKUP = ("<!doctype", "<html", "<svg", "<script", "<?xml", "<?php", "#!", "<iframe", "<body", "<head")
_PLAIN_CONTROLS = frozenset("\n\r\t\f\ufeff")

ACCEPTED = "PDF, PNG, JPEG, GIF, DOCX, XLSX, PPTX, ODT, ODS, ODP, простой текст"


class NotTaken(ValueError):
    """The file is refused; the message is the sentence for the person."""


def media_of(content: bytes) -> str:
    """The media type of the bytes. Raises NotTaken."""
    if not content:
        raise NotTaken("Файл пуст.")
    if len(content) > LARGEST:
        raise NotTaken("Файл больше 10 МБ. Уменьшите его или приложите ссылку.")
    found = next((media for start, media in _BY_BEGINNING if content.startswith(start)), None)
    if found is not None:
        return found
    if content.startswith(b"PK\x03\x04"):
        return _in_archive(content)
    if _is_plain_text(content):
        return "text/plain"
    raise NotTaken(f"Такой файл журнал не принимает. Можно: {ACCEPTED}.")


def _in_archive(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [name.casefold().replace("\\", "/") for name in archive.namelist()]
            found = _office(archive, names) if len(names) <= MOST_MEMBERS else None
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise NotTaken("Файл повреждён или закрыт паролем: журнал не может его прочесть.") from error
    if found is None:
        raise NotTaken(f"Архивы журнал не принимает: приложите сам файл. Можно: {ACCEPTED}.")
    return found


def _office(archive: zipfile.ZipFile, names: list[str]) -> str | None:
    said = _head(archive, "mimetype").strip()
    kind = next((media for member, media in _BY_MEMBER.items() if member in names), None)
    found = said if said in _OPEN and "content.xml" in names else kind
    if found is None:
        return None
    declared = _head(archive, "[Content_Types].xml").casefold()
    if any(sign in text for sign in _MACROS for text in (*names, declared)):
        raise NotTaken("В файле есть макросы: сохраните его без них и приложите снова.")
    return found


def _head(archive: zipfile.ZipFile, member: str) -> str:
    """The beginning of a member, "" where there is none; never more is unpacked."""
    if member not in archive.namelist():
        return ""
    with archive.open(member) as opened:
        return opened.read(LARGEST_HEAD).decode("utf-8", errors="replace")


def _is_plain_text(content: bytes) -> bool:
    """Readable in one of the two encodings schools have, and no page or script."""
    for encoding in ("utf-8", "cp1251"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        return False
    if any(unicodedata.category(c) == "Cc" and c not in _PLAIN_CONTROLS for c in set(text)):
        return False
    beginning = text[:2000].casefold().lstrip("\ufeff \t\r\n")
    return not beginning.startswith("#!") and not any(sign in beginning for sign in _MARKUP)
