"""Papers for whoever may read what is on them: the right of the page first, then a moment that stays, then one reading
(R-223, R-225, R-234). Every print is kept in the log of views."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar
from uuid import UUID

from flask import abort, g, redirect, request

from exports.paper import Imprint
from projections import (
    class_journal,
    class_list,
    class_results,
    held_register,
    order_form,
    plan_fulfilment,
    printed_register,
    pupil_card,
    pupil_extract,
)
from projections import correction_register as corrections
from projections import journal as journal_page
from projections.class_journal import ClassJournal
from projections.class_list import ClassPage
from projections.class_results import ClassResults
from projections.correction_register import CorrectionRegister
from projections.held_register import HeldRegister
from projections.journal import JournalPage
from projections.order_form import OrderForm
from projections.plan_fulfilment import FulfilmentPage
from projections.printed_register import PrintedRegister
from projections.pupil_card import PupilCard
from projections.pupil_extract import PupilExtract
from projections.reading import Reading
from web import paper_words, reading
from web.time_bar import ENTRY

Page = TypeVar("Page")


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper(Generic[Page]):
    """What is printed: the page, the staff's names of that moment, and what the paper says of itself."""

    page: Page
    names: Mapping[UUID, str]
    imprint: Imprint
    leaders: Mapping[UUID, str]

    def leader(self, class_id: UUID) -> str:
        """The class teacher of that day."""
        return self.leaders.get(class_id, "")


@dataclass(frozen=True, kw_only=True, slots=True)
class Where:
    """The address of a paper without its moment, and the moment that was asked for."""

    address: str
    at: str | None

    @property
    def between(self) -> str:
        return "&" if "?" in self.address else "?"


def here() -> Where:
    """Of this request."""
    asked = [part for part in request.query_string.decode().split("&") if part]
    own = "&".join(part for part in asked if not part.startswith("at="))
    return Where(address=f"{request.path}?{own}".rstrip("?"), at=request.args.get("at"))


def taken(found: Reading, page: Page, where: Where) -> Paper[Page]:
    names = paper_words.staff(found)
    return Paper(
        page=page,
        names=names,
        imprint=paper_words.imprint(found, f"{where.address}{where.between}at=", page, names),
        leaders=paper_words.leaders(found, names),
    )


def show(where: Where, name: str, page: Callable[[Reading], Page], **about: UUID | None) -> Paper[Page]:
    """Without a moment the browser is sent to that of the last entry, so that the address it prints from prints the
    same for ever."""
    if not where.at:
        with reading.opened(None) as found:
            last = found.as_of.position
        abort(redirect(f"{where.address}{where.between}at={ENTRY}{last}"))
    return reading.show(where.at, lambda found: taken(found, page(found), where), f"print {name}", **about)


def _a_class(class_id: UUID) -> None:
    if class_id not in reading.school().classes:
        abort(404)


def journal(where: Where, journal: UUID, period: UUID | None) -> Paper[JournalPage]:
    known = reading.school().journals.get(journal) or abort(404)
    reading.allowed("view_journal", on=reading.own_day(known), journal=journal)
    return show(
        where,
        "journal",
        lambda found: journal_page.page(found, journal, period),
        journal_id=journal,
        class_id=known.class_id,
    )


def pupils(where: Where, class_id: UUID, on: date | None) -> Paper[ClassPage]:
    _a_class(class_id)
    if not reading.acts("view_class_list", class_id=class_id):
        reading.allowed("view_journal", class_id=class_id)
    return show(
        where, "class list", lambda found: class_list.one_class(found, class_id, on), class_id=class_id
    )


def sheet(where: Where, class_id: UUID, chosen: tuple[str, ...]) -> Paper[PrintedRegister]:
    """Of the register's columns."""
    _a_class(class_id)
    reading.allowed("view_register", class_id=class_id)
    return show(
        where, "register", lambda found: printed_register.page(found, class_id, chosen), class_id=class_id
    )


def results(where: Where, class_id: UUID, column: str) -> Paper[ClassResults]:
    _a_class(class_id)
    reading.allowed("view_register", class_id=class_id)
    return show(
        where, "class report", lambda found: class_results.page(found, class_id, column), class_id=class_id
    )


def whole(where: Where, class_id: UUID) -> Paper[ClassJournal]:
    """Of the whole class: whoever prints the year (matrix row 49)."""
    _a_class(class_id)
    reading.allowed("print_year", class_id=class_id)
    return show(where, "whole journal", lambda found: class_journal.page(found, class_id), class_id=class_id)


def extract(where: Where, pupil: UUID) -> Paper[PupilExtract]:
    reading.allowed("view_pupil", pupil=pupil)
    return show(where, "pupil extract", lambda found: pupil_extract.page(found, pupil), pupil_id=pupil)


def fulfilment(where: Where, class_id: UUID, to: date | None) -> Paper[FulfilmentPage]:
    """C-05 of the pages of a class this person may ask about."""
    _a_class(class_id)
    known = reading.school().journals.values()
    own = [
        page.id
        for page in known
        if page.class_id == class_id and reading.acts("view_fulfilment", journal=page.id)
    ]
    if not own:
        abort(403)

    def page(found: Reading) -> FulfilmentPage:
        there = [each for each in own if each in found.school.journals]
        ordered = sorted(there, key=lambda each: found.school.subject_of(each).title)
        return plan_fulfilment.page(found, ordered, to or found.today)

    return show(where, "fulfilment", page, class_id=class_id)


def corrected(
    where: Where, class_id: UUID | None, first: date | None, last: date | None
) -> Paper[CorrectionRegister]:
    """C-16 of a class, or of the school; by default of the study year up to the page's day; of one's own requests for
    whoever may see no others."""
    if class_id is not None:
        _a_class(class_id)
    own = None if reading.may("view_control", class_id=class_id) else g.actor.person
    reading.allowed("view_control", class_id=class_id, person=own)
    keys = reading.person_keys()

    def page(found: Reading) -> CorrectionRegister:
        school, to = found.school, last or found.today
        pages = [each.id for each in school.journals.values() if class_id in (None, each.class_id)]
        begins = school.years[year].first if (year := school.year_of(to)) is not None else to
        return corrections.page(found, first or begins, to, keys, pages, own)

    return show(where, "corrections", page, class_id=class_id)


def order(where: Where, case: UUID) -> Paper[OrderForm]:
    """The form of the director's распоряжение (7.14(b10)): for whoever orders or concludes; of a final mark only."""
    if not reading.acts("order_final_correction"):
        reading.allowed("conclude_final_correction")
    keys = reading.person_keys()
    return show(where, "order", lambda found: order_form.page(found, case, keys))


def consent(where: Where, pupil: UUID) -> Paper[PupilCard]:
    """The form a family signs (152-ФЗ): for whoever registers consents or keeps the list."""
    if not reading.acts("register_consent", pupil=pupil):
        reading.allowed("view_class_list", pupil=pupil)
    return show(
        where, "consent", lambda found: pupil_card.page(found, pupil, None, marks=False), pupil_id=pupil
    )


def held(where: Where, month: date | None) -> Paper[HeldRegister]:
    """C-17; a teacher's own hours for whoever may see no others."""
    own = None if reading.may("view_held_register") else g.actor.person
    reading.allowed("view_held_register", person=own)
    return show(
        where,
        "held register",
        lambda found: held_register.page(found, (month or found.today).replace(day=1), own),
    )
