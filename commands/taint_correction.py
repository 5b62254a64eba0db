"""A case opened by whoever looks again at a mark that rested on void entries (R-183, AT-20): another person agrees."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from commands.corrections import CorrectionItem, opened
from commands.deciding import Refusal, Sight
from commands.taint import act_behind
from ledger.correction_cell import PERIOD_MARK
from ledger.entry import Draft
from ledger.rules.corrections import ERRONEOUS


@dataclass(frozen=True, kw_only=True, slots=True)
class CorrectTaintedMark:
    """`new` is the value wanted in the place of the mark `seen`."""

    journal: UUID
    period: UUID
    kind: str
    pupil: UUID
    new: str
    seen: int
    reason: str
    confirmed: bool = False


def correct_tainted_mark(command: CorrectTaintedMark, sight: Sight) -> tuple[Draft, ...]:
    sheet = sight.period_sheet(command.journal, command.period)
    act = act_behind((command.kind, command.pupil), sheet, sight)
    if act is None:
        raise Refusal(
            "taint-none", "Под этой отметкой нет записей, признанных недействительными.", status=409
        )
    item = CorrectionItem(
        target=PERIOD_MARK,
        journal=command.journal,
        period=command.period,
        kind=command.kind,
        pupil=command.pupil,
        new=command.new,
        seen=command.seen,
    )
    return opened((item,), ERRONEOUS, command.reason, sight, act=act)
