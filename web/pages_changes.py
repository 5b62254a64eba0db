"""«Что изменилось» between two moments: of the school, a class, a subject, a page, a pupil, or by one person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from uuid import UUID

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ledger.school import Journal
from ledger.store import SYSTEM
from projections.changes_page import ChangesPage
from projections.class_list import in_order
from projections.difference import WHY
from web import reading, reading_changes, reading_school
from web.pages_teacher import asked_id
from web.reading_changes import CHECK, Asked

blueprint = Blueprint("changes", __name__)
MOMENTS = ("from", "at")
ADDRESS = (*MOMENTS, *(field.name for field in fields(Asked)))


def asked() -> Asked:
    """What the address narrows the comparison to."""
    why = request.args.get("why", "")
    return Asked(
        class_id=asked_id("class_id"),
        subject=asked_id("subject"),
        journal=asked_id("journal"),
        pupil=asked_id("pupil"),
        person=asked_id("person"),
        why=why if why in WHY else "",
    )


def said() -> dict[str, str]:
    """What the address says; of a moment whose field came back as it was shown the one behind it, to the second and
    the entry, for the field knows minutes only."""
    args = request.args
    found = {name: args[name] for name in ADDRESS if args.get(name)}
    kept = {name: args.get(f"{name}_exact", "") for name in MOMENTS if name in found}
    return found | {
        name: exact for name, exact in kept.items() if exact and found[name] == args.get(f"{name}_shown")
    }


@blueprint.get("/changes")
def between() -> ResponseReturnValue:
    if "from_exact" in request.args:
        return redirect(url_for(".between", **said()))
    wanted, since = asked(), request.args.get("from") or CHECK
    page = reading_changes.between(since, request.args.get("at"), wanted)
    readable = reading_changes.readable()
    return render_template(
        "changes/changes.html",
        page=page,
        asked=wanted,
        since=since,
        names=reading.names(_people(page)),
        classes=_classes(readable),
        subjects=_subjects(readable),
        teachers=reading_school.staff_choices(),
        pupils=_pupils(wanted.class_id, readable),
        narrowed={name: value for name, value in said().items() if name != "why"},
        acting_role=g.acting_role,
    )


def _people(page: ChangesPage) -> set[UUID]:
    found = {each.by for each in page.difference.changed if each.by != SYSTEM}
    found |= {each.pupil for each in page.difference.changed if each.pupil is not None}
    found |= {each.permitted_by for each in page.difference.changed if each.permitted_by is not None}
    return found | {person for case in page.cases.values() for person in case.people}


def _classes(pages: Iterable[Journal]) -> list[tuple[UUID, str]]:
    known, year = reading.school().classes, reading.this_year(request.args.get("at"))
    own = {page.class_id for page in pages if page.year == year}
    return [(klass.id, klass.title) for klass in sorted((known[id] for id in own), key=in_order)]


def _subjects(pages: Iterable[Journal]) -> list[tuple[UUID, str]]:
    known = reading.school().subjects
    own = {page.subject for page in pages}
    return sorted(((id, known[id].title) for id in own), key=lambda each: each[1].casefold())


def _pupils(class_id: UUID | None, pages: Iterable[Journal]) -> list[tuple[UUID, str]]:
    """Of the class that is chosen, for whoever reads a page of it."""
    if class_id is None or all(page.class_id != class_id for page in pages):
        return []
    found = reading.names(reading.school().pupils_of_class(class_id, reading.now().date()))
    return sorted(found.items(), key=lambda each: each[1].casefold())
