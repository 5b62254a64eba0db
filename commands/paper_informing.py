"""A family's declaration that it is informed on paper, and its withdrawal (7.2, R-051). Stream: the pupil."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from commands.deciding import Refusal, Sight
from commands.importing.terms import numbered
from commands.known import a_pupil
from commands.texts import plain
from ledger.entry import Draft
from ledger.events.families import PaperInformingDeclared, PaperInformingWithdrawn
from ledger.windows import spoken

DOCUMENT_LENGTH = 200  # characters


@dataclass(frozen=True, kw_only=True, slots=True)
class DeclarePaperInforming:
    """`first` is the day of the declaration; `document` names it: «заявление от 12.10.2026»."""

    pupil: UUID
    first: date
    document: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawPaperInforming:
    """`last` is the last day on paper."""

    pupil: UUID
    last: date


def declare_paper_informing(command: DeclarePaperInforming, sight: Sight) -> tuple[Draft, ...]:
    pupil, today = a_pupil(command.pupil, sight), sight.now.date()
    if pupil.on_paper(max(command.first, today)):
        raise Refusal("paper-declared", "Заявление этой семьи уже записано.", status=409)
    if command.first > today:
        raise Refusal("paper-day", f"Заявление подают не позже сегодняшнего дня, {spoken(today)}.")
    document = sight.sealed(plain(command.document, DOCUMENT_LENGTH), about=pupil.id)
    event = PaperInformingDeclared(first=command.first, document=document)
    return numbered([(pupil.id, event)], sight.school)


def withdraw_paper_informing(command: WithdrawPaperInforming, sight: Sight) -> tuple[Draft, ...]:
    pupil = a_pupil(command.pupil, sight)
    running = [span for span in pupil.paper if span.last is None]
    if not running:
        raise Refusal("paper-declared", "Заявления, которое можно отозвать, у этой семьи нет.", status=409)
    if not running[-1].first <= command.last <= sight.now.date():
        raise Refusal("paper-day", f"Отозвать можно днём от {spoken(running[-1].first)} до сегодняшнего.")
    return numbered([(pupil.id, PaperInformingWithdrawn(last=command.last))], sight.school)
