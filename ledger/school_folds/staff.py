"""Roles, responsibilities and absences of the staff."""

from __future__ import annotations

from dataclasses import replace

from ledger.entry import Entry, Role
from ledger.events import mandates, staff
from ledger.school_folds import Apply, Tables
from ledger.school_records import Mandate, Responsible, StaffAbsence
from ledger.span import Span

WORKING_GROUP = "working_group"  # the responsibility that is a role as well


def _hold(tables: Tables, entry: Entry, role: Role, competence: str | None, span: Span) -> None:
    tables["roles"][entry.stream] = (*tables["roles"].get(entry.stream, ()), (role, competence, span))


def _granted(tables: Tables, e: staff.RoleGranted, entry: Entry) -> None:
    _hold(tables, entry, Role(e.role), e.competence, Span(first=e.first, last=e.until))


def _withdrawn(tables: Tables, e: staff.RoleWithdrawn, entry: Entry) -> None:
    held = tables["roles"].get(entry.stream, ())
    tables["roles"][entry.stream] = tuple(
        (role, competence, replace(span, last=e.last))
        if role == e.role and (span.last is None or span.last > e.last)
        else (role, competence, span)
        for role, competence, span in held
    )


def _acting(tables: Tables, e: staff.ActingDeputyAppointed, entry: Entry) -> None:
    _hold(tables, entry, Role.DEPUTY, e.competence, Span(first=e.first, last=e.until))


def _responsible(tables: Tables, e: staff.ResponsibleAppointed, entry: Entry) -> None:
    span = Span(first=e.first, last=e.until)
    appointed = Responsible(scope=e.scope, span=span, order=e.order)
    tables["responsible"][entry.stream] = (*tables["responsible"].get(entry.stream, ()), appointed)
    if e.scope == WORKING_GROUP:
        _hold(tables, entry, Role.WORKING_GROUP, None, span)


def _mandate(tables: Tables, e: mandates.MandateGranted, entry: Entry) -> None:
    given = Mandate(
        id=e.mandate, classes=frozenset(e.classes), span=Span(first=e.first, last=e.last), order=e.order
    )
    tables["mandates"][entry.stream] = (*tables["mandates"].get(entry.stream, ()), given)


def _mandate_ended(tables: Tables, e: mandates.MandateEnded, entry: Entry) -> None:
    tables["mandates"][entry.stream] = tuple(
        replace(each, span=replace(each.span, last=e.last)) if each.id == e.mandate else each
        for each in tables["mandates"].get(entry.stream, ())
    )


def _released(tables: Tables, e: staff.ResponsibleReleased, entry: Entry) -> None:
    """Of the appointment that day lies in; one that begins later stands."""
    tables["responsible"][entry.stream] = tuple(
        replace(each, span=replace(each.span, last=e.last))
        if each.scope == e.scope and e.last in each.span
        else each
        for each in tables["responsible"].get(entry.stream, ())
    )
    if e.scope == WORKING_GROUP:
        tables["roles"][entry.stream] = tuple(
            (role, competence, replace(span, last=e.last))
            if role is Role.WORKING_GROUP and e.last in span
            else (role, competence, span)
            for role, competence, span in tables["roles"].get(entry.stream, ())
        )


def _away(tables: Tables, e: staff.StaffAbsenceRecorded, entry: Entry) -> None:
    tables["away"][e.absence] = StaffAbsence(
        id=e.absence, person=entry.stream, kind=e.kind, span=Span(first=e.first, last=e.until)
    )


def _returned(tables: Tables, e: staff.StaffReturned, entry: Entry) -> None:
    known: StaffAbsence | None = tables["away"].pop(e.absence, None)
    if known is not None and known.span.first <= e.last:
        tables["away"][e.absence] = replace(known, span=replace(known.span, last=e.last))


APPLY: dict[type, Apply] = {
    mandates.MandateGranted: _mandate,
    mandates.MandateEnded: _mandate_ended,
    staff.RoleGranted: _granted,
    staff.RoleWithdrawn: _withdrawn,
    staff.ActingDeputyAppointed: _acting,
    staff.ResponsibleAppointed: _responsible,
    staff.ResponsibleReleased: _released,
    staff.StaffAbsenceRecorded: _away,
    staff.StaffReturned: _returned,
}
