"""Substitutions of single lessons (7.12): recorded many at once, cancelled one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from uuid import UUID, uuid5

from commands.by_order import OrderNamed, ordered
from commands.clashing import in_turn
from commands.deciding import Refusal, Sight
from commands.importing.terms import Fact
from commands.known import a_teacher
from ledger import streams
from ledger.entry import Draft
from ledger.events.days import (
    ExtraLessonScheduled,
    ExtraLessonWithdrawn,
    SubstitutionCancelled,
    SubstitutionRecorded,
)
from ledger.regulation import Regulation
from ledger.school import School
from ledger.school_records import Extra
from ledger.substitutes import away, lesson_of, meet, replacement, taken_at
from ledger.timetable import Lesson
from ledger.windows import spoken

WITH_SUBSTITUTE = ("same_subject", "another_subject", "joined")
MANNERS = (*WITH_SUBSTITUTE, "independent", "dropped")  # see ledger.events.days.SubstitutionRecorded


@dataclass(frozen=True, kw_only=True, slots=True)
class SubstitutionItem:
    """`absent` where several teach the page; `journal` is the page of the other subject that is taught instead."""

    lesson: UUID
    manner: str
    substitute: UUID | None = None
    absent: UUID | None = None
    journal: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordSubstitutions:
    """All in one append. `order` is a new one, `known_order` one that stands already."""

    items: tuple[SubstitutionItem, ...]
    order: OrderNamed | None = None
    known_order: UUID | None = None
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class CancelSubstitution:
    substitution: UUID
    lesson: UUID
    confirmed: bool = False


def rests_on(command: RecordSubstitutions, school: School, regulation: Regulation | None) -> tuple[UUID, ...]:
    """The lessons' records, and the day of every class: nobody else sends a substitute to two rooms meanwhile."""
    return _rests_on([item.lesson for item in command.items], school)


def rests_on_lesson(
    command: CancelSubstitution, school: School, regulation: Regulation | None
) -> tuple[UUID, ...]:
    return _rests_on([command.lesson], school)


def _rests_on(ids: Iterable[UUID], school: School) -> tuple[UUID, ...]:
    known = [lesson for id in ids if (lesson := lesson_of(id, school)) is not None]
    put = [put_lesson(extra, school) for each in known if (extra := replacement(each.id, school)) is not None]
    days = dict.fromkeys(lesson.date for lesson in known)
    of_classes = (streams.day(school.id, class_id, on) for on in days for class_id in school.classes)
    return (*(lesson.id for lesson in known), *put, *of_classes)


def put_lesson(extra: Extra, school: School) -> UUID:
    """The lesson an extra slot brings."""
    return streams.lesson(school.id, extra.slot, extra.date)


def record_substitutions(command: RecordSubstitutions, sight: Sight) -> tuple[Draft, ...]:
    lessons = [item.lesson for item in command.items]
    if not lessons:
        raise Refusal("substitution-empty", "Не выбран ни один урок.")
    if len(set(lessons)) < len(lessons):
        raise Refusal("substitution-twice", "Один урок записан дважды.")
    order, facts = _order(command, sight)
    recorded = [_recorded(n, item, order, sight) for n, item in enumerate(command.items)]
    _in_one_room(command.items, sight)
    return in_turn((*facts, *(fact for each in recorded for fact in each)), sight.school)


def cancel_substitution(command: CancelSubstitution, sight: Sight) -> tuple[Draft, ...]:
    return in_turn(cancelling(command.substitution, command.lesson, sight), sight.school)


def cancelling(substitution: UUID, lesson: UUID, sight: Sight) -> tuple[Fact, ...]:
    """The absent teacher has the lesson back; what was put in its place goes (7.12, E-02).

    Raises Refusal when there is no such substitution or the other subject's lesson has records."""
    school, standing = sight.school, sight.school.substitution(lesson)
    if standing is None or standing.id != substitution:
        raise Refusal("substitution-exists", "Этой замены уже нет: её отменили или изменили.", status=409)
    events: list[Fact] = [(standing.day, SubstitutionCancelled(substitution=substitution, lesson=lesson))]
    return (*events, *_put_back(lesson, sight)) if school.extras else tuple(events)


def _order(command: RecordSubstitutions, sight: Sight) -> tuple[UUID | None, tuple[Fact, ...]]:
    if command.known_order is None:
        return ordered(command.order, "substitution", sight)
    if command.known_order not in sight.school.orders:
        raise Refusal("order-exists", "Такого приказа нет.", status=404)
    return command.known_order, ()


def _recorded(n: int, item: SubstitutionItem, order: UUID | None, sight: Sight) -> tuple[Fact, ...]:
    lesson = _lesson(item, sight)
    absent = _absent(item, lesson, sight.school)
    _check_substitute(item, lesson, sight)
    event = SubstitutionRecorded(
        substitution=uuid5(sight.stamp.command_id, f"substitution/{n}"),
        lesson=lesson.id,
        absent=absent,
        substitute=item.substitute,
        manner=item.manner,
        order=order,
    )
    facts: tuple[Fact, ...] = ((_day(lesson, lesson.planned, sight.school), event),)
    if sight.school.substitution(lesson.id) is not None:
        facts = (*facts, *_put_back(lesson.id, sight))
    if item.manner == "another_subject":
        facts = (*facts, _put(n, item, lesson, order, sight))
    return facts


