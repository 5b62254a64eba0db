"""What an inspector may look at, and until when (R-024, matrix row 55). Stream: the inspector's person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from commands.by_order import OrderNamed, ordered
from commands.deciding import Refusal, Sight
from commands.importing.terms import numbered
from ledger.entry import Draft
from ledger.events.mandates import MandateEnded, MandateGranted
from ledger.windows import spoken

LONGEST = 366  # days


@dataclass(frozen=True, kw_only=True, slots=True)
class GrantMandate:
    """`person` may be new: minted by whoever asks. No `classes`: the whole school. Both days are included."""

    person: UUID
    first: date
    last: date
    order: OrderNamed
    classes: tuple[UUID, ...] = ()
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class EndMandate:
    """`last` is its last day: not before today, what was looked at was looked at by right."""

    person: UUID
    mandate: UUID
    last: date
    confirmed: bool = False


def grant_mandate(command: GrantMandate, sight: Sight) -> tuple[Draft, ...]:
    today = sight.now.date()
    if not sight.regulation.inspector:
        raise Refusal("P-83", "Порядок школы не знает проверяющих.")
    if command.person == sight.stamp.person:
        raise Refusal("P-57", "Полномочия проверяющего самому себе не выдают.")
    if command.last < command.first or command.last < today:
        raise Refusal("mandate-days", "Полномочия кончаются раньше, чем начинаются, или уже кончились.")
    if (command.last - command.first).days >= LONGEST:
        raise Refusal("mandate-days", "Полномочия выдают не дольше чем на год.")
    unknown = set(command.classes) - sight.school.classes.keys()
    if unknown:
        raise Refusal("class-exists", "Такого класса нет.", status=404)
    order, facts = ordered(command.order, "mandate", sight)
    assert order is not None
    event = MandateGranted(
        mandate=uuid5(sight.stamp.command_id, "mandate"),
        classes=tuple(dict.fromkeys(command.classes)),
        first=command.first,
        last=command.last,
        order=order,
    )
    return numbered([*facts, (command.person, event)], sight.school)


def end_mandate(command: EndMandate, sight: Sight) -> tuple[Draft, ...]:
    today = sight.now.date()
    held = {each.id: each for each in sight.school.mandates.get(command.person, ())}
    mandate = held.get(command.mandate)
    if mandate is None:
        raise Refusal("mandate-exists", "Таких полномочий нет.", status=404)
    if command.last < today:
        raise Refusal("mandate-days", f"Задним числом полномочия не прекращают: сегодня {spoken(today)}.")
    if mandate.span.last is not None and command.last >= mandate.span.last:
        return ()
    return numbered(
        [(command.person, MandateEnded(mandate=command.mandate, last=command.last))], sight.school
    )
