"""Every paper of the journal as a PDF: the same address, which names its moment, prints the same bytes (R-234)."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from exports import (
    consent_form,
    correction_register,
    fulfilment,
    held_register,
    journal_page,
    order_form,
    pupil_extract,
    pupil_list,
)
from exports.paper import Imprint
from web import paper_files
from web import reading_papers as papers
from web.pages_teacher import asked_day, asked_id, asked_month
from web.paper_files import File
from web.paper_words import plain
from web.titles import CORRECTIONS, GROUNDS, HEALTH, MANNERS, MARK_KINDS, PROMOTIONS, TARGETS

blueprint = Blueprint("papers", __name__, url_prefix="/papers")


def sent(content: bytes, name: str, imprint: Imprint) -> Response:
    """Shown by the browser, named for whoever keeps it."""
    answer = Response(content, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}-{imprint.position}.pdf"'
    return answer


@blueprint.get("/journals/<uuid:journal>.pdf")
def journal(journal: UUID) -> ResponseReturnValue:
    """A page of the journal, `?period=…`; a page of home tuition as well (8.2)."""
    paper = papers.journal(papers.here(), journal, asked_id("period"))
    return sent(journal_page.pdf(paper.page, paper.names, paper.imprint), "journal", paper.imprint)


@blueprint.get("/classes/<uuid:class_id>/list.pdf")
def pupils(class_id: UUID) -> ResponseReturnValue:
    paper = papers.pupils(papers.here(), class_id, asked_day("on"))
    content = pupil_list.pdf(paper.page, paper.names, plain(HEALTH), paper.imprint)
    return sent(content, "list", paper.imprint)


@blueprint.get("/classes/<uuid:class_id>/sheet.pdf")
def sheet(class_id: UUID) -> ResponseReturnValue:
    """«Ведомость» of the register's `?column=…`; with `?year=yes` the сводная ведомость with promotion (R-222)."""
    columns, year = tuple(request.args.getlist("column")), bool(request.args.get("year"))
    return _file(paper_files.sheet(papers.here(), class_id, columns, promoting=year))


@blueprint.get("/classes/<uuid:class_id>/report.pdf")
def report(class_id: UUID) -> ResponseReturnValue:
    """«Отчёт по классу» of a column of the register (Padun 2.7)."""
    return _file(paper_files.report(papers.here(), class_id, request.args.get("column", "")))


@blueprint.get("/classes/<uuid:class_id>/journal.pdf")
def whole(class_id: UUID) -> ResponseReturnValue:
    """The whole journal of the class (9.2(b5))."""
    return _file(paper_files.journal(papers.here(), class_id))


def _file(file: File) -> Response:
    return sent(file.content, file.name, file.imprint)


@blueprint.get("/classes/<uuid:class_id>/programme.pdf")
def programme(class_id: UUID) -> ResponseReturnValue:
    paper = papers.fulfilment(papers.here(), class_id, asked_day("to"))
    return sent(fulfilment.pdf(paper.page, paper.names, paper.imprint), "programme", paper.imprint)


@blueprint.get("/pupils/<uuid:pupil>/extract.pdf")
def extract(pupil: UUID) -> ResponseReturnValue:
    paper = papers.extract(papers.here(), pupil)
    content = pupil_extract.pdf(paper.page, plain(MARK_KINDS), plain(PROMOTIONS), paper.imprint)
    return sent(content, "extract", paper.imprint)


@blueprint.get("/corrections.pdf")
def corrections() -> ResponseReturnValue:
    """`?class_id=…&from=…&to=…`; by default of the whole school and the study year."""
    paper = papers.corrected(papers.here(), asked_id("class_id"), asked_day("from"), asked_day("to"))
    words = correction_register.Words(
        targets=plain(TARGETS), kinds=plain(MARK_KINDS), grounds=plain(GROUNDS), outcomes=plain(CORRECTIONS)
    )
    content = correction_register.pdf(paper.page, paper.names, words, paper.imprint)
    return sent(content, "corrections", paper.imprint)


@blueprint.get("/held.pdf")
def held() -> ResponseReturnValue:
    """`?month=2026-11-01`."""
    paper = papers.held(papers.here(), asked_month())
    content = held_register.pdf(paper.page, paper.names, plain(MANNERS), paper.imprint)
    return sent(content, "held", paper.imprint)


@blueprint.get("/corrections/<uuid:case>/order.pdf")
def order(case: UUID) -> ResponseReturnValue:
    """The form of the распоряжение about a mark of a period sheet, filled in as far as the case is known."""
    paper = papers.order(papers.here(), case)
    content = order_form.pdf(paper.page, paper.names, plain(MARK_KINDS), paper.imprint)
    return sent(content, "order", paper.imprint)


@blueprint.get("/pupils/<uuid:pupil>/consent.pdf")
def consent(pupil: UUID) -> ResponseReturnValue:
    paper = papers.consent(papers.here(), pupil)
    return sent(consent_form.pdf(paper.page, paper.imprint), "consent", paper.imprint)
