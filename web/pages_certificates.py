"""«Справки»: the certificates of control, one of them with its figures, findings and readers, and its paper."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from exports import certificate as paper_of
from projections import staff_list
from projections.certificate_page import CertificatePage
from projections.control.said import figure_words
from web import control_words, reading, reading_certificates
from web.pages_papers import sent
from web.reading_papers import here
from web.time_bar import ENTRY

blueprint = Blueprint("certificates", __name__, url_prefix="/certificates")
PATIENCE = 2.0  # seconds of counting before the page says how far it has come and is read anew
TO_MEND = timedelta(days=7)  # the day a new finding offers


@blueprint.get("")
def listed() -> ResponseReturnValue:
    page = reading_certificates.listed(_at())
    return render_template(
        "certificates/list.html",
        page=page,
        names=reading.names(line.drawn_up_by for line in page.lines),
        writes=page.as_of.live and reading.may("write_certificate"),
        at=_at(),
        acting_role=g.acting_role,
    )


@blueprint.get("/new")
def new() -> ResponseReturnValue:
    page = reading_certificates.new()
    return render_template(
        "certificates/new.html",
        page=page,
        today=reading.now().date(),
        certificate=uuid4(),
        acting_role=g.acting_role,
    )


@blueprint.get("/<uuid:certificate>")
def one(certificate: UUID) -> ResponseReturnValue:
    page = reading_certificates.one(certificate, _at(), PATIENCE)
    staff = staff_list.staff_of(reading.school()) if page.issued_at is None else frozenset()
    names = reading.names({*page.people, *staff})
    live = page.as_of.live
    return render_template(
        "certificates/one.html",
        page=page,
        names=names,
        staff=sorted(
            ((who, names[who]) for who in staff if who in names), key=lambda each: each[1].casefold()
        ),
        writes=live and page.issued_at is None and reading.may("write_certificate"),
        named=live and any(each.person == g.actor.person for each in page.readers),
        me=g.actor.person,
        reports=_addresses(page),
        figure_words=figure_words,
        due=reading.now().date() + TO_MEND,
        today=reading.now().date(),
        at=_at(),
        acting_role=g.acting_role,
    )


def _addresses(page: CertificatePage) -> list[str]:
    """Of each indicator the report it was counted by, at the same entry and moment; "" where this person may not ask
    for it."""
    moment = page.counted_at.isoformat()
    return [
        control_words.report_address(each.code, each.asked, at=f"{ENTRY}{page.position}", moment=moment)
        if reading.may("view_control", class_id=each.asked.class_id)
        else ""
        for each in page.indicators
    ]


@blueprint.get("/<uuid:certificate>.pdf")
def printed(certificate: UUID) -> ResponseReturnValue:
    paper = reading_certificates.printed(here(), certificate)
    return sent(paper_of.pdf(paper.page, paper.names, paper.imprint), "certificate", paper.imprint)


def _at() -> str | None:
    return request.args.get("at") or None
