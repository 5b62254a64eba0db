"""Who was away, by the formulas of requirements 1.U: C-08, C-14."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from ledger.events.attendance import AbsencesExplained, ExplanationWithdrawn
from ledger.events.calendar import DistanceDeclared
from ledger.events.homework import HomeworkNotSet, HomeworkSet
from ledger.events.lessons import LessonHeld
from ledger.events.voids import EntriesTakenBack, EntriesVoided
from ledger.timetable import Lesson
from tests.plain_year.facts import Facts, Filter, percent
from tests.plain_year.teaching import Figures, Lines

UNSTATED = "причина не указана"


def why(facts: Facts, pupil: UUID, on: date) -> str:
    """The category of the last explanation of that day that was not withdrawn; "" of none."""
    gone = {event.explanation for _, event in facts.of(ExplanationWithdrawn)}
    found = ""
    for _, event in facts.of(AbsencesExplained):
        if event.pupil == pupil and event.first <= on <= event.last and event.explanation not in gone:
            found = event.category
    return found


def written(facts: Facts) -> set[UUID]:
    """Lessons something living stands in."""
    known = facts.__dict__.get("_written")
    if known is None:
        known = facts.__dict__["_written"] = {
            entry.stream
            for entry in facts.living
            if entry.stream in facts.sheets and not isinstance(entry.event, EntriesVoided | EntriesTakenBack)
        }
    return known


def missed_lessons(facts: Facts, about: Filter) -> tuple[Lines, Figures]:
    """C-08 per pupil: date, number, subject, topic, homework, category of every «н» that stands."""
    lines: Lines = {}
    for lesson, sheet in facts.sheets.items():
        held = sheet.held
        if held is None or not about.first <= held.date <= about.last or not _of(facts, lesson, held, about):
            continue
        for pupil in sheet.absent:
            lines[f"{pupil}/{lesson}"] = {
                "date": held.date,
                "number": held.number,
                "subject": facts.subjects[facts.pages[held.journal].subject].title,
                "category": why(facts, pupil, held.date) or UNSTATED,
                "topic": sheet.topic.event.text if sheet.topic else None,  # type: ignore[attr-defined]
                "homework": _homework(sheet.homework.event if sheet.homework else None),
            }
    figures: Figures = {"missed": (len(lines), None, None)}
    return lines, figures


def _of(facts: Facts, lesson: UUID, held: LessonHeld, about: Filter) -> bool:
    if not facts.asked(held.journal, about):
        return False
    planned = facts.school.timetable.by_id.get(lesson)
    given = facts.gave(planned) if planned is not None else facts.teach(held.journal, held.date)
    return about.teacher is None or about.teacher in given


def _homework(said: object) -> str | None:
    if isinstance(said, HomeworkSet):
        return said.text
    return "не задано" if isinstance(said, HomeworkNotSet) else None


def attendance(facts: Facts, about: Filter) -> tuple[Lines, Figures]:
    """C-14 per class, of one class per pupil: lessons, missed lessons and days, by category; 1 - missed ÷ held. A
    lesson nobody wrote down tells nothing of who was there and is left out, as are distance days (8.1) and lessons
    without presence (7.13)."""
    known = written(facts)
    distance = [event for _, event in facts.of(DistanceDeclared)]
    lessons = [
        each
        for each in facts.held(about)
        if each.id in known and each.mode != "7.13" and not _away(facts, each, distance)
    ]
    by_pupil: dict[tuple[UUID, UUID], list[Lesson]] = defaultdict(list)
    for lesson in lessons:
        class_id = facts.pages[lesson.journal].class_id
        for pupil in facts.places:
            if facts.liable(pupil, lesson.journal, lesson.date):
                by_pupil[class_id, pupil].append(lesson)
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    if about.class_id is None:
        sums |= {
            str(each): Counter()
            for each, klass in facts.classes.items()
            if about.level in (None, klass.level)
        }
    for (class_id, pupil), own in by_pupil.items():
        sums[str(class_id if about.class_id is None else pupil)].update(_sums(facts, pupil, own))
    categories = {key for own in sums.values() for key in own if key.startswith("category:")}
    lines = {key: _line(own, categories) for key, own in sums.items()}
    whole: Counter[str] = Counter()
    for own in sums.values():
        whole.update(own)
    part = whole["held"] - whole["missed"]
    return lines, {
        "share": (percent(part, whole["held"]), part, whole["held"]),
        "missed": (whole["missed"], None, None),
    }


def _away(facts: Facts, lesson: Lesson, distance: list[DistanceDeclared]) -> bool:
    class_id = facts.pages[lesson.journal].class_id
    return any(class_id in each.classes and each.first <= lesson.date <= each.last for each in distance)


def _sums(facts: Facts, pupil: UUID, lessons: list[Lesson]) -> Counter[str]:
    found: Counter[str] = Counter(held=len(lessons))
    planned: Counter[date] = Counter(each.date for each in lessons)
    away: Counter[date] = Counter()
    for lesson in lessons:
        sheet = facts.sheets[lesson.id]
        if pupil in sheet.absent:
            away[lesson.date] += 1
            found["missed"] += 1
            found[f"category:{why(facts, pupil, lesson.date)}"] += 1
        found["late"] += pupil in sheet.late
    found["days"] = sum(away[on] == planned[on] for on in away)
    return found


def _line(own: Counter[str], categories: set[str]) -> dict[str, Any]:
    return {
        "held": own["held"],
        "missed": own["missed"],
        "days": own["days"],
        "late": own["late"],
        **{category: own[category] for category in categories},
        "share": percent(own["held"] - own["missed"], own["held"]),
    }
