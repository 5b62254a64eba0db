"""What the school and the families say to each other: one family on paper with its weekly slips, a comment, a
recommendation (7.2, R-190, R-197)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from commands.importing import ids
from commands.paper_informing import DeclarePaperInforming
from commands.remarks import WriteRemark
from commands.slips import HandOutSlips, PrepareSlips
from ledger.regulation import Regulation
from ledger.school import Klass, School
from ledger.span import monday_of
from ledger.timetable import Lesson
from web.demo.school_days import at, before
from web.demo.steps import Look, Step, system
from web.demo.theft import CHILD, CLASS

SUBJECT = "Алгебра"
WEEKS = 4  # ago the family declared it
DOCUMENT = "заявление от {:%d.%m.%Y}: интернета дома нет"
COMMENT = "Решает верно, но не записывает условие: за это снижаю."
ADVICE = "Повторить действия со степенями: учебник, § 4–6, по десять примеров в день."


def steps(school: School, regulation: Regulation, now: datetime) -> Iterator[Step]:
    klass = next(klass for klass in school.classes.values() if klass.title == CLASS)
    days = before(school, now)
    yield from _remarks(klass, school, days)
    if regulation.paper_slip.on:
        yield from _on_paper(klass, school, days)


def _on_paper(klass: Klass, school: School, days: tuple[date, ...]) -> Iterator[Step]:
    """The slips of every week are handed out but the last, which waits for the class teacher."""
    pupil = _family(klass, school, days[-1])
    mondays = sorted({monday_of(day) for day in days})[-WEEKS - 1 : -1]
    leads = ids.person(school.id, "gromova")
    if pupil is None or not mondays:
        return
    first = next(day for day in days if day >= mondays[0])
    declared = DeclarePaperInforming(pupil=pupil, first=first, document=DOCUMENT.format(first))
    yield Step(at=at(first, 8, 5), person=leads, key="paper/declared", command=declared)
    for monday in mondays:
        last = max(day for day in days if monday_of(day) == monday)
        yield system(at(last, 15, 0), f"paper/{monday}", _prepared(klass.id, monday, pupil))
        if monday != mondays[-1]:
            handed = HandOutSlips(class_id=klass.id, week=monday, pupils=(pupil,), receivers=(pupil,))
            yield Step(at=at(last, 15, 25), person=leads, key=f"paper/{monday}/handed", command=handed)


def _prepared(class_id: UUID, monday: date, pupil: UUID) -> Callable[[Look], PrepareSlips]:
    def made(look: Look) -> PrepareSlips:
        head = look.house.store.head(look.asking.school).position
        return PrepareSlips(class_id=class_id, week=monday, position=head, pupils=(pupil,))

    return made


def _family(klass: Klass, school: School, on: date) -> UUID | None:
    """The last of the class with a guardian: the demonstration's own child is not on paper."""
    own = [pupil for pupil in school.pupils_of_class(klass.id, on) if school.pupils[pupil].guardians]
    maria = ids.pupil(school.id, CHILD)
    return next((pupil for pupil in reversed(own) if pupil != maria), None)


def _remarks(klass: Klass, school: School, days: tuple[date, ...]) -> Iterator[Step]:
    page = next(
        page
        for page in school.pages_of_class(klass.id, klass.year)
        if school.subjects[page.subject].title == SUBJECT and page.pupil is None
    )
    lessons: list[Lesson] = [each for each in school.timetable.by_journal[page.id] if each.date in days]
    if not lessons:
        return
    teacher, maria = school.teachers_of(page.id, days[-1])[0], ids.pupil(school.id, CHILD)
    comment = WriteRemark(
        pupil=maria, kind="comment", journal=page.id, lesson=lessons[-1].id, work=lessons[-1].id, text=COMMENT
    )
    made = lessons[-1].ends + timedelta(hours=1)
    yield Step(at=made, person=teacher, key="remark/comment", command=comment)
    advice = WriteRemark(pupil=maria, kind="recommendation", journal=page.id, text=ADVICE)
    yield Step(at=at(days[-1], 16, 10), person=teacher, key="remark/advice", command=advice)
