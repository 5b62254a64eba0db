"""Breaches of access: told by anybody, looked into step by step, and the Act that ends them (10.3, 10.4)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from flask import Blueprint, Response, abort, g, render_template, request
from flask.typing import ResponseReturnValue

from exports import act as act_form
from exports.act_paper import Words, paper
from projections.incident_card import ActCard
from projections.incident_page import GROUPS, IncidentPage, Part, groups, part
from web import incident_words, reading, reading_incidents
from web.spoken import delay
from web.titles import EVENTS, ROLES

blueprint = Blueprint("incidents", __name__)
STEPS = ("happened", "done", "journals", "act")
LISTS = ("cascade", "suspicious", "contested")  # of what was done, beside what will be void in its groups
JOURNALS = 20  # pages of the journal on one page of the wizard


@blueprint.get("/incidents")
def listed() -> ResponseReturnValue:
    page = reading_incidents.listed(request.args.get("at"))
    people = {person for card in page.incidents for person in card.people}
    return render_template(
        "incidents/list.html",
        page=page,
        names=reading.names(people),
        receives=page.as_of.live and reading_incidents.steps()["receives"],
        acting_role=g.acting_role,
    )


@blueprint.get("/incidents/<uuid:incident>")
def one(incident: UUID) -> ResponseReturnValue:
    step, by = request.args.get("step", STEPS[0]), request.args.get("by", "journal")
    if step not in STEPS or by not in GROUPS:
        abort(404)
    chosen, start = request.args.get("group"), _start()
    page = reading_incidents.one(incident, request.args.get("at"))
    shown = start if start < len(page.pages) else 0
    candidates = reading_incidents.candidates(page) if step == "act" else ()
    blocked = reading_incidents.blocked(incident) if step == STEPS[0] and page.as_of.live else ()
    names = reading.names(page.people | {each.person for each in (*candidates, *blocked)})
    return render_template(
        "incidents/wizard.html",
        page=page,
        card=page.card,
        step=step,
        steps=STEPS,
        by=by,
        groups=groups(page.done.void, by, chosen, start),
        parts=_parts(page, LISTS),
        journals=page.pages[shown : shown + JOURNALS],
        start=shown,
        at_once=JOURNALS,
        names=names,
        blocked=blocked,
        candidates=sorted(candidates, key=lambda each: names.get(each.person, "")),
        may={name: page.as_of.live and may for name, may in reading_incidents.steps().items()},
        login=reading_incidents.login_of(page.card),
        page_word=incident_words.word,
        now=reading.now(),
        acting_role=g.acting_role,
    )


@blueprint.get("/incidents/<uuid:incident>/acts/<uuid:act>")
def act(incident: UUID, act: UUID) -> ResponseReturnValue:
    page, card = reading_incidents.for_member(incident, act, request.args.get("at"))
    made = paper(page, card, _words(page))
    return render_template(
        "incidents/act.html",
        page=page,
        card=page.card,
        act=card,
        paper=made,
        parts=_parts(page, ("void", "cascade")),
        names=reading.names(page.people),
        signs=page.as_of.live and g.actor.person in card.unsigned,
        acting_role=g.acting_role,
    )


@blueprint.get("/incidents/<uuid:incident>/acts/<uuid:act>.pdf")
def printed(incident: UUID, act: UUID) -> ResponseReturnValue:
    at = request.args.get("at") or reading_incidents.print_moment(act)
    page, card = reading_incidents.for_member(incident, act, at)
    answer = Response(act_form.pdf(paper(page, card, _words(page))), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="akt-{_ascii(card)}.pdf"'
    return answer


def _parts(page: IncidentPage, names: Iterable[str]) -> dict[str, Part | None]:
    """Lists of `page.done`; the `group` of the address from its `start` on."""
    chosen = request.args.get("group")
    return {name: part(name, getattr(page.done, name), _start() if name == chosen else 0) for name in names}


def _start() -> int:
    """Where a page of a long list begins, `?start=100`; from the beginning for anything else."""
    text = request.args.get("start", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def _ascii(card: ActCard) -> str:
    return "".join(c for c in card.number if c.isascii() and c.isalnum()) or "1"


def _words(page: IncidentPage) -> Words:
    """Names and posts as the paper calls them."""
    known = reading.school()
    members = {*page.card.members, *(who for each in page.card.acts for who in each.signed)}
    posts = {
        who: ", ".join(str(ROLES[role]) for role in reading_incidents.roles_of(known, who)) for who in members
    }
    return Words(
        school=known.title,
        zone=known.zone,
        names=reading_incidents.full_names(page.people),
        posts=posts,
        delay=delay,
        event=lambda topic: str(EVENTS.get(topic, topic)),
        login=reading_incidents.login_of(page.card),
        address=f"letopis:{known.id}:{page.as_of.position}",
    )
