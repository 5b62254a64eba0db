"""What a correction case may be about: how it is named, what an approved one writes, target by target (R-164, R-165).

A target is one row of `TARGETS`. What a case brings stands in the stream of its cell and names the case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from commands import correction_moves, homework, literacy
from commands.deciding import Refusal, Sight
from commands.in_lesson import opening
from commands.marks import parse_value
from commands.period_facts import period_state
from commands.period_marks import SetPeriodMarks, proposed, rests_on
from ledger import streams
from ledger.correction_cell import ABSENT, wanted
from ledger.entry import Category, Draft
from ledger.events.corrections import CorrectionRequested
from ledger.events.homework import HomeworkSet
from ledger.events.lessons import TopicRecorded
from ledger.events.marks import MarkGiven
from ledger.events.period_marks import PeriodMarkGiven
from ledger.period_sheet import KINDS, PERIOD


@dataclass(frozen=True, kw_only=True, slots=True)
class Brought:
    """An entry to be written; `numbered` finds its version. `causation` is the position of the entry it answers."""

    category: Category
    stream: UUID
    event: object
    causation: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """`names` are the fields that say which place it is; `fits` raises Refusal when what an item wants is no value of
    it; `brings` is what an approved case writes."""

    names: frozenset[str]
    brings: Callable[[CorrectionRequested, Sight], tuple[Brought, ...]]
    fits: Callable[[Any, Sight], None] = lambda named, sight: None


def numbered(found: Iterable[Brought], sight: Sight) -> tuple[Draft, ...]:
    """Drafts, each taking the next version of its stream."""
    taken: Counter[UUID] = Counter()
    drafts = []
    for each in found:
        taken[each.stream] += 1
        draft = Draft(
            category=each.category,
            stream=each.stream,
            version=sight.version(each.stream) + taken[each.stream],
            event=each.event,
            causation=each.causation,
        )
        drafts.append(draft)
    return tuple(drafts)


def _in_lesson(asked: CorrectionRequested, sight: Sight, *events: object) -> tuple[Brought, ...]:
    assert asked.lesson is not None
    held = sight.sheet(asked.lesson).held is not None  # an Act may have left the lesson without any record
    first = () if held else (opening(sight.lesson(asked.lesson), sight),)
    return tuple(
        Brought(category=Category.LESSON, stream=asked.lesson, event=event) for event in (*first, *events)
    )


def _plainly(asked: CorrectionRequested, sight: Sight) -> tuple[Brought, ...]:
    return _in_lesson(asked, sight, wanted(asked))


def _mark(asked: CorrectionRequested, sight: Sight) -> tuple[Brought, ...]:
    """A mark on two pages (7.15) is given and taken away on both."""
    lesson, work, pupil = asked.lesson, asked.work, asked.pupil
    assert lesson is not None
    assert work is not None
    assert pupil is not None
    event, second = wanted(asked), None
    if isinstance(event, MarkGiven):
        content, second = literacy.parts(lesson, work, pupil, event.value, sight)
        event = replace(event, value=content)
    spelling = literacy.withdrawn(sight.sheet(lesson), work, pupil) if second is None else (second,)
    return _in_lesson(asked, sight, event, *(replace(each, correction=asked.case) for each in spelling))


def _topic(asked: CorrectionRequested, sight: Sight) -> tuple[Brought, ...]:
    """Words change; the line of the plan and the task stay."""
    assert asked.lesson is not None
    standing = sight.sheet(asked.lesson).topic
    event = wanted(asked)
    if standing is not None and isinstance(standing.event, TopicRecorded):
        event = replace(standing.event, text=asked.new, correction=asked.case)
    return _in_lesson(asked, sight, event)


def _homework(asked: CorrectionRequested, sight: Sight) -> tuple[Brought, ...]:
    """Words change; the manner and the lesson it is due at stay, the next one where there was none."""
    assert asked.lesson is not None
    event = wanted(asked)
    standing = sight.sheet(asked.lesson).homework
    if not isinstance(event, HomeworkSet):
        return _in_lesson(asked, sight, event)
    if standing is not None and isinstance(standing.event, HomeworkSet):
        return _in_lesson(asked, sight, replace(standing.event, text=asked.new, correction=asked.case))
    due, due_lesson = homework.due_at(asked.lesson, None, sight)
    return _in_lesson(asked, sight, replace(event, due=due, due_lesson=due_lesson))


def _period_mark(asked: CorrectionRequested, sight: Sight) -> tuple[Brought, ...]:
    """What it rests on is what is known now, whatever the mark it takes the place of rested on (R-172)."""
    event = wanted(asked)
    assert asked.period is not None
    assert asked.pupil is not None
    if isinstance(event, PeriodMarkGiven):
        state = period_state(asked.journal, asked.period, sight)
        decision = SetPeriodMarks(journal=asked.journal, period=asked.period, kind=asked.kind, marks=())
        event = replace(
            event,
            proposed=proposed(decision, asked.pupil, state, sight),
            rests_on=rests_on(decision, asked.pupil, state, sight),
        )
    stream = streams.period_sheet(sight.school.id, asked.journal, asked.period)
    return (Brought(category=Category.PERIOD, stream=stream, event=event),)


def _move(asked: CorrectionRequested, sight: Sight) -> tuple[Brought, ...]:
    """E-10."""
    found = correction_moves.moved(asked, sight)
    return tuple(Brought(category=category, stream=stream, event=event) for category, stream, event in found)


def _a_mark(named: Any, sight: Sight) -> None:
    if named.new:
        parse_value(named.new)


def _an_absence(named: Any, sight: Sight) -> None:
    if named.new not in ("", ABSENT):
        raise Refusal("correction-value", "В этой клетке бывает «н» или ничего.")


def _a_kind(named: Any, sight: Sight) -> None:
    if named.work == named.lesson:
        raise Refusal("work-kind", "Столбец «Ответ на уроке» есть у каждого урока: вида он не меняет.")


def _a_period_mark(named: Any, sight: Sight) -> None:
    page = sight.school.journals.get(named.journal) if named.journal is not None else None
    if page is None or named.pupil not in sight.school.members_ever(page.id):
        raise Refusal("correction-place", "Такого ученика на этой странице нет.", status=404)
    of_year = named.period == streams.year(sight.school.id, page.year)
    if named.kind not in KINDS or of_year == (named.kind == PERIOD):
        raise Refusal("period-kind", "Такой отметки в этой ведомости не бывает.")


_LESSON = frozenset({"lesson"})

TARGETS: dict[str, Target] = {
    "mark": Target(names=_LESSON | {"work", "pupil"}, brings=_mark, fits=_a_mark),
    "absence": Target(names=_LESSON | {"pupil"}, brings=_plainly, fits=_an_absence),
    "topic": Target(names=_LESSON, brings=_topic),
    "homework": Target(names=_LESSON, brings=_homework),
    "kind": Target(names=_LESSON | {"work"}, brings=_plainly, fits=_a_kind),
    "move": Target(names=_LESSON, brings=_move, fits=correction_moves.fits),
    "period_mark": Target(
        names=frozenset({"journal", "period", "pupil", "kind"}), brings=_period_mark, fits=_a_period_mark
    ),
}
