"""Whether a workbook may be opened at all: looked at as an archive, before any of it is unpacked."""

import io
import zipfile

from commands.files.plan_sheet import PlanUnreadable

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 60 * 1024 * 1024  # with pictures
MAX_XML = 15 * 1024 * 1024  # a plan of 2,000 lines takes two
MAX_PARTS = 500
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def opened(data: bytes) -> zipfile.ZipFile:
    """Raises PlanUnreadable. Sizes are the archive's own word, and zipfile never unpacks more than that."""
    if len(data) > MAX_BYTES:
        raise PlanUnreadable("файл больше 20 МБ")
    if data.startswith(OLE):
        raise PlanUnreadable(
            "книга закрыта паролем: сохраните её без пароля"
            if ENCRYPTED in data
            else "это старый формат Excel (.xls): сохраните книгу как «Книга Excel (.xlsx)»"
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as broken:
        raise PlanUnreadable("файл повреждён: это не книга Excel") from broken
    _check(archive.infolist())
    return archive


def _check(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename.casefold() for part in parts]
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        raise PlanUnreadable("в книге есть макросы: сохраните её как «Книга Excel (.xlsx)» без макросов")
    if any(part.flag_bits & 1 for part in parts):
        raise PlanUnreadable("книга закрыта паролем: сохраните её без пароля")
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise PlanUnreadable("в распакованном виде книга больше 60 МБ: это не план")
    if (
        sum(part.file_size for part in parts if part.filename.casefold().endswith((".xml", ".rels")))
        > MAX_XML
    ):
        raise PlanUnreadable("таблиц в книге больше 15 МБ: это не план")
    if "xl/workbook.xml" not in names:
        raise PlanUnreadable("это не книга Excel (.xlsx)")
