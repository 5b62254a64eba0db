"""A paper is registered as it was printed: the file is made again at its moment, its sheets counted and its SHA-256
taken here, so that the register never names what nobody printed (R-224, R-234)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from uuid import UUID

from flask import abort, g

from commands.archive import ArchivePaper
from commands.handle import handle
from web import account_desk, reading
from web.paper_files import ARCHIVED, File
from web.premises import premises
from web.reading_papers import Where
from web.time_bar import ENTRY


@dataclass(frozen=True, kw_only=True, slots=True)
class Printed:
    """What would be registered: `url` prints it again."""

    kind: str
    class_id: UUID
    class_title: str
    year: int
    column: str
    url: str
    position: int
    sheets: int
    sha256: str


def printed(kind: str, class_id: UUID, column: str, position: int) -> Printed:
    """404 for a kind or a class there is none of; 403 for whoever keeps no register."""
    klass = reading.school().classes.get(class_id)
    if kind not in ARCHIVED or klass is None:
        abort(404)
    reading.allowed("print_year")
    known = ARCHIVED[kind]
    where = Where(address=known.address(class_id, column), at=f"{ENTRY}{position}")
    file: File = known.make(where, class_id, column)
    return Printed(
        kind=kind,
        class_id=class_id,
        class_title=klass.title,
        year=klass.year,
        column=column,
        url=f"{where.address}{where.between}at={where.at}",
        position=position,
        sheets=file.sheets,
        sha256=sha256(file.content).hexdigest(),
    )


def last_entry() -> int:
    """The position a paper of now would be printed at."""
    reading.allowed("print_year")
    with reading.opened(None) as found:
        return found.as_of.position


def keep(
    paper: Printed, command_id: UUID, *, number: str, title: str, copies: int, stitched: date, place: str
) -> None:
    """Raises Refusal, and what commands.handle does; the same `command_id` is done once. The command is given when the
    paper is made, which may take longer than a request may be old."""
    command = ArchivePaper(
        number=number,
        kind=paper.kind,
        title=title,
        year=paper.year,
        class_id=paper.class_id,
        sheets=paper.sheets,
        copies=copies,
        stitched=stitched,
        place=place,
        position=paper.position,
        sha256=paper.sha256,
    )
    asking = replace(
        account_desk.asked_by(g.actor),
        command_id=command_id,
        body_sha256=sha256(repr(command).encode()).digest(),
    )
    handle(command, asking, premises().house(g.actor.school))
