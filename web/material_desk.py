"""Taking a file in and handing it out: bytes outside the ledger, the entry under the same rights as every record."""

from __future__ import annotations

import io
from hashlib import sha256
from uuid import UUID

from flask import Blueprint, Response, g, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from commands.files.media import NotTaken, media_of
from commands.materials import AttachFile
from ledger import materials as contents
from web import reading
from web.answers import told
from web.door import carry_out, command_id_of_request
from web.limits import limiter
from web.premises import premises
from web.reading_materials import file

blueprint = Blueprint("materials", __name__)
# A file opened in a browser's window is nobody's page: it loads nothing and runs nothing.
HARMLESS = {"Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff"}


@blueprint.post("/lesson/<uuid:lesson>/files")
@limiter.limit("30 per minute", key_func=lambda: str(g.actor.account))
def attach(lesson: UUID) -> ResponseReturnValue:
    """One `file`, `to` lesson or homework, `title`. The file's own name is not taken over: «Справка Петрова.pdf» would
    stand in the entry for ever; a typed title is the teacher's word."""
    command_id, given = command_id_of_request(), request.files.get("file")
    if command_id is None or given is None:
        return told(400, "malformed", _("Выберите файл."))
    content = given.stream.read()
    try:
        media = media_of(content)
    except NotTaken as error:
        return told(422, "file", str(error))
    command = AttachFile(
        lesson=lesson,
        title=request.form.get("title", "").strip() or _("файл"),
        sha256=sha256(content).hexdigest(),
        media=media,
        size=len(content),
        to=request.form.get("to", "lesson"),
    )
    _keep(command, content)
    g.body = repr(command).encode()  # the boundary between the parts of a form is new each time
    return carry_out(command, command_id)


def _keep(command: AttachFile, content: bytes) -> None:
    """Before the entry, which must never name what is not there; for nobody who could not write it."""
    planned = reading.lesson_of(command.lesson)
    if not reading.may("write_lesson", on=planned.date, lesson=planned, journal=planned.journal):
        return
    with premises().pool.connection() as connection:
        contents.keep(connection, g.actor.school, content, command.media, premises().now())


@blueprint.get("/files/<uuid:lesson>/<uuid:material>")
def download(lesson: UUID, material: UUID) -> Response:
    found, content = file(lesson, material)
    response = send_file(
        io.BytesIO(content),
        mimetype=found.media,
        as_attachment=True,
        download_name=found.file_name,
        etag=False,
    )
    response.headers["Content-Type"] = found.media or "application/octet-stream"
    response.headers.update(HARMLESS)
    return response
