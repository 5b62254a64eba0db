"""The sections of the diary the act names (P-73); what it does not name is not shown."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from projections.reading import Reading

TOPICS = frozenset({"topics", "programme"})  # the programme is seen by what was covered


def of(reading: Reading) -> frozenset[str]:
    regulation = reading.regulation()
    return regulation.diary_sections


def days(shown: tuple[Any, ...], sections: Collection[str]) -> tuple[Any, ...]:
    """Days of a diary (DiaryDay) with what the sections name."""
    return tuple(_day(day, sections) for day in shown)


def _day(day: Any, sections: Collection[str]) -> Any:
    lessons = [_lesson(each, sections) for each in day.lessons if each.held or "changes" in sections]
    left = tuple(each for each in lessons if _stands(each, sections))
    return replace(day, lessons=left)


def _stands(lesson: Any, sections: Collection[str]) -> bool:
    """A lesson that says something of the pupil stands under any act; as a line of the timetable where it has one."""
    if lesson.marks or lesson.absent or lesson.late or lesson.homework or lesson.topic or lesson.comments:
        return True
    return ("activities" if lesson.activity else "timetable") in sections


def _lesson(lesson: Any, sections: Collection[str]) -> Any:
    """Without what is not named."""
    none: dict[str, Any] = {}
    if not TOPICS & frozenset(sections):
        none |= {"topic": None, "topic_corrected": None, "topic_contested": False}
    if "homework" not in sections:
        none |= {"homework": (), "homework_set": None, "not_set": False}
    if "marks" not in sections:
        none["marks"] = ()
    if "attendance" not in sections:
        none |= {"absent": False, "late": False, "category": "", "absence_corrected": None}
    if "changes" not in sections:
        none["fate"] = None
    if "timetable" not in sections:
        none |= {"room": "", "teacher": None}
    return replace(lesson, **none)
