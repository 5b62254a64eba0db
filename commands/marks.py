"""Marks and the columns they stand in (R-119…R-128)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID, uuid5

from commands.deciding import Refusal, Sight
from commands.in_lesson import agree, in_lesson, mark_entry
from commands.texts import tidy
from ledger import windows
from ledger.entry import Draft
from ledger.events.marks import MarkGiven, MarkWithdrawn, WorkAdded, WorkWithdrawn

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
    """`value` is «4» or «4/3»; `seen` the position of the mark the person saw in the cell, 0 for none."""

    lesson: UUID
    work: UUID
    pupil: UUID
    value: str
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
    """A column of a kind of work; its deadline is fixed here (W-07…W-10)."""

    lesson: UUID
    kind: str
    title: str = ""
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawWork:
    lesson: UUID
    work: UUID
    confirmed: bool = False


def give_mark(command: GiveMark, sight: Sight) -> tuple[Draft, ...]:
    one = ColumnMark(pupil=command.pupil, value=command.value, seen=command.seen)
    return _given(command.lesson, command.work, (one,), sight)


def fill_column(command: FillColumn, sight: Sight) -> tuple[Draft, ...]:
    pupils = [mark.pupil for mark in command.marks]
    if len(set(pupils)) != len(pupils):
        raise Refusal("one-mark-a-cell", "Ученик назван в столбце дважды: оставьте одну отметку.")
    return _given(command.lesson, command.work, command.marks, sight)


def _given(lesson: UUID, work: UUID, marks: tuple[ColumnMark, ...], sight: Sight) -> tuple[Draft, ...]:
    """A mark equal to the one that stands is no event: a double click writes once."""
    sheet = sight.sheet(lesson)
    events = []
    for mark in marks:
        value = parse_value(mark.value)
        if sheet.mark(work, mark.pupil) == value:
            continue
        agree(mark.seen, mark_entry(sheet, work, mark.pupil))
        events.append(MarkGiven(work=work, pupil=mark.pupil, value=value))
    return in_lesson(lesson, sight, *events)


def withdraw_mark(command: WithdrawMark, sight: Sight) -> tuple[Draft, ...]:
    standing = mark_entry(sight.sheet(command.lesson), command.work, command.pupil)
    if standing is None:
        return ()
    agree(command.seen, standing)
    return in_lesson(command.lesson, sight, MarkWithdrawn(work=command.work, pupil=command.pupil))


def add_work(command: AddWork, sight: Sight) -> tuple[Draft, ...]:
    kind = sight.regulation.work_kinds.get(command.kind)
    if kind is None:
        raise Refusal("work-kind", "Такого вида работы нет в порядке школы: выберите вид из списка.")
    due, window = windows.work_due(sight.lesson(command.lesson), command.kind, sight.school, sight.regulation)
    event = WorkAdded(
        work=uuid5(command.lesson, str(sight.stamp.command_id)),
        kind=command.kind,
        title=tidy(command.title),
        due=due,
        window=window,
        tzdb=windows.tzdb_version(),
    )
    return in_lesson(command.lesson, sight, event)


def withdraw_work(command: WithdrawWork, sight: Sight) -> tuple[Draft, ...]:
    if command.work not in sight.sheet(command.lesson).works:
        return ()
    return in_lesson(command.lesson, sight, WorkWithdrawn(work=command.work))
