"""What becomes of pupils after the year: the class teacher proposes, the deputy or the director decides (R-075)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from commands.by_order import OrderNamed, ordered
from commands.deciding import Refusal, Sight
from commands.importing.terms import Fact, numbered
from commands.known import a_pupil
from ledger.entry import Draft
from ledger.events.promotion import PromotionDecided, PromotionProposed
from ledger.school import School
from ledger.school_records import Promotion

DECISIONS = ("promoted", "conditionally", "retained", "admitted", "finished")
OF_GRADUATES = ("admitted", "finished")
ORDER = "promotion"


@dataclass(frozen=True, kw_only=True, slots=True)
class PromotionItem:
    """`decision`: promoted, conditionally (with a debt), retained (stays for another year), admitted (to the final
    attestation) or finished."""

    pupil: UUID
    decision: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposePromotion:
    year: int
    items: tuple[PromotionItem, ...]
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class DecidePromotion:
    """By order, whose number may follow; `order_date` None: today. Neither: without an order yet."""

    year: int
    items: tuple[PromotionItem, ...]
    order_number: str = ""
    order_date: date | None = None
    confirmed: bool = False


def pupils(command: ProposePromotion, school: School) -> tuple[dict[str, Any], ...]:
    return tuple({"pupil": item.pupil} for item in command.items)


def propose_promotion(command: ProposePromotion, sight: Sight) -> tuple[Draft, ...]:
    facts: list[Fact] = []
    for item, known in _items(command, sight):
        if known is not None and known.decided:
            raise Refusal("promotion-decided", "О переводе этого ученика уже решено.", status=409)
        if known is None or known.decision != item.decision:
            facts.append((item.pupil, PromotionProposed(year=command.year, decision=item.decision)))
    return numbered(facts, sight.school)


def decide_promotion(command: DecidePromotion, sight: Sight) -> tuple[Draft, ...]:
    named = command.order_number.strip() or command.order_date is not None
    by = OrderNamed(number=command.order_number, on=command.order_date) if named else None
    order, issued = ordered(by, ORDER, sight)
    facts: list[Fact] = []
    for item, known in _items(command, sight):
        before = known.order if known is not None and known.decided else None
        decided = Promotion(year=command.year, decision=item.decision, decided=True, order=order or before)
        if known != decided:
            event = PromotionDecided(year=command.year, decision=item.decision, order=decided.order)
            facts.append((item.pupil, event))
    return numbered((*issued, *facts), sight.school) if facts else ()


def _items(
    command: ProposePromotion | DecidePromotion, sight: Sight
) -> list[tuple[PromotionItem, Promotion | None]]:
    """With what stands of each. Raises Refusal for a pupil who is not of that year, or is named twice."""
    found = dict.fromkeys(command.items)
    if len({item.pupil for item in found}) < len(found):
        raise Refusal("pupil-twice", "Один ученик назван дважды: оставьте одно решение.")
    return [(item, _standing(item, command.year, sight)) for item in found]


def _standing(item: PromotionItem, year: int, sight: Sight) -> Promotion | None:
    known, school = a_pupil(item.pupil, sight), sight.school
    span = school.years.get(year)
    last = None if span is None or span.last is None else min(span.last, sight.now.date())
    klass = None if last is None else known.class_on(last)
    if klass is None or school.classes[klass].year != year:
        raise Refusal("promotion-pupil", "Этот ученик не учится в школе в этом учебном году.")
    if item.decision not in DECISIONS:
        raise Refusal("promotion-decision", "Выберите решение из списка.")
    if (
        item.decision in OF_GRADUATES
        and school.classes[klass].grade not in sight.regulation.graduating_grades
    ):
        raise Refusal(
            "P-11",
            "К итоговой аттестации допускают и школу оканчивают в выпускных классах.",
            clause=sight.regulation.clause("P-11"),
        )
    return known.promotion(year)
