"""PT Sans from its wheel: Cyrillic, free (OFL), and no file of it in our repository."""

from __future__ import annotations

from importlib.resources import as_file, files

from flask import Blueprint, Response, abort, send_file

blueprint = Blueprint("fonts", __name__)
FACES = {"regular": "PT_Sans-Web-Regular.ttf", "bold": "PT_Sans-Web-Bold.ttf"}
YEAR = 365 * 24 * 3600


@blueprint.get("/fonts/pt-sans-<face>.ttf")
def font(face: str) -> Response:
    """One face of PT Sans; 404 for any other name."""
    if face not in FACES:
        abort(404)
    with as_file(files("fontpkg_pt_sans") / "files" / FACES[face]) as path:
        return send_file(path, mimetype="font/ttf", max_age=YEAR)
