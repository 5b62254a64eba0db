"""The class teacher's side of the families, for whoever may look: «Семьи класса», the weekly slips and their register
(matrix rows 7, 43, 44): right first, then one reading, then the log of views."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from flask import abort, redirect

from exports.slip import Printed
from ledger.personal import KeyOf
from projections import acquaintance, diary_remarks, slip, slip_register
from projections.acquaintance import FamiliesPage
from projections.diary_remarks import Remark
from projections.reading import Reading
from projections.slip_register import SlipsPage
from web import paper_words, reading, reading_class
from web.reading_papers import Where
from web.time_bar import ENTRY

FAMILIES = "view_acknowledgements"


def families(class_id: UUID, at: str | None) -> FamiliesPage:
    _known(class_id)
    reading.allowed(FAMILIES, class_id=class_id)
    keys = reading.person_keys()
    return reading.show(
        at, lambda r: acquaintance.page(r, class_id, keys), "class families", class_id=class_id
    )


def sees_slips(class_id: UUID) -> bool:
    """Whoever hands them out, and whoever watches over it."""
    return reading.may("hand_out_slip", class_id=class_id) or reading.may("view_slips", class_id=class_id)


def slips(class_id: UUID, monday: date, at: str | None) -> SlipsPage:
    """C-25 of one class and week."""
    _slips_of(class_id)
    return reading.show(at, lambda r: slip_register.of_class(r, class_id, monday), "slips", class_id=class_id)


def slips_of_school(monday: date, at: str | None) -> SlipsPage:
    reading.allowed("view_slips")
    ids = [klass.id for klass in reading_class.classes("view_slips")]
    return reading.show(at, lambda r: slip_register.page(r, ids, monday), "slips of school")


def recommendations(pupil: UUID, at: str | None) -> tuple[Remark, ...]:
    """Of a pupil's page: asked for after the right to it."""
    keys = reading.person_keys()
    return reading.show(at, lambda r: diary_remarks.recommendations(r, pupil, keys), "pupil card", log=False)


def printed(where: Where, class_id: UUID, monday: date, pupils: Iterable[UUID]) -> tuple[Printed, ...]:
    """Slips of a week, of these pupils or of all; each as of the entry it was prepared at. 404 where there is none."""
    _slips_of(class_id)
    chosen, stays = frozenset(pupils), where_it_stays(where)
    page = reading.show(stays.at, lambda r: slip_register.of_class(r, class_id, monday), "slips", log=False)
    lines = [each for each in page.classes[0].prepared if not chosen or each.pupil in chosen]
    made: dict[UUID, Printed] = {}
    for position in sorted({each.position for each in lines}):
        own = [each.pupil for each in lines if each.position == position]
        made |= {each.slip.pupil: each for each in _slips(position, own, monday, stays, class_id)}
    return tuple(made[each.pupil] for each in lines) or abort(404)


def printed_of_pupil(where: Where, pupil: UUID, monday: date) -> tuple[Printed, ...]:
    """One's own, or of a child; for whoever hands slips out, of a pupil of the class. 404 where there is none."""
    if not reading.acts("hand_out_slip", pupil=pupil):
        reading.allowed("view_slips", pupil=pupil)
    stays = where_it_stays(where)
    with reading.opened(stays.at) as found:
        rows = found.rows("slips", "week = %(week)s AND pupil = %(pupil)s", week=monday, pupil=pupil)
    # Who changed classes in mid-week may have one of each: the later one counts.
    last = max(rows, key=lambda row: row.position, default=None) or abort(404)
    return _slips(last.position, [pupil], monday, stays, last.class_id)


def where_it_stays(where: Where) -> Where:
    """With the moment asked for; without one the browser is sent to that of the last entry (R-234)."""
    if where.at:
        return where
    with reading.opened(None) as found:
        last = found.as_of.position
    abort(redirect(f"{where.address}{where.between}at={ENTRY}{last}"))


def _slips(
    position: int, pupils: list[UUID], monday: date, where: Where, class_id: UUID
) -> tuple[Printed, ...]:
    keys = reading.person_keys()
    return reading.show(
        f"{ENTRY}{position}",
        lambda found: tuple(_slip(found, pupil, monday, where, class_id, keys) for pupil in pupils),
        "print slips",
        class_id=class_id,
        pupil_id=pupils[0] if len(pupils) == 1 else None,
    )


def _slip(found: Reading, pupil: UUID, monday: date, where: Where, class_id: UUID, keys: KeyOf) -> Printed:
    page, names = slip.page(found, pupil, monday, keys), paper_words.staff(found)
    imprint = paper_words.imprint(found, "", page, names)
    # What prints it again is the register's moment: at the slip's own no slip was prepared yet.
    address = f"letopis:{found.school.id}{where.address}{where.between}at={where.at}"
    leader = paper_words.leaders(found, names).get(class_id, "")
    return Printed(slip=page, names=names, leader=leader, imprint=replace(imprint, address=address))


def _slips_of(class_id: UUID) -> None:
    _known(class_id)
    if not reading.acts("hand_out_slip", class_id=class_id):
        reading.allowed("view_slips", class_id=class_id)


def _known(class_id: UUID) -> None:
    if class_id not in reading.school().classes:
        abort(404)
