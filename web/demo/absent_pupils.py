"""What class teachers said of absences: every Friday's categories, a few left open in 7А, one «н» disputed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from commands.absences import AbsenceStretch, DisputeAbsence, ExplainAbsences
from ledger.regulation import Regulation
from ledger.school import Klass, School
from ledger.span import monday_of
from ledger.timetable import Lesson
from web.demo import chance, pupils
from web.demo.lessons import absent
from web.demo.school_days import at, before
from web.demo.steps import Step

LEFT_OPEN = "7А"  # whose class teacher has the last week still to explain
REASON = "На этом уроке ученик был: в амбулаторию ушёл после звонка, с запиской."
OF_HUNDRED = (60, 90, 100)  # illness, a good reason, none
NOTE = "справка № {}"


def explanations(school: School, regulation: Regulation, now: datetime) -> Iterator[Step]:
    weeks: dict[date, list[date]] = defaultdict(list)
    for day in before(school, now):
        weeks[monday_of(day)].append(day)
    finished = sorted(weeks)[:-1]
    for klass in school.classes.values():
        for monday in finished[:-1] if klass.title == LEFT_OPEN else finished:
            stretches = tuple(_stretches(klass, weeks[monday], school, regulation))
            if stretches:
                made = at(weeks[monday][-1], 15, 40)
                command = ExplainAbsences(stretches=stretches, confirmed=True)
                teacher = next(teacher for teacher, span in klass.teachers if made.date() in span)
                yield Step(at=made, person=teacher, key=f"absences/{klass.id}/{monday}", command=command)


def _stretches(
    klass: Klass, days: list[date], school: School, regulation: Regulation
) -> Iterator[AbsenceStretch]:
    """Whoever was away in these days, each as one stretch."""
    taught = [day for day in days if school.distance(klass.id, day) is None]
    for pupil in school.pupils_of_class(klass.id, days[-1]):
        away = [
            day for day in taught if pupils.away(pupil, day, school) and not school.pupils[pupil].at_home(day)
        ]
        if away:
            dice = chance.of_lesson(pupil, str(away[0])).randrange(100)
            nth = next(n for n, share in enumerate(OF_HUNDRED) if dice < share)
            yield AbsenceStretch(
                pupil=pupil,
                first=away[0],
                last=away[-1],
                category=regulation.absence_categories[nth],
                document=NOTE.format(100 + dice) if nth == 0 else "",
            )


def dispute(school: School, now: datetime, unfilled: frozenset[UUID]) -> Iterator[Step]:
    """The last «н» of 7А that stands since before yesterday."""
    klass = next(klass for klass in school.classes.values() if klass.title == LEFT_OPEN)
    lesson, pupil = next(_absences(klass, school, before(school, now)[:-1], unfilled))
    made = at(lesson.date + timedelta(days=1), 8, 10)
    command = DisputeAbsence(lesson=lesson.id, pupil=pupil, reason=REASON, confirmed=True)
    teacher = next(teacher for teacher, span in klass.teachers if made.date() in span)
    yield Step(at=made, person=teacher, key="dispute", command=command)


def _absences(
    klass: Klass, school: School, days: tuple[date, ...], unfilled: frozenset[UUID]
) -> Iterator[tuple[Lesson, UUID]]:
    for day in reversed(days):
        for lesson in school.timetable.by_day[day]:
            own = school.journals[lesson.journal].class_id == klass.id and lesson.id not in unfilled
            for pupil in absent(lesson, school) if own else ():
                if chance.ill(pupil, lesson.date):
                    yield lesson, pupil
