"""Marks and the columns they stand in (R-119…R-128)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID, uuid5

from commands import literacy
from commands.deciding import Refusal, Sight
from commands.in_lesson import agree, in_lesson, mark_entry
from commands.texts import tidy
from ledger import windows
from ledger.column import ASSESS, LABORATORY
from ledger.entry import Draft
from ledger.events.marks import MarkGiven, MarkWithdrawn, WorkAdded, WorkWithdrawn

MANNERS = ("", "online", "independent")  # how a mark of a distance day was earned (8.1, R-134)
_VALUE = re.compile(r"[0-9]{1,2}(/[0-9]{1,2})?")


def parse_value(text: str) -> tuple[int, ...]:
    """(4,) of «4», (4, 3) of «4/3». Raises Refusal for anything else; the scale is a rule's matter (P-13)."""
    if not _VALUE.fullmatch(text):
        raise Refusal(
            "P-25", f"«{text[:20]}» — не отметка. Введите число или дробь из двух чисел, например 4/3."
        )
    return tuple(int(part) for part in text.split("/"))


@dataclass(frozen=True, kw_only=True, slots=True)
class GiveMark:
    """`value` is «4» or «4/3»; `seen` the position of the mark the person saw in the cell, 0 for none. Of an essay in
    literature of grades 10–11 the second part goes to the page of Russian (P-28). `manner` on a distance day: online
    or independent."""

    lesson: UUID
    work: UUID
    pupil: UUID
    value: str
    manner: str = ""
    seen: int = 0
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawMark:
    lesson: UUID
    work: UUID
    pupil: UUID
    seen: int = 0
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ColumnMark:
    pupil: UUID
    value: str
    seen: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class FillColumn:
    """A whole column as one append: all of its marks or none."""

    lesson: UUID
    work: UUID
    marks: tuple[ColumnMark, ...]
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class AddWork:
    """A column of a kind of work; its deadline is fixed here (W-07…W-10). `assess`: all, or individual for laboratory
    works (R-109). `makes_up` is a work of the earlier lesson `makes_up_lesson`, written here by those who missed it
    (K-32)."""

    lesson: UUID
    kind: str
    title: str = ""
    assess: str = "all"
    makes_up: UUID | None = None
    makes_up_lesson: UUID | None = None
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawWork:
    lesson: UUID
    work: UUID
    confirmed: bool = False


def give_mark(command: GiveMark, sight: Sight) -> tuple[Draft, ...]:
    _manner_fits(command, sight)
    one = ColumnMark(pupil=command.pupil, value=command.value, seen=command.seen)
    return _given(command.lesson, command.work, (one,), sight, command.manner)


def _manner_fits(command: GiveMark, sight: Sight) -> None:
    if command.manner not in MANNERS:
        raise Refusal("R-134", "Отметка дистанционного дня бывает за работу онлайн или за самостоятельную.")
    if not command.manner:
        return
    lesson = sight.lesson(command.lesson)
    class_id = sight.school.journals[lesson.journal].class_id
    if sight.school.distance(class_id, lesson.date) is None:
        raise Refusal(
            "R-134",
            "Онлайн или самостоятельно — говорят только об отметке активированного дня или карантина.",
        )


def fill_column(command: FillColumn, sight: Sight) -> tuple[Draft, ...]:
    pupils = [mark.pupil for mark in command.marks]
    if len(set(pupils)) != len(pupils):
        raise Refusal("one-mark-a-cell", "Ученик назван в столбце дважды: оставьте одну отметку.")
    return _given(command.lesson, command.work, command.marks, sight)


def _given(
    lesson: UUID, work: UUID, marks: tuple[ColumnMark, ...], sight: Sight, manner: str = ""
) -> tuple[Draft, ...]:
    events = [event for mark in marks for event in _one(lesson, work, mark, manner, sight)]
    return in_lesson(lesson, sight, *events)


def _one(lesson: UUID, work: UUID, mark: ColumnMark, manner: str, sight: Sight) -> tuple[object, ...]:
    """A mark equal to the one that stands is no event: a double click writes once. Of a mark on two pages both parts
    are written when either changes, so that `seen` tells of both; another single number takes the second part away."""
    sheet, value = sight.sheet(lesson), parse_value(mark.value)
    content, spelling = literacy.parts(lesson, work, mark.pupil, value, sight)
    event = MarkGiven(work=work, pupil=mark.pupil, value=content, manner=manner)
    standing = mark_entry(sheet, work, mark.pupil)
    same = spelling is None or literacy.standing(sheet, work, mark.pupil) == spelling.value
    if standing is not None and same and _says(standing.event, event):
        return ()
    agree(mark.seen, standing)
    second = literacy.withdrawn(sheet, work, mark.pupil) if spelling is None else (spelling,)
    return (*second, event)


def _says(standing: object, event: MarkGiven) -> bool:
    """Whether the mark that stands is this one; a manner nobody names is not another one."""
    assert isinstance(standing, MarkGiven)
    return standing.value == event.value and event.manner in ("", standing.manner)


def withdraw_mark(command: WithdrawMark, sight: Sight) -> tuple[Draft, ...]:
    sheet = sight.sheet(command.lesson)
    standing = mark_entry(sheet, command.work, command.pupil)
    spelling = literacy.withdrawn(sheet, command.work, command.pupil)
    if standing is None:
        return in_lesson(command.lesson, sight, *spelling)
    agree(command.seen, standing)
    event = MarkWithdrawn(work=command.work, pupil=command.pupil)
    return in_lesson(command.lesson, sight, *spelling, event)


def add_work(command: AddWork, sight: Sight) -> tuple[Draft, ...]:
    kind = sight.regulation.work_kinds.get(command.kind)
    if kind is None or kind.retired:
        raise Refusal("work-kind", "Такого вида работы нет в порядке школы: выберите вид из списка.")
    _assessed_so(command)
    _makes_up_a_work(command, sight)
    due, window = windows.work_due(sight.lesson(command.lesson), command.kind, sight.school, sight.regulation)
    event = WorkAdded(
        work=uuid5(command.lesson, str(sight.stamp.command_id)),
        kind=command.kind,
        title=tidy(command.title),
        due=due,
        window=window,
        tzdb=windows.tzdb_version(),
        assess=command.assess,
        makes_up=command.makes_up,
    )
    return in_lesson(command.lesson, sight, event)


def _assessed_so(command: AddWork) -> None:
    """7.15: laboratory works may be assessed individually where new knowledge is learnt (R-109)."""
    if command.assess not in ASSESS or (command.assess == "individual" and command.kind not in LABORATORY):
        raise Refusal("R-109", "Выборочно оценивают только лабораторные и практические работы.")


def _makes_up_a_work(command: AddWork, sight: Sight) -> None:
    """K-32: the marks stand on the day they were earned, with a link to the work that was missed."""
    if command.makes_up is None:
        return
    missed = sight.sheet(command.makes_up_lesson) if command.makes_up_lesson is not None else None
    lesson = sight.lesson(command.lesson)
    there = missed is not None and command.makes_up in missed.works and missed.journal == lesson.journal
    earlier = missed is not None and missed.date is not None and missed.date <= lesson.date
    if not there or not earlier or command.makes_up_lesson == command.lesson:
        raise Refusal("K-32", "Пропущенной работы на этой странице раньше не было: выберите её из списка.")


def withdraw_work(command: WithdrawWork, sight: Sight) -> tuple[Draft, ...]:
    if command.work not in sight.sheet(command.lesson).works:
        return ()
    return in_lesson(command.lesson, sight, WorkWithdrawn(work=command.work))
