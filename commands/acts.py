"""The Act: commission, paper, signatures, and what it makes void in one append (UstBelaya 10.4; R-177…R-188)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from commands.by_order import NUMBER_LENGTH, OrderNamed, ordered
from commands.compromise import incident_of
from commands.deciding import Refusal, Sight, drafts
from commands.importing.terms import numbered
from commands.texts import plain
from ledger import void_selection
from ledger.access_table import TABLE
from ledger.account import fold_account
from ledger.entry import Category, Draft, Entry
from ledger.events.compromise import (
    ActDrawnUp,
    ActFinalised,
    ActSigned,
    ActSuspended,
    CommissionAppointed,
)
from ledger.incident import Act, Incident
from ledger.void_selection import Selection
from ledger.windows import spoken

APPROVER = "В комиссии есть тот, кто согласовал признаваемые недействительными записи."


@dataclass(frozen=True, kw_only=True, slots=True)
class AppointCommission:
    """All its members; a later appointment replaces them."""

    incident: UUID
    members: tuple[UUID, ...]
    order: OrderNamed
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawUpAct:
    """`annuls` the Act in force that was drawn up by mistake, None to void."""

    incident: UUID
    number: str
    date: date
    annuls: UUID | None = None
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class SignAct:
    incident: UUID
    act: UUID
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class FinaliseAct:
    incident: UUID
    act: UUID
    confirmed: bool = False


def appoint_commission(command: AppointCommission, sight: Sight) -> tuple[Draft, ...]:
    incident = incident_of(command, sight)
    terms = sight.regulation.commission
    if len(set(command.members)) != len(command.members):
        raise Refusal("P-64", "Член комиссии назван дважды.")
    if len(command.members) < terms.members:
        raise Refusal("P-64", f"В комиссии должно быть не меньше {terms.members} человек (приложение).")
    if terms.exclude_owner and incident.report.owner in command.members:
        raise Refusal("P-64", "Владелец учётной записи не может быть в комиссии.")
    if sight.selection is not None and sight.selection.approvers & set(command.members):
        raise Refusal("P-64", APPROVER)
    today = sight.now.date()
    signers = TABLE["sign_act"].keys()
    unknown = [m for m in command.members if not sight.school.roles_of(m, today) & signers]
    if unknown:
        raise Refusal("P-64", "В комиссию входят работники школы.")
    order, facts = ordered(command.order, "commission", sight)
    assert order is not None
    event = CommissionAppointed(members=command.members, order=order)
    return (*numbered(facts, sight.school), *_next(incident, event))


def draw_up_act(command: DrawUpAct, sight: Sight) -> tuple[Draft, ...]:
    incident = incident_of(command, sight)
    _not_the_owner(incident, sight)
    if not incident.members:
        raise Refusal("act-commission", "Сначала директор назначает комиссию.", status=409)
    since = incident.void_from(sight.regulation.void_from)
    if since is None:
        raise Refusal(
            "act-received", "Сообщение о нарушении ещё не получено: Акт составлять не о чем.", status=409
        )
    _one_stands(incident, command.annuls)
    if not incident.report.detected_at.date() <= command.date <= sight.now.date():
        raise Refusal("act-date", "Акт составляют днём между обнаружением нарушения и сегодняшним.")
    event = ActDrawnUp(
        act=uuid5(sight.stamp.command_id, "act"),
        number=plain(command.number, NUMBER_LENGTH),
        date=command.date,
        since=since,
        annuls=command.annuls,
        listed=void_selection.fingerprint(_selection(sight).entries) if command.annuls is None else "",
    )
    return _next(incident, event)


def sign_act(command: SignAct, sight: Sight) -> tuple[Draft, ...]:
    incident = incident_of(command, sight)
    act = _draft(incident, command.act)
    if sight.stamp.person not in incident.members:
        raise Refusal("act-member", "Акт подписывают только члены комиссии.", status=403)
    if sight.stamp.person in act.signed:
        return ()
    return _next(incident, ActSigned(act=act.id))


def finalise_act(command: FinaliseAct, sight: Sight) -> tuple[Draft, ...]:
    """Nothing is void before; all of it at once. The streams' versions are taken under the append's lock, so honest
    writers of the same streams are in nobody's way (design 1)."""
    incident = incident_of(command, sight)
    _not_the_owner(incident, sight)
    act = _draft(incident, command.act)
    _one_stands(incident, act.words.annuls)
    missing = [m for m in incident.members if m not in act.signed]
    if missing:
        raise Refusal("act-signed", f"Не все подписали Акт: осталось {len(missing)}.", status=409)
    selection = _selection(sight)
    named = selection.entries
    if act.words.annuls is not None:
        named = selection.voids  # to void them gives back what they named
    elif selection.approvers & set(incident.members):
        raise Refusal("P-64", APPROVER)
    else:
        _as_signed(act, incident, sight)
        _same_list(act, selection)
        _ended(selection, sight)
    words = void_selection.voids(act.id, named)
    finalised = ActFinalised(act=act.id, entries=sum(len(event.positions) for _, _, event in words))
    voids = tuple(Draft(category=c, stream=s, version=None, event=event) for c, s, event in words)
    return (*_next(incident, finalised), *voids, *_suspended(act, named))


