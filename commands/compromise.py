"""A breach of access: reported, received, rejected (UstBelaya 10.3; R-173…R-175, E-16). Stream: the incident.

The owner's own report and the first receipt block the account in the same append; rows and sessions follow in
web/compromise_desk.py, which every door passes these commands to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from commands.deciding import Refusal, Sight, drafts
from commands.texts import plain
from ledger.account import Account, fold_account
from ledger.entry import Category, Draft, Role
from ledger.events.accounts import AccountBlocked
from ledger.events.compromise import CompromiseReported, NoticeReceived, NoticeRejected
from ledger.incident import Incident, fold_incident
from ledger.regulation import Regulation
from ledger.school import School
from ledger.windows import spoken

TEXT_LENGTH = 1000  # characters
RECEIVERS = (Role.DIRECTOR, Role.ADMINISTRATOR)
# A family tells of its own accesses; whoever only watches the school writes nothing about others.
TELL_OF_THEIR_OWN = frozenset({Role.GUARDIAN, Role.PUPIL, Role.INSPECTOR, Role.WORKING_GROUP})


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportCompromise:
    """Of the own account, or of another's by whoever works there or leads the child; unsigned from the page of signing
    in. `incident` is minted by whoever asks; `detected_at` and `reported_at` are the school's local times, the latter
    when the owner told somebody («now» by default)."""

    incident: UUID
    account: UUID
    detected_at: datetime
    reported_at: datetime | None = None
    text: str = ""
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ConfirmNotice:
    """The director or the technical support had the notice at `received_at`, local; now by default (R-174)."""

    incident: UUID
    account: UUID
    received_at: datetime | None = None
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class RejectNotice:
    incident: UUID
    reason: str
    confirmed: bool = False


def itself(command: Any, school: School, regulation: Regulation | None) -> tuple[UUID, ...]:
    """The incident, and its account where the command names it."""
    account = getattr(command, "account", None)
    return (command.incident,) if account is None else (command.incident, account)


def incident_of(command: Any, sight: Sight) -> Incident:
    """Raises Refusal for none."""
    found = fold_incident(command.incident, sight.loaded.get(command.incident, ()))
    if found.reported is None:
        raise Refusal("incident-exists", "Такого сообщения о нарушении доступа нет.", status=404)
    return found


def report_compromise(command: ReportCompromise, sight: Sight) -> tuple[Draft, ...]:
    owner = _account(command.account, sight).person
    if owner is None:
        raise Refusal("account-exists", "Такой учётной записи нет.", status=404)
    if sight.loaded.get(command.incident):
        raise Refusal("incident-exists", "Об этом уже сообщено.", status=409)
    _may_tell_of(owner, sight)
    reported_at = command.reported_at or sight.now
    check_times(command.detected_at, reported_at, sight.now)
    text = command.text.strip()
    event = CompromiseReported(
        account=command.account,
        owner=owner,
        detected_at=command.detected_at,
        reported_at=reported_at,
        signed=sight.stamp.role is not Role.SYSTEM,
        text=sight.sealed(plain(text, TEXT_LENGTH), about=owner) if text else None,
    )
    told = drafts(Category.CASE, command.incident, 0, event)
    if not event.signed or owner != sight.stamp.person:
        return told
    return (
        *told,
        *_blocked((command.account,), sight),
    )  # one's own access at once, whatever becomes of it


def check_times(detected_at: datetime, reported_at: datetime, now: datetime) -> None:
    """All local. Raises Refusal unless they are in this order (E-16)."""
    _in_order(detected_at, reported_at, "Сообщение не могло быть раньше, чем обнаружено нарушение")
    _in_order(reported_at, now, "Время сообщения ещё не наступило")


def _may_tell_of(owner: UUID, sight: Sight) -> None:
    teller = sight.stamp
    if teller.role not in TELL_OF_THEIR_OWN or owner == teller.person:
        return
    if owner not in {child.id for child in sight.school.children_of(teller.person)}:
        sentence = (
            "Сообщить можно о своём доступе и о доступе своего ребёнка. "
            "О чужом скажите классному руководителю или директору."
        )
        raise Refusal("report-own", sentence, status=403)


def confirm_notice(command: ConfirmNotice, sight: Sight) -> tuple[Draft, ...]:
    """One word of each receiver counts; the first of them blocks the account (R-175)."""
    incident = incident_of(command, sight)
    if command.account != incident.report.account:
        raise Refusal("incident-account", "Сообщение — о другой учётной записи.", status=409)
    if incident.rejected is not None:
        raise Refusal("incident-rejected", "Это сообщение уже отклонено.", status=409)
    role = sight.stamp.role.value
    if role in incident.received:
        return ()
    received_at = command.received_at or sight.now
    _in_order(incident.report.detected_at, received_at, "Сообщение не могло прийти раньше обнаружения")
    _in_order(received_at, sight.now, "Время получения ещё не наступило")
    event = NoticeReceived(role=role, received_at=received_at)
    own = drafts(Category.CASE, incident.id, incident.version, event)
    if not sight.regulation.block_on_notice:
        return own
    assert sight.selection is not None
    # And those that were made or given a password with it: they inherit the compromise. Whoever has been issued a new
    # one since, before the second receipt, goes on working.
    stolen = sight.selection.credentials
    return (*own, *_blocked((id for id in stolen if _account(id, sight).credential in stolen[id]), sight))


def _account(id: UUID, sight: Sight) -> Account:
    return fold_account(id, sight.loaded.get(id, ()))


def _blocked(accounts: Iterable[UUID], sight: Sight) -> Iterator[Draft]:
    for id in accounts:
        account = _account(id, sight)
        # What is closed for another reason must not be opened again with the stolen password either.
        if not (account.blocked and account.stolen):
            yield from drafts(Category.ACCOUNT, id, account.version, AccountBlocked(reason="compromise"))


def reject_notice(command: RejectNotice, sight: Sight) -> tuple[Draft, ...]:
    incident = incident_of(command, sight)
    if incident.report.owner == sight.stamp.person:
        sentence = "Сообщение о вашем доступе отклоняет другой: под вашим именем мог войти посторонний."
        raise Refusal("reject-own", sentence, status=403)
    if incident.received:
        raise Refusal("incident-received", "Сообщение уже принято: его не отклоняют.", status=409)
    if incident.rejected is not None:
        return ()
    reason = sight.sealed(plain(command.reason, TEXT_LENGTH), about=incident.report.owner)
    return drafts(Category.CASE, incident.id, incident.version, NoticeRejected(reason=reason))


def _in_order(first: datetime, then: datetime, sentence: str) -> None:
    if then.replace(microsecond=0) < first.replace(microsecond=0):
        raise Refusal("incident-times", f"{sentence}: {spoken(first)} позже, чем {spoken(then)}.")