def _lesson(item: SubstitutionItem, sight: Sight) -> Lesson:
    """The lesson, if there is one to stand in for."""
    lesson = lesson_of(item.lesson, sight.school)
    if lesson is None:
        raise Refusal("lesson-exists", "Такого урока нет в расписании.", status=404)
    words = f"{sight.school.klass_of(lesson.journal).title}, {spoken(lesson.date)}, {lesson.number}-й урок"
    change = sight.school.changes.get(lesson.id)
    if change is not None and change.date is None:
        raise Refusal("substitution-cancelled", f"{words}: урок отменён, замещать нечего.", status=409)
    if item.manner not in MANNERS:
        raise Refusal("substitution-manner", "Такого вида замены нет.")
    if item.manner in ("another_subject", "dropped") and sight.sheet(lesson.id).held is not None:
        raise Refusal("substitution-held", f"{words}: на уроке уже есть записи, он проведён.", status=409)
    return lesson


def _absent(item: SubstitutionItem, lesson: Lesson, school: School) -> UUID:
    """Who was to give it. Of several the one named, else the only one who is away."""
    teachers = school.teachers_of(lesson.journal, lesson.date)
    if item.absent is not None:
        if item.absent not in teachers:
            raise Refusal("substitution-absent", f"Этот учитель не ведёт урок {spoken(lesson.date)}.")
        return item.absent
    missing = [person for person in teachers if away(person, lesson.date, school) is not None]
    for named in (missing, teachers):
        if len(named) == 1:
            return named[0]
    if not teachers:
        raise Refusal("substitution-absent", "У урока нет учителя: сначала распределите нагрузку.")
    raise Refusal("substitution-absent", "Урок ведут двое: назовите, кого замещают.")


def _check_substitute(item: SubstitutionItem, lesson: Lesson, sight: Sight) -> None:
    if item.substitute is None:
        if item.manner in WITH_SUBSTITUTE:
            raise Refusal("substitution-nobody", "Выберите, кто заменяет.")
        return
    if item.manner == "dropped":
        raise Refusal("substitution-dropped", "Снятый урок никто не ведёт: уберите заменяющего.")
    a_teacher(item.substitute, lesson.date, sight)
    if away(item.substitute, lesson.date, sight.school) is not None:
        raise Refusal("substitution-away", f"Заменяющий сам отсутствует {spoken(lesson.date)}.")
    if item.manner == "joined" and taken_at(item.substitute, lesson, sight.school) is None:
        raise Refusal(
            "substitution-alone", "У заменяющего в это время нет своего урока: объединять не с чем."
        )


def _in_one_room(items: tuple[SubstitutionItem, ...], sight: Sight) -> None:
    """The rule substitution-clash sees what stands; this is the same of what is recorded together."""
    found = [(item, lesson_of(item.lesson, sight.school)) for item in items if item.manner != "joined"]
    for (a, first), (b, second) in combinations(found, 2):
        if first is None or second is None or a.substitute is None or a.substitute != b.substitute:
            continue
        if meet(first, second):
            titles = " и ".join(sight.school.klass_of(each.journal).title for each in (first, second))
            raise Refusal(
                "substitution-clash",
                f"{spoken(first.date)}, {first.number}-й урок: один учитель выбран сразу в {titles}.",
            )


def _put(n: int, item: SubstitutionItem, lesson: Lesson, order: UUID | None, sight: Sight) -> Fact:
    """The lesson of the other subject, on its own page, in the place of the one that is not held."""
    page = _page(item, lesson, sight.school)
    event = ExtraLessonScheduled(
        slot=uuid5(sight.stamp.command_id, f"slot/{n}"),
        journal=page,
        date=lesson.date,
        number=lesson.number,
        starts=lesson.starts.time(),
        ends=lesson.ends.time(),
        room=lesson.room,
        mode="",
        form="",
        replaces=lesson.id,
        order=order,
    )
    return _day(lesson, lesson.date, sight.school), event


def _page(item: SubstitutionItem, lesson: Lesson, school: School) -> UUID:
    """The substitute's own page of that class; without a name the only one."""
    assert item.substitute is not None
    class_id = school.journals[lesson.journal].class_id
    own = [
        page.id
        for page in school.journals_of_teacher(item.substitute, lesson.date)
        if page.class_id == class_id and page.id != lesson.journal and page.pupil is None
    ]
    if item.journal is None and len(own) == 1:
        return own[0]
    if item.journal not in own:
        title = school.klass_of(lesson.journal).title
        raise Refusal("substitution-page", f"Выберите предмет, который заменяющий сам ведёт в {title}.")
    assert item.journal is not None
    return item.journal


def _put_back(lesson: UUID, sight: Sight) -> Iterator[Fact]:
    """What another subject's lesson took away, unless that lesson has been held."""
    standing, extra = sight.school.substitution(lesson), replacement(lesson, sight.school)
    if standing is None or standing.manner != "another_subject" or extra is None:
        return
    if sight.sheet(put_lesson(extra, sight.school)).held is not None:
        raise Refusal("substitution-held", "Урок другого предмета на этом месте уже проведён.", status=409)
    class_id = sight.school.journals[extra.journal].class_id
    yield streams.day(sight.school.id, class_id, extra.date), ExtraLessonWithdrawn(slot=extra.slot)


def _day(lesson: Lesson, on: date, school: School) -> UUID:
    return streams.day(school.id, school.journals[lesson.journal].class_id, on)
