"""«Архив»: the register of stitched papers and what is due (R-221, R-224); «Отчёты по классам»: what class teachers
handed over (R-219)."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from commands.deciding import Refusal
from exports import archive_register
from ledger.appending import CommandClash, Moved
from ledger.papers import CLASS_PAPERS
from web import archive_desk, reading, reading_archive
from web.answers import told
from web.pages_papers import sent
from web.pages_teacher import asked_id, asked_year
from web.paper_files import ARCHIVED
from web.paper_words import plain
from web.reading_papers import here
from web.titles import PAPERS

blueprint = Blueprint("archive", __name__)


@blueprint.errorhandler(Refusal)
def refused(refusal: Refusal) -> ResponseReturnValue:
    return told(refusal.status, refusal.code, refusal.sentence)


@blueprint.errorhandler(CommandClash)
def sent_before(error: CommandClash) -> ResponseReturnValue:
    return told(409, "command-clash", _("Эта форма уже отправлена. Откройте «Архив» заново."))


@blueprint.errorhandler(Moved)
def busy(error: Moved) -> ResponseReturnValue:
    return told(503, "busy", _("Реестр сейчас меняют сразу многие. Повторите через минуту."))


@blueprint.get("/archive")
def register() -> ResponseReturnValue:
    """`?year=2026`."""
    page = reading_archive.register(asked_year(), request.args.get("at"))
    return render_template(
        "archive/register.html",
        page=page,
        names=reading.names({item.registered_by for item in page.items}),
        classes=_classes(page.year),
        columns=_columns(page.year),
        keeps=page.as_of.live and reading_archive.keeps(),
        kinds=ARCHIVED,
        at=request.args.get("at"),
        acting_role=g.acting_role,
    )


def _classes(year: int) -> list[tuple[UUID, str]]:
    own = (each for each in reading.school().classes.values() if each.year == year)
    return [(each.id, each.title) for each in sorted(own, key=lambda each: (each.grade, each.title))]


def _columns(year: int) -> list[tuple[UUID, str]]:
    """Reporting periods, each with the level whose it is."""
    own = [each for each in reading.school().periods.values() if each.year == year]
    own.sort(key=lambda each: (each.level, each.span.first))
    return [(each.id, f"{each.title}, {each.level}") for each in own]


@blueprint.get("/archive/new")
def new_item() -> ResponseReturnValue:
    """`?kind=year_sheets&class_id=…`, of a period `&column=…`: printed now, to be registered."""
    class_id, kind = asked_id("class_id"), request.args.get("kind", "")
    position = archive_desk.last_entry()
    if class_id is None:
        abort(404)
    column = request.args.get("column", "")
    if kind in CLASS_PAPERS and not column:
        abort(404)
    paper = archive_desk.printed(kind, class_id, column, position)
    page = reading_archive.register(paper.year, None)
    g.pop("time_bar", None)  # the form is of now, though the file shows a moment
    return render_template(
        "archive/new.html",
        paper=paper,
        page=page,
        number=len(page.items) + 1,
        today=reading.now().date(),
        command_id=uuid4(),
        acting_role=g.acting_role,
    )


@blueprint.post("/archive")
def keep() -> ResponseReturnValue:
    """The file is made again: its sheets and its sum are the server's own word."""
    paper = archive_desk.printed(
        request.form.get("kind", ""),
        _id("class_id"),
        request.form.get("column", ""),
        _whole("position"),
    )
    archive_desk.keep(
        paper,
        _id("command_id"),
        number=request.form.get("number", ""),
        title=request.form.get("title", ""),
        copies=_whole("copies"),
        stitched=_day("stitched"),
        place=request.form.get("place", ""),
    )
    return redirect(url_for(".register", year=paper.year), code=303)


def _id(name: str) -> UUID:
    """403 before anything is said of the form to whoever keeps no register."""
    reading.allowed("print_year")
    try:
        return UUID(request.form.get(name, ""))
    except ValueError:
        abort(400)


def _day(name: str) -> date:
    try:
        return date.fromisoformat(request.form.get(name, ""))
    except ValueError:
        reading.no_such_day(request.form.get(name, ""))


def _whole(name: str) -> int:
    given = request.form.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 16 else 0


@blueprint.get("/papers/archive.pdf")
def printed() -> ResponseReturnValue:
    paper = reading_archive.register_paper(here(), asked_year())
    content = archive_register.pdf(paper.page, paper.names, plain(PAPERS), paper.imprint)
    return sent(content, "archive", paper.imprint)


@blueprint.get("/papers/archive/<uuid:item>.pdf")
def label(item: UUID) -> ResponseReturnValue:
    """For the back of the volume."""
    paper = reading_archive.item(here(), item)
    return sent(archive_register.label(paper.page, paper.imprint), "archive-label", paper.imprint)


@blueprint.get("/handed")
def handed() -> ResponseReturnValue:
    """`?year=2026`."""
    page = reading_archive.reports(asked_year(), request.args.get("at"))
    return render_template(
        "archive/handed.html",
        page=page,
        names=reading.names(page.people),
        hands=reading_archive.hands_over(page),
        accepts=reading_archive.accepts(page),
        at=request.args.get("at"),
        acting_role=g.acting_role,
    )
