"""The topic of a lesson, from the plan or departing from it, repeated to the parallel when asked (R-079, R-097)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from commands.deciding import Refusal, Sight
from commands.in_lesson import replacing
from commands.texts import tidy
from ledger.entry import Draft
from ledger.events.lessons import TopicRecorded
from ledger.plan import fold_plan


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordTopic:
    """`seen`: the entry whose topic was shown, 0 for none. `also` are lessons of the parallel that were about the
    same; what another topic says there nobody has seen, so it stays. `item` is the number of the plan's line the topic
    was taken from, found by its words when not named; `deviation`: the teacher departs from the plan (R-079). `task` is
    the main task of a lesson of a foreign language (R-107)."""

    lesson: UUID
    text: str
    task: str = ""
    item: int | None = None
    deviation: bool = False
    also: tuple[UUID, ...] = ()
    seen: int = 0
    confirmed: bool = False


def record_topic(command: RecordTopic, sight: Sight) -> tuple[Draft, ...]:
    seen = {**dict.fromkeys(command.also, 0), command.lesson: command.seen}
    lessons = dict.fromkeys((command.lesson, *command.also))
    return tuple(
        draft
        for lesson in lessons
        for draft in replacing(
            sight.sheet(lesson).topic, _topic(lesson, command, sight), seen[lesson], lesson, sight
        )
    )


def _topic(lesson: UUID, command: RecordTopic, sight: Sight) -> TopicRecorded:
    text = tidy(command.text)
    plan, item = _of_plan(lesson, text, command, sight)
    return TopicRecorded(
        text=text, plan=plan, item=item, deviation=command.deviation, task=tidy(command.task)
    )


def _of_plan(lesson: UUID, text: str, command: RecordTopic, sight: Sight) -> tuple[UUID | None, int | None]:
    """(plan, number of its line): the topic is the plan's when the words of that line stand in it, with «Р.р.» before
    them or «(продолжение)» after them."""
    plan = sight.school.journals[sight.lesson(lesson).journal].plan
    lines = {} if plan is None else plan_topics(plan, sight)
    if command.item is not None and command.item not in lines and lesson == command.lesson:
        raise Refusal("R-079", "Такой строки в КТП этой страницы нет: выберите тему из плана.")
    found = command.item if command.item in lines else None
    if found is None or not _says(text, lines[found]):
        found = next((number for number, topic in lines.items() if _plain(topic) == _plain(text)), None)
    return (None, None) if found is None else (plan, found)


def plan_topics(plan: UUID, sight: Sight) -> dict[int, str]:
    """Topics of the plan as it stands, by number."""
    return {item.number: item.topic for item in fold_plan(sight.loaded.get(plan, ())).items}


def _says(text: str, topic: str) -> bool:
    return _plain(topic) in _plain(text)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")
