"""The movement of pupils by order and date (R-060, E-06), and who looks after them. Stream: the pupil."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from commands.by_order import NUMBER_LENGTH, OrderNamed
from commands.deciding import Refusal, Sight
from commands.importing.terms import Fact, numbered
from commands.known import a_pupil, a_stretch, klass_on, the_class
from commands.reconciliation import agreed, lessons_of, written_in
from commands.texts import plain
from ledger.entry import Draft
from ledger.events.roster import (
    GuardianLinked,
    GuardianUnlinked,
    PupilDeparted,
    PupilEnrolled,
    PupilMoved,
    PupilUngrouped,
)
from ledger.regulation import Regulation
from ledger.school import Pupil, School, Span
from ledger.span import DAY
from ledger.windows import spoken

# A word of a list: free text about a family never stands in an entry.
KINSHIPS = ("мать", "отец", "опекун", "попечитель", "иной законный представитель")


@dataclass(frozen=True, kw_only=True, slots=True)
class EnrolPupil:
    """`pupil` is minted by whoever asks, or one who had left; the name is kept outside the ledger."""

    pupil: UUID
    class_id: UUID
    first: date
    order: OrderNamed | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MovePupil:
    """Into another class from `first` on. `confirmed`: what is written in the old class from that day on was seen."""

    pupil: UUID
    class_id: UUID
    first: date
    order: OrderNamed | None = None
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class DepartPupil:
    """`last` is the last day at school. `confirmed`: what is written after it was seen."""

    pupil: UUID
    last: date
    order: OrderNamed | None = None
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkGuardian:
    """`kinship` is one of KINSHIPS. A new guardian's id is minted by whoever asks."""

    pupil: UUID
    guardian: UUID
    kinship: str


@dataclass(frozen=True, kw_only=True, slots=True)
class UnlinkGuardian:
    pupil: UUID
    guardian: UUID


def enrol_pupil(command: EnrolPupil, sight: Sight) -> tuple[Draft, ...]:
    school, klass = sight.school, the_class(command.class_id, sight)
    a_stretch(command.first, None, klass.year, sight)
    if command.pupil not in school.pupils and school.version(command.pupil):
        raise Refusal("pupil-new", "Этот номер занят не учеником.", status=409)
    pupil = school.pupils.get(command.pupil, Pupil(id=command.pupil))
    if pupil.class_on(command.first) is not None:
        there = klass_on(pupil, command.first, sight)
        raise Refusal(
            "pupil-twice", f"{spoken(command.first)} ученик уже числится {there}: оформите перевод."
        )
    _nothing_later(pupil, command.first)
    enrolled = PupilEnrolled(class_id=klass.id, first=command.first, order=_words(command.order, sight))
    return numbered([(pupil.id, enrolled)], school)


def move_pupil(command: MovePupil, sight: Sight) -> tuple[Draft, ...]:
    school, pupil, klass = sight.school, a_pupil(command.pupil, sight), the_class(command.class_id, sight)
    a_stretch(command.first, None, klass.year, sight)
    standing = pupil.class_on(command.first)
    if standing is None:
        raise Refusal("pupil-enrolled", f"{spoken(command.first)} ученик не в школе: оформите зачисление.")
    if standing == klass.id:
        raise Refusal("pupil-there", f"{spoken(command.first)} ученик и так числится в {klass.title}.")
    _nothing_later(pupil, command.first)
    written = written_in(pupil.id, lessons_of(pupil.id, Span(first=command.first), school), sight)
    old = school.classes[standing].title
    question = (
        f"С {spoken(command.first)} в журналах {old} у ученика уже есть записи. Они останутся на месте и войдут"
        " в список сверки:"
    )
    agreed(written, command.confirmed, question, sight)
    moved = PupilMoved(class_id=klass.id, first=command.first, order=_words(command.order, sight))
    return numbered([(pupil.id, moved), *_groups_left(pupil, klass.id, command.first, school)], school)


