"""What somebody sends through the browser: a school's CSV files, one by one or in a zip, or one aSc XML.

The limits are those of the command line; of an archive only what its members really unpack to is counted.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import PurePosixPath

from commands.files.asc import read_asc
from commands.files.asc_rows import AscTimetable
from commands.files.csv_bundle import read_bundle
from commands.files.csv_rows import FILES, SchoolBundle
from commands.files.csv_text import MAX_BYTES
from commands.files.reading import Problem, Reading, refused

MOST_MEMBERS = 60
LARGEST_WHOLE = 3 * MAX_BYTES  # bytes of all files together
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError)


def read_upload(
    files: Iterable[tuple[str, bytes]], term: int = 0
) -> Reading[SchoolBundle] | Reading[AscTimetable]:
    """`files`: names as sent and their bytes. `term` as in commands.files.asc.read_asc."""
    given = [(_last(name), data) for name, data in files if name or data]
    if not given:
        return _no("", "выберите файл")
    xml = [(name, data) for name, data in given if name.casefold().endswith((".xml", ".roz"))]
    if xml:
        return (
            read_asc(*xml[0], term)
            if len(given) == 1
            else _no(xml[0][0], "файл aSc загружают один, без других")
        )
    found: dict[str, bytes] = {}
    for name, data in given:
        problem = _take(name, data, found)
        if problem is not None:
            return refused([problem])
    if sum(map(len, found.values())) > LARGEST_WHOLE:
        return _no(given[0][0], "файлы вместе больше 60 МБ")
    return read_bundle(found)


def _last(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name


def _no(file: str, reason: str) -> Reading[SchoolBundle]:
    return refused([_problem(file, reason)])


def _problem(file: str, reason: str) -> Problem:
    return Problem(file=file, line=0, column="", reason=reason)


def _take(name: str, data: bytes, found: dict[str, bytes]) -> Problem | None:
    """Put the file, or the files of the archive, into `found`."""
    if data.startswith(b"PK\x03\x04") or name.casefold().endswith(".zip"):
        return _unpack(name, data, found)
    if not name.casefold().endswith(".csv"):
        wanted = ", ".join(f"{known}.csv" for known in FILES)
        return _problem(name, f"это не CSV, не zip и не XML; в наборе бывают: {wanted}")
    if name.casefold() in found:
        return _problem(name, "файл с таким именем есть дважды")
    found[name.casefold()] = data
    return None


def _unpack(name: str, data: bytes, found: dict[str, bytes]) -> Problem | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [each for each in archive.infolist() if _is_ours(each)]
            if len(members) > MOST_MEMBERS:
                return _problem(name, f"в архиве больше {MOST_MEMBERS} файлов")
            for member in members:
                problem = _member(archive, member, found)
                if problem is not None:
                    return problem
    except _BROKEN:
        return _problem(name, "архив повреждён или закрыт паролем")
    return None if members else _problem(name, "в архиве нет файлов CSV")


def _is_ours(member: zipfile.ZipInfo) -> bool:
    """Not a folder, and not what a Mac puts beside every file."""
    parts = PurePosixPath(member.filename.replace("\\", "/")).parts
    return not member.is_dir() and not any(part.startswith((".", "__MACOSX")) for part in parts)


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, found: dict[str, bytes]) -> Problem | None:
    name = _last(member.filename)
    if not name.casefold().endswith(".csv"):
        return _problem(name, "в архиве с набором бывают только файлы CSV")
    if name.casefold() in found:
        return _problem(name, "файл с таким именем есть дважды")
    with archive.open(member) as opened:
        content = opened.read(MAX_BYTES + 1)  # never more is unpacked, whatever the archive says
    if len(content) > MAX_BYTES:
        return _problem(name, "файл больше 20 МБ")
    if sum(map(len, found.values())) + len(content) > LARGEST_WHOLE:
        return _problem(name, "файлы вместе больше 60 МБ")
    found[name.casefold()] = content
    return None
