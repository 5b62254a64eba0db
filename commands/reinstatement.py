"""Reinstatement: the owner of an access re-affirms chosen operations an Act made void, under new credentials (R-184,
K-24). It is a correction case like any other: somebody else approves, and what it brings passes the closed windows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from commands import corrections
from commands.compromise import incident_of
from commands.corrections import CorrectionItem, about, opened
from commands.deciding import Refusal, Sight
from ledger.correction import place_of
from ledger.correction_cell import MARK, covers
from ledger.entry import Draft
from ledger.events.corrections import CorrectionRequested
from ledger.events.days import LessonMoved
from ledger.events.voids import EntriesVoided
from ledger.regulation import Regulation
from ledger.rules import APPLIED
from ledger.rules.corrections import REINSTATEMENT
from ledger.school import School

_CELLS = tuple(APPLIED.keys() - {LessonMoved})  # what a case can bring to a cell


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestReinstatement:
    """`new` of each item is the value of an entry of one's own that the Act names."""

    incident: UUID
    act: UUID
    items: tuple[CorrectionItem, ...]
    reason: str
    confirmed: bool = False


def read(command: Any, school: School, regulation: Regulation | None) -> tuple[UUID, ...]:
    return (command.incident, *corrections.cases(command, school, regulation))


def request_reinstatement(command: RequestReinstatement, sight: Sight) -> tuple[Draft, ...]:
    incident = incident_of(command, sight)
    if incident.in_force is None or incident.in_force.id != command.act:
        raise Refusal("act-stands", "Восстанавливают записи по действующему Акту.", status=409)
    if incident.report.owner != sight.stamp.person:
        raise Refusal("not-allowed", "Записи восстанавливает тот, чей доступ был нарушен.", status=403)
    _under_new_access(sight)
    found = opened(command.items, REINSTATEMENT, command.reason, sight, act=command.act)
    for draft in found:
        _was_void(draft.event, sight)  # type: ignore[arg-type]
        _column_stands(draft.event, sight)  # type: ignore[arg-type]
        _once(draft.event, sight)  # type: ignore[arg-type]
    return found


def _under_new_access(sight: Sight) -> None:
    assert sight.selection is not None, "the row of this command reads the history of the access"
    stolen = {credential for own in sight.selection.credentials.values() for credential in own}
    if sight.stamp.credential in stolen:
        raise Refusal("reinstate-access", "Войдите с новым паролем: прежний доступ нарушен.", status=403)


def _was_void(asked: CorrectionRequested, sight: Sight) -> None:
    assert sight.selection is not None
    voids = (entry.event for entry in sight.selection.voids if isinstance(entry.event, EntriesVoided))
    named = {position for event in voids for position in event.positions}
    own = (
        entry
        for entry in sight.loaded.get(about(asked, sight), ())
        if entry.position in named and entry.stamp.person == sight.stamp.person
    )
    if not any(isinstance(entry.event, _CELLS) and covers(asked, entry.event) for entry in own):
        raise Refusal(
            "reinstate-named", "Этой записи нет среди признанных недействительными Актом.", status=409
        )


def _column_stands(asked: CorrectionRequested, sight: Sight) -> None:
    """A mark comes back into its column only; the column itself is entered anew, and no case brings it."""
    if asked.target != MARK or asked.lesson is None or asked.work in (None, asked.lesson):
        return
    if asked.work not in sight.sheet(asked.lesson).works:
        sentence = (
            "Столбец этой отметки признан недействительным вместе с ней. Добавьте столбец заново"
            " («Запросить внесение», если срок прошёл) и внесите отметку в него."
        )
        raise Refusal("reinstate-column", sentence, status=409)


def _once(asked: CorrectionRequested, sight: Sight) -> None:
    """What was brought back once and changed since is a correction of its own."""
    cases = sight.corrections(about(asked, sight)).cases.values()
    same = (case for case in cases if case.status == "approved" and case.asked.act == asked.act)
    if any(case.place == place_of(asked) and case.asked.ground == REINSTATEMENT for case in same):
        raise Refusal("reinstated", "Эту запись по этому Акту уже восстановили.", status=409)
