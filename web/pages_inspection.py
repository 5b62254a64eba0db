"""What an inspector takes along: the entries in scope as JSON Lines, and a certified extract of a page as PDF."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, redirect, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from exports import extract as paper
from web import extract_words, reading, reading_inspection
from web.pages_teacher import asked_id
from web.time_bar import ENTRY

blueprint = Blueprint("inspection", __name__)


@blueprint.get("/export/entries.jsonl")
def entries() -> ResponseReturnValue:
    """Of all pages in scope, of one class (`class_id`) or of one page (`journal`)."""
    lines = reading_inspection.exported(asked_id("class_id"), asked_id("journal"), request.args.get("at"))
    answer = Response(stream_with_context(lines), mimetype="application/x-ndjson")
    answer.headers["Content-Disposition"] = 'attachment; filename="letopis-entries.jsonl"'
    return answer


@blueprint.get("/journal/<uuid:journal>/extract.pdf")
def extract(journal: UUID) -> ResponseReturnValue:
    """A live page is printed as of its last entry, so that the same address prints the same bytes for ever."""
    at, period = request.args.get("at"), asked_id("period")
    if not at:
        now = f"{ENTRY}{reading_inspection.last_entry(journal)}"
        return redirect(url_for(".extract", journal=journal, period=period, at=now))
    page = reading_inspection.extract_of(journal, period, at)
    words = extract_words.extract(page, reading.school(), reading.names(page.teachers))
    answer = Response(paper.pdf(words), mimetype="application/pdf")
    name = f"extract-{page.as_of.position}.pdf"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
