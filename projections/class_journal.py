"""The whole journal of a class in a study year (9.2(b5), R-221): its list, every page of every period, pages of home
tuition among them, the summary register, and how the programmes were fulfilled."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from ledger.evidence import periods_of
from projections import class_list, journal, plan_fulfilment, printed_register
from projections.as_of import AsOf
from projections.class_list import ClassPage
from projections.journal import JournalPage
from projections.period_year import year_id
from projections.plan_fulfilment import FulfilmentPage
from projections.printed_register import PrintedRegister
from projections.reading import Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassJournal:
    """`pages` by subject and group, home tuition last; a page appears once for every period that has begun."""

    klass: ClassPage
    pages: tuple[JournalPage, ...]
    register: PrintedRegister
    fulfilment: FulfilmentPage
    as_of: AsOf


def page(reading: Reading, class_id: UUID) -> ClassJournal:
    """Raises NoSuchPage: no such class."""
    klass = class_list.one_class(reading, class_id, None)
    journals = [line.journal for line in klass.pages]
    return ClassJournal(
        klass=klass,
        pages=tuple(each for id in _in_order(klass) for each in of_year(reading, id)),
        register=printed_register.page(reading, class_id),
        fulfilment=plan_fulfilment.page(reading, journals, reading.today),
        as_of=reading.as_of,
    )


def _in_order(klass: ClassPage) -> list[UUID]:
    own = sorted(klass.pages, key=lambda line: (bool(line.pupil), line.subject, line.group_title, line.pupil))
    return [line.journal for line in own]


def of_year(reading: Reading, id: UUID) -> list[JournalPage]:
    """A page of the journal, period by period up to today; of a class without periods the year at once."""
    begun = [each.id for each in periods_of(reading.school, id) if each.span.first <= reading.today]
    return [journal.page(reading, id, each) for each in begun or [year_id(reading.school, id)]]
