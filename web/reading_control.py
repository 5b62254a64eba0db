"""Control reports for whoever may ask for them (matrix row 45): right first, then one reading, then the log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from flask import abort, g, request
from flask_babel import gettext as _

from ledger.school import Journal
from projections import reading as pages
from projections.as_of import AsOf
from projections.class_list import in_order
from projections.control import REPORTS, Row, control_page
from projections.control.control_page import BehindPage, ControlPage
from projections.control.report import Asked, Figure, opened
from projections.reading import Reading
from web import reading
from web.asked_control import lacking, refuse
from web.premises import premises

ACTION = "view_control"
LINES = 300  # of a table or a list on one screen


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """Codes of the reports this person may open for what was asked: those the act names (P-84), then the others."""

    asked: Asked
    named: tuple[str, ...]
    others: tuple[str, ...]
    as_of: AsOf


def row_of(code: str) -> Row:
    """404 for no report."""
    return REPORTS.get(code) or abort(404)


def permitted(row: Row, wanted: Asked) -> Asked:
    """What is asked without the filters the report ignores, narrowed to what this person may see where nothing was
    said: the class one leads or inspects, else one's own lessons. 404 for another's class or lessons, else 403."""
    return may(row, wanted) or abort(404 if wanted.class_id or wanted.teacher else 403)


def may(row: Row, wanted: Asked) -> Asked | None:
    """`permitted` for a list: None where it is not for this person."""
    ignored: dict[str, Any] = dict.fromkeys(row.ignores)
    found = (each for each in _ever_narrower(replace(wanted, **ignored)) if _may(each))
    return next((each for each in found if all(getattr(each, name) is None for name in row.ignores)), None)


def _ever_narrower(wanted: Asked) -> Iterator[Asked]:
    yield wanted
    if wanted.class_id is None:
        yield from (replace(wanted, class_id=class_id) for class_id in own_classes())
    if wanted.teacher is None and _teaches_in(wanted.class_id):
        yield replace(wanted, teacher=g.actor.person)


def _may(wanted: Asked) -> bool:
    return reading.acts(ACTION, class_id=wanted.class_id, person=wanted.teacher)


def own_classes() -> tuple[UUID, ...]:
    """The classes this person leads or inspects, in order; none for whoever sees the whole school or no class."""
    known, person, today = reading.school(), g.actor.person, reading.now().date()
    led = known.classes_led(person, today)
    scope = known.inspects(person, today) or frozenset()
    found = {klass.id: klass for klass in (*led, *(known.classes[each] for each in scope))}
    return tuple(klass.id for klass in sorted(found.values(), key=in_order))


def _teaches_in(class_id: UUID | None) -> bool:
    return class_id is None or any(class_id == page.class_id for page in own_pages())


def own_pages() -> tuple[Journal, ...]:
    """Pages this person taught on any day, or stood in for a lesson of."""
    known, person = reading.school(), g.actor.person
    taken = {each.journal for each in known.taken_over(person)}
    return tuple(
        page
        for page in known.journals.values()
        if page.id in taken
        or any(person == who for who, _ in page.teachers)
        or any(person == each.substitute for each in page.long)
    )


def whole_school() -> bool:
    """Whether this person may ask about everything, so that filters offer all there is."""
    return reading.may(ACTION)


def listed(wanted: Asked, at: str | None) -> Listed:
    """403 for whoever may ask for none."""
    own = [code for code in sorted(REPORTS) if may(REPORTS[code], wanted) is not None]
    narrowed = may(REPORTS[own[0]], wanted) if own else abort(403)

    def page(found: Reading) -> Listed:
        regulation = found.regulation()
        named = [code for code in regulation.control_indicators if code in own]
        return Listed(
            asked=narrowed or wanted,
            named=tuple(named),
            others=tuple(code for code in own if code not in named),
            as_of=found.as_of,
        )

    return reading.show(at, page, "control", log=False)


def one(code: str, wanted: Asked, against: str, at: str | None, name: str = "control") -> ControlPage:
    """400 where the report needs a filter. The log says which report and whether it was printed."""
    row, own = _answerable(code, wanted)
    keys = reading.person_keys()

    def page(found: Reading) -> ControlPage:
        then = _at_moment(found)
        made = control_page.page(then, row, own, against, lambda position: earlier(then, position))
        return replace(made, report=opened(made.report, keys))

    return reading.show(at, page, f"{name} {code}", class_id=own.class_id, person_id=own.teacher)


def behind(code: str, wanted: Asked, key: str, first: int, at: str | None) -> BehindPage:
    """400 where the report needs a filter, 404 for a line it has not."""
    row, own = _answerable(code, wanted)
    keys = reading.person_keys()

    def page(found: Reading) -> BehindPage:
        made = control_page.behind(_at_moment(found), row, own, key, first, LINES)
        return replace(made, report=opened(made.report, keys))

    return reading.show(at, page, f"control behind {code}", class_id=own.class_id, person_id=own.teacher)


def figure(code: str, wanted: Asked, at: str | None = None) -> tuple[Figure, ...]:
    """What a report comes to, for a first page or a list; none where it needs a filter.
    Not logged: no pupil is named."""
    row = row_of(code)
    own = permitted(row, wanted)
    if lacking(row, own):
        return ()
    return reading.show(
        at, lambda found: control_page.made(_at_moment(found), row, own).figures, "control", log=False
    )


def _answerable(code: str, wanted: Asked) -> tuple[Row, Asked]:
    row = row_of(code)
    own = permitted(row, wanted)
    if missing := lacking(row, own):
        refuse(missing)
    return row, own


def last_entry() -> int:
    """The position pages stand at now: what a live report is printed as."""
    with reading.opened(None) as found:
        return found.as_of.position


def _at_moment(found: Reading) -> Reading:
    """`?at=entry-12&moment=2026-10-14T18:00:00`: what stood after that entry, and the lessons over by that moment. So a
    print says the same for ever, and counts lessons over since the last entry."""
    instant = reading.moment(request.args.get("moment"))
    if instant is None or found.as_of.live:
        return found
    now = premises().now()
    if instant > now + reading.SOON:
        refuse(_("Этот момент ещё не наступил."))
    instant = min(max(instant, found.as_of.instant), now)
    return replace(found, as_of=replace(found.as_of, instant=instant))


def earlier(found: Reading, position: int) -> Reading:
    """The same transaction, after another entry."""
    instant = pages.instant_of(found.connection, found.school.id, position) or found.as_of.instant
    return replace(
        found,
        school=premises().schools.at(found.school.id, position),
        as_of=AsOf(position=position, instant=instant, live=False),
    )
