"""Physical education: exemptions by certificate and health groups (R-074, E-07). Stream: the pupil."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from commands.deciding import Refusal, Sight
from commands.importing.terms import numbered
from commands.known import a_pupil, in_order, klass_on
from commands.reconciliation import absences_in, agreed, lessons_of
from ledger.entry import Draft
from ledger.events.roster import ExemptionEnded, ExemptionGranted, HealthGroupSet
from ledger.regulation import Regulation
from ledger.school import School, Span
from ledger.timetable import Lesson
from ledger.windows import spoken

HEALTH_GROUPS = ("main", "preparatory", "special")
LONGEST_DOCUMENT = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class GrantExemption:
    """`exemption` is minted by whoever asks; both days included. `document` says what it rests on: «справка № 45».
    `confirmed`: the «н» that stand on physical education on these days were seen."""

    pupil: UUID
    exemption: UUID
    first: date
    until: date
    document: str
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class EndExemption:
    """Earlier than it was granted for: `last` is now its last day."""

    pupil: UUID
    exemption: UUID
    last: date


@dataclass(frozen=True, kw_only=True, slots=True)
class SetHealthGroup:
    """`group` is one of HEALTH_GROUPS, from `first` on."""

    pupil: UUID
    group: str
    first: date


def grant_exemption(command: GrantExemption, sight: Sight) -> tuple[Draft, ...]:
    pupil, document = a_pupil(command.pupil, sight), command.document.strip()
    in_order(command.first, command.until)
    if any(each.id == command.exemption for each in pupil.exemptions):
        raise Refusal("exemption-new", "Такое освобождение уже есть.", status=409)
    if pupil.class_on(command.first) is None:
        there = klass_on(pupil, command.first, sight)
        raise Refusal("pupil-enrolled", f"{spoken(command.first)} ученик {there}.")
    if not document or len(document) > LONGEST_DOCUMENT:
        raise Refusal("document", f"Назовите документ: от 1 до {LONGEST_DOCUMENT} знаков.")
    lessons = _physical(command.pupil, Span(first=command.first, last=command.until), sight.school)
    question = (
        "На уроках физкультуры в эти дни уже стоит «н». Сама она не снимется и войдёт в список исправлений:"
    )
    agreed(absences_in(pupil.id, lessons, sight), command.confirmed, question, sight)
    granted = ExemptionGranted(
        exemption=command.exemption,
        first=command.first,
        until=command.until,
        document=sight.sealed(document, about=pupil.id),
    )
    return numbered([(pupil.id, granted)], sight.school)


def end_exemption(command: EndExemption, sight: Sight) -> tuple[Draft, ...]:
    pupil, today = a_pupil(command.pupil, sight), sight.now.date()
    known = next((each for each in pupil.exemptions if each.id == command.exemption), None)
    if known is None:
        raise Refusal("exemption-exists", "Такого освобождения нет.", status=404)
    if command.last < today:
        # E-07: «н» becomes possible for lessons after the recording, never for those that were held exempt.
        raise Refusal("exemption-past", f"Снять освобождение можно с {spoken(today)} или позже.")
    if not (known.span.first <= command.last and command.last in known.span):
        raise Refusal("exemption-days", "Этот день не входит в освобождение.")
    ended = ExemptionEnded(exemption=known.id, last=command.last)
    return () if known.span.last == command.last else numbered([(pupil.id, ended)], sight.school)


def set_health_group(command: SetHealthGroup, sight: Sight) -> tuple[Draft, ...]:
    pupil = a_pupil(command.pupil, sight)
    if command.group not in HEALTH_GROUPS:
        raise Refusal("health-group", "Группа здоровья — основная, подготовительная или специальная.")
    if pupil.class_on(command.first) is None:
        raise Refusal("pupil-enrolled", f"{spoken(command.first)} ученик не в школе.")
    known = [group for group, first in pupil.health if first == command.first]
    if known and known[-1] == command.group:
        return ()
    return numbered([(pupil.id, HealthGroupSet(group=command.group, first=command.first))], sight.school)


def while_exempt(command: GrantExemption, school: School, regulation: Regulation | None) -> tuple[UUID, ...]:
    """The lessons of physical education a backdated certificate covers."""
    days = Span(first=command.first, last=max(command.first, command.until))
    return tuple(each.id for each in _physical(command.pupil, days, school))


def _physical(pupil: UUID, days: Span, school: School) -> tuple[Lesson, ...]:
    return tuple(each for each in lessons_of(pupil, days, school) if school.is_pe(each.journal))
