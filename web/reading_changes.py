"""«Что изменилось» for whoever may read the pages: of each page the right to view it (matrix row 50)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import abort, g, make_response
from flask_babel import gettext as _

from ledger.school import Journal
from projections import changes_page
from projections.changes_page import ChangesPage
from projections.difference import Scope
from projections.moments import last_check
from projections.reading import Reading
from web import reading
from web.answers import told
from web.premises import premises

CHECK = "check"  # `?from=check`: since the last check


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What is compared; None: not narrowed by it. `person` is whose entries."""

    class_id: UUID | None = None
    subject: UUID | None = None
    journal: UUID | None = None
    pupil: UUID | None = None
    person: UUID | None = None
    why: str = ""


def readable() -> list[Journal]:
    """The pages whose entries this person may read; 403 for none, which is not the same as nothing changed."""
    found = [
        page
        for page in reading.school().journals.values()
        if reading.may("view_journal", on=reading.own_day(page), journal=page.id)
    ]
    if not found:
        abort(403)
    reading.acts("view_journal", on=reading.own_day(found[0]), journal=found[0].id)
    return found


def within(pages: Iterable[Journal], asked: Asked) -> list[UUID]:
    return [
        page.id
        for page in pages
        if asked.class_id in (None, page.class_id)
        and asked.subject in (None, page.subject)
        and asked.journal in (None, page.id)
    ]


def between(since: str, at: str | None, asked: Asked) -> ChangesPage:
    """From the moment `since` (an instant, `entry-12`, or CHECK) to `at`. 404 for a page that is not to be read."""
    pages = within(readable(), asked)
    if asked.journal is not None and not pages:
        abort(404)
    if asked.pupil is not None and asked.pupil not in reading.school().pupils:
        abort(404)
    scope = Scope(journals=tuple(pages), pupil=asked.pupil, person=asked.person)
    earlier = start(since)
    return reading.show(
        at,
        lambda r: changes_page.page(r, earlier, _position(r, since, earlier), scope, asked.why),
        "changes",
        journal_id=asked.journal,
        class_id=asked.class_id,
        pupil_id=asked.pupil,
    )


def start(since: str) -> datetime:
    """The instant `since` names (aware); 400 for none."""
    if since == CHECK:
        found = last_check(reading.school(), g.actor.person, reading.now().date())
    else:
        found = reading.moment(since)
    return found or reading.no_such_day(since)


def _position(r: Reading, since: str, earlier: datetime) -> int:
    if earlier > r.as_of.instant:
        abort(
            make_response(told(400, "moments-order", _("Первый момент позже второго: поменяйте их местами.")))
        )
    if earlier >= premises().now():
        abort(make_response(told(404, "no-such-moment", _("Этот момент ещё не наступил."))))
    entry = reading.entry_of(since)
    return min(r.position_at(earlier) if entry is None else entry, r.as_of.position)
