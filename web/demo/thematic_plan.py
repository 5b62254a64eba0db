"""The thematic plan of algebra in the seventh grade: its lessons take their topics from it, one departs."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid5

from commands.importing import ids
from commands.lessons import RecordTopic
from commands.plan_binding import BindPlan
from commands.plans import DrawUpPlan, PlanLine
from ledger.lesson import Sheet
from ledger.school import School
from ledger.timetable import Lesson
from web.demo.school_days import at
from web.demo.steps import Step, command_id
from web.demo.topic_lists import TOPICS, read_topics

SUBJECT, GRADE = "Алгебра", 7
TITLE = "Алгебра, 7 класс: первые тридцать уроков"
SECTIONS = ((1, "Выражения и тождества"), (18, "Степень и одночлены"), (24, "Многочлены"))
KEY = "plan"
DEPARTURE = 9  # the lesson of 7А, from 0, that departed from the plan
INSTEAD = "Решение задач школьного этапа олимпиады"


def pages(school: School) -> tuple[UUID, ...]:
    subject = ids.subject(school.id, SUBJECT)
    return tuple(
        page.id
        for page in school.journals.values()
        if page.subject == subject and page.pupil is None and school.klass_of(page.id).grade == GRADE
    )


def steps(school: School) -> Iterator[Step]:
    """Drawn up and bound on the first morning, before the first bell."""
    year = max(school.years)
    first, teacher = school.years[year].first, ids.person(school.id, "sokolova")
    drawn = DrawUpPlan(
        subject=ids.subject(school.id, SUBJECT), grade=GRADE, title=TITLE, year=year, items=_lines()
    )
    yield Step(at=at(first, 7, 30), person=teacher, key=KEY, command=drawn)
    bound = BindPlan(plan=uuid5(command_id(school.id, KEY), "plan"), journals=pages(school))
    yield Step(at=at(first, 7, 40), person=teacher, key=f"{KEY}/bound", command=bound)


def departure(school: School) -> Iterator[Step]:
    """The evening of the ninth lesson of 7А: what was taught was not what the plan says (R-079)."""
    page = next(page for page in pages(school) if school.klass_of(page).title == "7А")
    lesson = school.timetable.by_journal[page][DEPARTURE]
    yield Step(
        at=at(lesson.date, 21, 40),
        person=ids.person(school.id, "sokolova"),
        key=f"{KEY}/departure",
        command=lambda look: _departs(lesson, look(lesson.id)),
    )


def _departs(lesson: Lesson, sheet: Sheet) -> RecordTopic:
    seen = sheet.topic.position if sheet.topic is not None else 0
    return RecordTopic(lesson=lesson.id, text=INSTEAD, deviation=True, seen=seen, confirmed=True)


def _lines() -> tuple[PlanLine, ...]:
    rows = read_topics(TOPICS)[SUBJECT, GRADE]
    return tuple(
        PlanLine(
            topic=row.topic,
            section=[title for first, title in SECTIONS if first <= number][-1],
            control="контрольная работа" in row.topic.casefold(),
            homework=row.homework or "",
        )
        for number, row in enumerate(rows, start=1)
    )
