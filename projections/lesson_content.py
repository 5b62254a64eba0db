"""What the sheet of a lesson says and asks by the act: task, plan, briefing, the pair of lessons of an essay (7.15)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from ledger.column import LABORATORY
from ledger.regulation import Regulation
from ledger.rules.topics import wants_task
from ledger.school import School
from ledger.timetable import Lesson
from projections.reading import Reading

_PREPARED = re.compile(r"подготовка\s+к\s+(сочинени|изложени)ю\s*(.*)", re.IGNORECASE | re.DOTALL)
PAIR_WITHIN = timedelta(days=14)  # the second lesson of an essay follows soon


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """`task` is None where the act wants none; `planned`: the page is bound to a plan, so a topic of one's own is a
    `deviation`. `prefixes` are written before a topic here (P-77), `pair` are the two lessons of an essay or изложение
    as (title, topic to fill in). `briefing` is None where the subject wants none, "" while none is recorded;
    `briefing_seen` its entry. `materials_wanted`: on a distance day pupils work by what hangs here (P-74)."""

    task: str | None
    planned: bool
    deviation: bool
    prefixes: tuple[str, ...]
    pair: tuple[tuple[str, str], ...]
    briefing: str | None
    briefing_seen: int
    completed: bool
    materials_wanted: bool
    individually: tuple[str, ...]


def content(row: Any, lesson: Lesson, reading: Reading) -> Content:
    """`row` is the lesson's row of `lessons`."""
    school, regulation = reading.school, reading.regulation()
    subject = school.subject_of(lesson.journal)
    of_speech = bool({"language", "literature"} & subject.attributes)
    wanted = regulation.needs_briefing(subject.title, subject.attributes)
    return Content(
        task=row.task if wants_task(lesson.journal, school, regulation) or row.task else None,
        planned=school.journals[lesson.journal].plan is not None,
        deviation=row.deviation,
        prefixes=regulation.topic_prefixes if of_speech else (),
        pair=_pair(lesson, reading) if of_speech else (),
        briefing=(row.briefing or "") if wanted or row.briefing else None,
        briefing_seen=row.briefing_entry or 0,
        completed=row.completed,
        materials_wanted=regulation.distance_materials and _is_distance(lesson, school),
        individually=_individually(regulation),
    )


def _is_distance(lesson: Lesson, school: School) -> bool:
    return school.distance(school.journals[lesson.journal].class_id, lesson.date) is not None


def _individually(regulation: Regulation) -> tuple[str, ...]:
    """Kinds of work that may be assessed individually (R-109)."""
    return tuple(kind for kind in regulation.work_kinds if kind in LABORATORY)


def _pair(lesson: Lesson, reading: Reading) -> tuple[tuple[str, str], ...]:
    """R-106: how the two lessons are written, 7.15; the second takes its words from the first one's record."""
    literature = "literature" in reading.school.subject_of(lesson.journal).attributes
    kind = ("сочинению", "Сочинение") if literature else ("изложению", "Изложение")
    prepared = _prepared(lesson, reading)
    second = prepared or f"2-й урок. Р.р. {kind[1]} "
    return (
        (f"1-й урок: подготовка к {kind[0]}", f"1-й урок. Р.р. Подготовка к {kind[0]} "),
        (f"2-й урок: {kind[1].lower()}", second),
    )


def _prepared(lesson: Lesson, reading: Reading) -> str:
    """The second lesson's topic, when the lesson before prepared for it."""
    rows = reading.rows(
        "lessons",
        "journal = %(journal)s AND date BETWEEN %(first)s AND %(last)s AND starts < %(starts)s",
        columns="topic, starts",
        journal=lesson.journal,
        first=lesson.date - PAIR_WITHIN,
        last=lesson.date,
        starts=lesson.starts,
    )
    before = max(rows, key=_starts, default=None)
    found = _PREPARED.search(before.topic or "") if before is not None else None
    return "" if found is None else f"2-й урок. Р.р. {found[1].capitalize()}е {found[2]}".strip()


def _starts(row: Any) -> Any:
    return row.starts
