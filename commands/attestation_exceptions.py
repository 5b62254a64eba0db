"""Attestation against the rule: asked for, agreed to by the parents, granted by the deputy (7.14(b7, b8))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from commands.deciding import Refusal, Sight, drafts
from commands.known import a_pupil
from commands.period_facts import span_of
from commands.texts import plain
from ledger import streams
from ledger.entry import Category, Draft
from ledger.events.period_marks import (
    ExceptionAgreed,
    ExceptionDeclined,
    ExceptionGranted,
    ExceptionRequested,
)
from ledger.period_sheet import LEAST_MARKS, NON_ATTESTATION, ExceptionCase, PeriodSheet

REASON_LENGTH = 500  # characters
DOCUMENT_LENGTH = 200
GROUNDS = (LEAST_MARKS, NON_ATTESTATION)


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestException:
    """`ground`: least_marks (fewer marks than it takes) or non_attestation (more than half missed)."""

    journal: UUID
    period: UUID
    pupil: UUID
    ground: str
    reason: str
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreeToException:
    """A parent, in the diary."""

    journal: UUID
    period: UUID
    case: UUID
    pupil: UUID
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class GrantException:
    """What was asked for as `case`, or unasked. `agreed_on` is the day of the parents' agreement on paper, `document`
    what that paper is."""

    journal: UUID
    period: UUID
    pupil: UUID
    ground: str
    reason: str
    case: UUID | None = None
    agreed_on: date | None = None
    document: str = ""
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class DeclineException:
    journal: UUID
    period: UUID
    case: UUID
    reason: str
    confirmed: bool = False


Command = RequestException | AgreeToException | GrantException | DeclineException


def request_exception(command: RequestException, sight: Sight) -> tuple[Draft, ...]:
    sheet = _sheet(command, sight)
    a_pupil(command.pupil, sight)
    _ground_is_known(command.ground)
    cases = (c for c in sheet.exceptions.values() if (c.pupil, c.ground) == (command.pupil, command.ground))
    if any(case.status != "declined" for case in cases):
        raise Refusal("exception-there", "Об этом уже спросили — обновите страницу.", status=409)
    event = ExceptionRequested(
        case=uuid5(sight.stamp.command_id, "exception"),
        journal=command.journal,
        period=command.period,
        pupil=command.pupil,
        ground=command.ground,
        reason=sight.sealed(plain(command.reason, REASON_LENGTH), about=command.pupil),
    )
    return _in_sheet(command, sheet, event, sight)


def agree_to_exception(command: AgreeToException, sight: Sight) -> tuple[Draft, ...]:
    sheet = _sheet(command, sight)
    case = sheet.exceptions.get(command.case)
    if case is None or case.pupil != command.pupil:
        raise Refusal("no-exception", "Такого запроса нет.", status=404)
    if case.agreed is not None:
        return ()
    _still_asked(case)
    return _in_sheet(command, sheet, ExceptionAgreed(case=case.case), sight)


def grant_exception(command: GrantException, sight: Sight) -> tuple[Draft, ...]:
    sheet = _sheet(command, sight)
    a_pupil(command.pupil, sight)
    _ground_is_known(command.ground)
    if command.agreed_on is not None and command.agreed_on > sight.now.date():
        raise Refusal("agreed-on", "Дата согласия родителей ещё не наступила.")
    if command.case is None and sheet.granted(command.pupil, command.ground) is not None:
        raise Refusal("exception-there", "Это уже разрешено — обновите страницу.", status=409)
    document = plain(command.document, DOCUMENT_LENGTH) if command.document.strip() else ""
    event = ExceptionGranted(
        case=_case_of(command, sheet, sight),
        journal=command.journal,
        period=command.period,
        pupil=command.pupil,
        ground=command.ground,
        reason=sight.sealed(plain(command.reason, REASON_LENGTH), about=command.pupil),
        agreed_on=command.agreed_on,
        document=sight.sealed(document, about=command.pupil, part=1) if document else None,
    )
    return _in_sheet(command, sheet, event, sight)


def decline_exception(command: DeclineException, sight: Sight) -> tuple[Draft, ...]:
    sheet = _sheet(command, sight)
    case = sheet.exceptions.get(command.case)
    if case is None:
        raise Refusal("no-exception", "Такого запроса нет.", status=404)
    _still_asked(case)
    reason = sight.sealed(plain(command.reason, REASON_LENGTH), about=case.pupil)
    return _in_sheet(command, sheet, ExceptionDeclined(case=case.case, reason=reason), sight)


def _case_of(command: GrantException, sheet: PeriodSheet, sight: Sight) -> UUID:
    """The one named; else what waits about the same, or a new one."""
    waiting = (
        c.case
        for c in sheet.exceptions.values()
        if (c.pupil, c.ground, c.status) == (command.pupil, command.ground, "asked")
    )
    if command.case is None:
        return next(waiting, uuid5(sight.stamp.command_id, "exception"))
    case = sheet.exceptions.get(command.case)
    if case is None or (case.pupil, case.ground) != (command.pupil, command.ground):
        raise Refusal("no-exception", "Такого запроса нет.", status=404)
    _still_asked(case)
    return case.case


def _still_asked(case: ExceptionCase) -> None:
    if case.status != "asked":
        raise Refusal(
            "exception-decided", "По этому запросу уже есть решение — обновите страницу.", status=409
        )


def _ground_is_known(ground: str) -> None:
    if ground not in GROUNDS:
        raise Refusal("exception-ground", "Выберите основание: мало отметок или пропущено больше половины.")


def _sheet(command: Command, sight: Sight) -> PeriodSheet:
    """Raises Refusal when the page has no such period."""
    span_of(sight.school, command.journal, command.period)
    return sight.period_sheet(command.journal, command.period)


def _in_sheet(command: Command, sheet: PeriodSheet, event: object, sight: Sight) -> tuple[Draft, ...]:
    stream = streams.period_sheet(sight.school.id, command.journal, command.period)
    return drafts(Category.PERIOD, stream, sheet.version, event)