def depart_pupil(command: DepartPupil, sight: Sight) -> tuple[Draft, ...]:
    school, pupil = sight.school, a_pupil(command.pupil, sight)
    standing = pupil.class_on(command.last)
    if standing is None:
        raise Refusal("pupil-enrolled", f"{spoken(command.last)} ученик уже не в школе.")
    _nothing_later(pupil, command.last)
    a_stretch(command.last, None, school.classes[standing].year, sight)
    after = Span(first=command.last + DAY)
    question = (
        f"После {spoken(command.last)} в журналах у ученика уже есть записи. Они останутся на месте и войдут"
        " в список сверки:"
    )
    agreed(
        written_in(pupil.id, lessons_of(pupil.id, after, school), sight), command.confirmed, question, sight
    )
    departed = PupilDeparted(last=command.last, order=_words(command.order, sight))
    return numbered([(pupil.id, departed)], school)


def link_guardian(command: LinkGuardian, sight: Sight) -> tuple[Draft, ...]:
    school, pupil = sight.school, a_pupil(command.pupil, sight)
    if command.kinship not in KINSHIPS:
        raise Refusal("kinship", f"Кем приходится, выбирается из списка: {', '.join(KINSHIPS)}.")
    if command.guardian == pupil.id or school.pupils.get(command.guardian, Pupil(id=pupil.id)).classes:
        raise Refusal("guardian-pupil", "Ученик не может быть родителем ученика.")
    if command.guardian in pupil.guardians:
        return ()
    linked = GuardianLinked(guardian=command.guardian, kinship=command.kinship)
    return numbered([(pupil.id, linked)], school)


def unlink_guardian(command: UnlinkGuardian, sight: Sight) -> tuple[Draft, ...]:
    pupil = a_pupil(command.pupil, sight)
    if command.guardian not in pupil.guardians:
        raise Refusal("guardian-linked", "Такого родителя у ученика нет.", status=404)
    return numbered([(pupil.id, GuardianUnlinked(guardian=command.guardian))], sight.school)


def after_moving(command: MovePupil, school: School, regulation: Regulation | None) -> tuple[UUID, ...]:
    """The lessons a backdated order leaves behind."""
    return tuple(each.id for each in lessons_of(command.pupil, Span(first=command.first), school))


def after_leaving(command: DepartPupil, school: School, regulation: Regulation | None) -> tuple[UUID, ...]:
    last = min(command.last, date.max - DAY)  # the end of the calendar is the decider's to refuse
    return tuple(each.id for each in lessons_of(command.pupil, Span(first=last + DAY), school))


def both_classes(command: MovePupil, school: School) -> tuple[dict[str, Any], ...]:
    """The one left and the one entered: a class teacher of one of them moves nobody."""
    return ({"pupil": command.pupil}, {"class_id": command.class_id})


def _nothing_later(pupil: Pupil, on: date) -> None:
    """An order is not slipped in before a later one: that would undo it unseen."""
    later = [span.first for _, span in pupil.classes if span.first > on]
    if later:
        raise Refusal("movement-later", f"У ученика уже есть движение с {spoken(min(later))}.")


def _groups_left(pupil: Pupil, class_id: UUID, first: date, school: School) -> Iterator[Fact]:
    """Groups of the old class end with it."""
    for group, span in sorted(pupil.groups, key=lambda each: (each[0], each[1].first)):
        lasts = span.last is None or span.last >= first
        if lasts and school.groups[group].class_id != class_id:
            yield pupil.id, PupilUngrouped(group=group, last=max(first, span.first) - DAY)


def _words(order: OrderNamed | None, sight: Sight) -> str | None:
    """«91 от 16.10.2026»: the movement's entries have no order of their own (R-060)."""
    if order is None or not order.number.strip():
        return None
    return f"{plain(order.number, NUMBER_LENGTH)} от {spoken(order.on or sight.now.date())}"