def _one_stands(incident: Incident, annuls: UUID | None) -> None:
    """One Act of an incident is in force at a time, and only that one is annulled: of two drafts one is left over."""
    in_force = incident.in_force
    if annuls is None and in_force is not None:
        raise Refusal("act-stands", f"Акт № {in_force.words.number} уже составлен.", status=409)
    if annuls is not None and (in_force is None or in_force.id != annuls):
        raise Refusal("act-stands", "Отменяют только действующий Акт.", status=409)


def _as_signed(act: Act, incident: Incident, sight: Sight) -> None:
    """The commission signed for one moment: another receipt, or a new word on P-61, may have moved it since."""
    since = incident.void_from(sight.regulation.void_from)
    if since != act.words.since:
        sentence = (
            f"В подписанном Акте срок — с {spoken(act.words.since)}, а сообщение получено"
            f" {spoken(since) if since else 'позже'}: составьте Акт заново."
        )
        raise Refusal("act-since", sentence, status=409)


def _same_list(act: Act, selection: Selection) -> None:
    """They signed for these entries: what somebody did since in a role the intruder had granted nobody has seen."""
    if act.words.listed not in ("", void_selection.fingerprint(selection.entries)):
        sentence = (
            "После того как Акт составлен, перечень его записей изменился: теперь их "
            f"{len(selection.entries)}. Составьте Акт заново и подпишите снова; если кто-то ещё пишет в роли, "
            "которую выдал посторонний, сначала снимите эту роль."
        )
        raise Refusal("act-list", sentence, status=409)


def _suspended(act: Act, named: tuple[Entry, ...]) -> Iterator[Draft]:
    """E-15: the Acts that were finalised with this access are suspended, and their incidents say so."""
    for entry in named:
        if isinstance(entry.event, ActFinalised):
            event = ActSuspended(act=entry.event.act, by=act.id)
            yield Draft(category=Category.CASE, stream=entry.stream, version=None, event=event)


def _ended(selection: Selection, sight: Sight) -> None:
    """K-22: an interval that somebody may still write into has no end."""
    for id, stolen in selection.credentials.items():
        account = fold_account(id, sight.loaded.get(id, ()))
        if not account.blocked and account.credential in stolen:
            sentence = (
                "Доступ ещё открыт: сначала закройте его или выдайте новый пароль, иначе у срока нет конца."
            )
            raise Refusal("act-open", sentence, status=409)


def _not_the_owner(incident: Incident, sight: Sight) -> None:
    if sight.stamp.person == incident.report.owner:
        sentence = "Акт о своей учётной записи составляет другой администратор."
        raise Refusal("P-64", sentence, status=403)


def _selection(sight: Sight) -> Selection:
    assert sight.selection is not None, "the row of this command reads the history of the access"
    return sight.selection


def _draft(incident: Incident, act: UUID) -> Act:
    found = incident.acts.get(act)
    if found is None:
        raise Refusal("act-exists", "Такого Акта нет.", status=404)
    if not incident.stands(found):
        raise Refusal("act-replaced", "Этот проект Акта заменён новым.", status=409)
    if found.finalised is not None:
        raise Refusal("act-final", f"Акт № {found.words.number} уже составлен окончательно.", status=409)
    return found


def _next(incident: Incident, event: object) -> tuple[Draft, ...]:
    return drafts(Category.CASE, incident.id, incident.version, event)
