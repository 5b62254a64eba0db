"""Six weeks of ordinary lessons: presence, topic, homework, answers, written works."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import cache
from uuid import UUID

from commands.importing.lesson import ImportedMark, ImportedWork, ImportLesson, work_id
from commands.marks import ColumnMark, FillColumn
from ledger.lesson import ANSWER
from ledger.regulation import Regulation
from ledger.rules.topics import wants_task
from ledger.school import School
from ledger.substitutes import givers
from ledger.timetable import Lesson
from web.demo import chance, pupils, works
from web.demo.manners import manner_of
from web.demo.steps import Step, command_id
from web.demo.topic_lists import TOPICS, TaughtTopic, TopicLists, read_topics, topic_for

EVENING = 0.04  # of all lessons are filled only in the evening: late where the regulation says so
NOTHING_SET = 0.1
# The main task of a lesson of a foreign language, which 7.15 wants beside its topic.
TASKS = (
    "Ознакомление с новой лексикой",
    "Развитие навыков аудирования",
    "Ознакомление с грамматической структурой",
    "Развитие навыков чтения",
    "Закрепление грамматических навыков",
    "Развитие диалогической речи",
)


@cache
def _lists() -> TopicLists:
    return read_topics(TOPICS)


def key(lesson: UUID) -> str:
    return f"lesson/{lesson}"


def teacher_of(lesson: Lesson, school: School) -> UUID:
    """Who gives it: the substitute where there is one."""
    return givers(lesson, school)[0]


def nth_of(lesson: Lesson, school: School) -> int:
    """Which of its page's lessons it is, from 0."""
    return school.timetable.by_journal[lesson.journal].index(lesson)


def lesson_step(lesson: Lesson, school: School, regulation: Regulation) -> Step:
    """All of the lesson's records, made in its last minutes or, now and then, in the evening."""
    dice = chance.of_lesson(lesson.id)
    at = lesson.ends - timedelta(minutes=dice.randrange(1, 9))
    if dice.random() < EVENING:
        at = datetime.combine(lesson.date, time(18)) + timedelta(minutes=dice.randrange(200))
    return Step(
        at=at,
        person=teacher_of(lesson, school),
        key=key(lesson.id),
        command=records(lesson, school, regulation),
    )


def records(lesson: Lesson, school: School, regulation: Regulation) -> ImportLesson:
    dice, nth = chance.of_lesson(lesson.id, "records"), nth_of(lesson, school)
    klass, subject = school.klass_of(lesson.journal), school.subject_of(lesson.journal)
    taught = topic_for(_lists(), subject.title, klass.grade, nth + 1) or TaughtTopic(
        topic=subject.title, homework=None
    )
    homework = None if klass.grade == 1 or dice.random() < NOTHING_SET else taught.homework
    return ImportLesson(
        lesson=lesson.id,
        topic=taught.topic,
        task=TASKS[nth % len(TASKS)] if wants_task(lesson.journal, school, regulation) else "",
        homework=homework or "",
        manner=manner_of(homework or ""),
        not_set=homework is None,
        absent=absent(lesson, school),
        works=(*_answers(lesson, school, regulation), *_work(lesson, nth, school)),
    )


def marked(lesson: Lesson, school: School, regulation: Regulation) -> bool:
    grade, subject = school.klass_of(lesson.journal).grade, school.subject_of(lesson.journal)
    return grade not in regulation.unmarked_grades and "unmarked" not in subject.attributes


def present(lesson: Lesson, school: School) -> tuple[UUID, ...]:
    away = absent(lesson, school)
    return tuple(pupil for pupil in _expected(lesson, school) if pupil not in away)


def absent(lesson: Lesson, school: School) -> tuple[UUID, ...]:
    """Nobody is marked absent from lessons at a distance (8.1), nor whoever is exempt or taught at home."""
    if school.distance(school.journals[lesson.journal].class_id, lesson.date) is not None:
        return ()
    return tuple(pupil for pupil in _expected(lesson, school) if pupils.away(pupil, lesson.date, school))


def _expected(lesson: Lesson, school: School) -> Iterator[UUID]:
    ever = school.members_ever(lesson.journal)
    return (pupil for pupil in ever if school.liable(pupil, lesson.journal, lesson.date))


def _answers(lesson: Lesson, school: School, regulation: Regulation) -> Iterator[ImportedWork]:
    if not marked(lesson, school, regulation):
        return
    dice, there = chance.of_lesson(lesson.id, "answers"), present(lesson, school)
    mild = lesson.date in regulation.adaptation
    asked = dice.sample(there, min(len(there), dice.randrange(2, 6)))
    marks = tuple(
        ImportedMark(pupil=pupil, value=str(chance.mark(pupil, dice, mild=mild))) for pupil in asked
    )
    yield ImportedWork(kind=ANSWER, marks=marks)


def _work(lesson: Lesson, nth: int, school: School) -> Iterator[ImportedWork]:
    written = works.work_of(lesson, nth, school)
    if written is not None:
        yield ImportedWork(kind=written[0], title=written[1])


def work_column(lesson: Lesson, school: School, regulation: Regulation) -> UUID | None:
    """The column of the lesson's written work, which stands after the answers; None without one."""
    written, place = work_of(lesson, school), 1 if marked(lesson, school, regulation) else 0
    given = command_id(school.id, key(lesson.id))
    return None if written is None else work_id(lesson.id, given, place, written)


def work_step(lesson: Lesson, school: School, regulation: Regulation) -> Step | None:
    """Marks of everybody who wrote the lesson's work, given in time; None without a work or where nobody wrote it."""
    written, column = work_of(lesson, school), work_column(lesson, school, regulation)
    if written is None or column is None:
        return None
    at = works.marked_at(lesson, written, school, regulation, chance.of_lesson(lesson.id, "marked"))
    command = fill(lesson, column, written, school, regulation)
    if not command.marks:
        return None
    return Step(at=at, person=teacher_of(lesson, school), key=f"work/{lesson.id}", command=command)


def work_of(lesson: Lesson, school: School) -> str | None:
    found = works.work_of(lesson, nth_of(lesson, school), school)
    return None if found is None else found[0]


def fill(lesson: Lesson, column: UUID, kind: str, school: School, regulation: Regulation) -> FillColumn:
    dice, mild = chance.of_lesson(lesson.id, "work"), lesson.date in regulation.adaptation
    parts = 2 if regulation.work_kinds[kind].fraction else 1
    marks = tuple(
        ColumnMark(
            pupil=pupil, value="/".join(str(chance.mark(pupil, dice, mild=mild)) for _ in range(parts))
        )
        for pupil in present(lesson, school)
    )
    return FillColumn(lesson=lesson.id, work=column, marks=marks, confirmed=True)
