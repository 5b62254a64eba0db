"""Corrections that wait, were approved or declined; what a parent reports, and what was answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from commands.corrections import (
    ApproveCorrections,
    CorrectionItem,
    CorrectionRef,
    DeclineCorrections,
    RequestCorrections,
)
from commands.error_reports import CloseErrorReport, ReportError
from commands.importing import ids
from ledger.entry import Entry
from ledger.lesson import Sheet
from ledger.period_sheet import PERIOD
from ledger.school import School
from ledger.timetable import Lesson
from web.demo.period_marks import Page
from web.demo.school_days import at, before
from web.demo.steps import Look, Step, command_id

CHILD = "p117"  # of the parent who signs in (web/demo/sign_ins.py)
MISTYPED = "Ошиблась строкой: отметка внесена соседу по списку, работа в тетради это показывает."
TOPIC = "Тема внесена из плана параллельного класса, урок был о другом."
TAUGHT = "Решение задач по теме «Плотность вещества»"
RAISED = "Ученик просит отметку выше, обещает исправить."
REFUSED = "Просьба ученика — не основание: исправляют только ошибочно внесённое."
REPORTED = "В тетради за эту работу стоит другая отметка. Проверьте, пожалуйста."
ASKED = "Дочь не помнит этой отметки. Она точно её?"
ANSWER = "Проверили с учителем по его записям: отметка её и верна."


def steps(found: tuple[Page, ...], school: School, now: datetime) -> Iterator[Step]:
    evening = at(before(school, now)[-1], 20, 50)
    algebra = _page(school, "7А", "Алгебра")
    yield _request("waiting", _marked(algebra, school, 12, now), MISTYPED, evening, school)
    yield _topic(_taught(_page(school, "7А", "Физика"), school, 8, now)[-1], evening, school)
    own = (page for page in found if school.teaches(_person(school, "sokolova"), page.journal, now.date()))
    yield from _corrected(next(own, None), school, now)
    declined = _marked(_page(school, "7А", "Русский язык"), school, 10, now)
    yield _request("declined", declined, RAISED, evening - timedelta(hours=5), school)
    yield Step(
        at=evening - timedelta(hours=4),
        person=_person(school, "dyachkova"),
        key="correction/decline",
        command=_decline(declined, school),
    )
    yield from _reports(school, now)


def _corrected(page: Page | None, school: School, now: datetime) -> Iterator[Step]:
    """A mark that was counted in a period mark: the teacher is asked to look at that again."""
    if page is None:
        return

    def has_period_mark(look: Look, pupil: UUID) -> bool:
        return (PERIOD, pupil) in look.period_sheet(page.journal, page.period).marks

    place = _mark_in(_taught(page.journal, school, 9, now), has_period_mark)
    yield _request("approved", place, MISTYPED, page.made + timedelta(minutes=3), school)
    yield Step(
        at=page.made + timedelta(minutes=21),
        person=_person(school, "dyachkova"),
        key="correction/approve",
        command=_approve(place, school),
    )


Place = Callable[[Look], tuple[Lesson, UUID, UUID, Entry]]  # lesson, work, pupil, the mark


def _marked(journal: UUID, school: School, days: int, now: datetime) -> Place:
    """The first mark of the page's last marked lesson that is `days` old."""
    return _mark_in(_taught(journal, school, days, now), lambda look, pupil: True)


def _taught(journal: UUID, school: School, days: int, now: datetime) -> list[Lesson]:
    until = now.date() - timedelta(days=days)
    return [lesson for lesson in school.timetable.by_journal[journal] if lesson.date <= until]


def _of_several(titles: Iterable[str], school: School, days: int, now: datetime) -> list[Lesson]:
    pages = (_taught(_page(school, "7А", title), school, days, now) for title in titles)
    return sorted((lesson for page in pages for lesson in page), key=lambda lesson: lesson.starts)


def _mark_in(lessons: Iterable[Lesson], whose: Callable[[Look, UUID], bool]) -> Place:
    wanted = tuple(lessons)

    def place(look: Look) -> tuple[Lesson, UUID, UUID, Entry]:
        for lesson in reversed(wanted):
            for (work, pupil), entry in _marks(look(lesson.id)):
                if whose(look, pupil):
                    return lesson, work, pupil, entry
        raise LookupError("the demonstration has no mark there")

    return place


def _marks(sheet: Sheet) -> list[tuple[tuple[UUID, UUID], Entry]]:
    """In the order they were first given: what is corrected keeps its place."""
    return sorted(sheet.marks.items(), key=lambda cell: str(cell[0]))


def _request(name: str, place: Place, reason: str, when: datetime, school: School) -> Step:
    def made(look: Look) -> RequestCorrections:
        lesson, work, pupil, entry = place(look)
        old = "/".join(map(str, entry.event.value))  # type: ignore[attr-defined]
        item = CorrectionItem(
            target="mark",
            lesson=lesson.id,
            work=work,
            pupil=pupil,
            new="4" if old == "5" else "5" if "/" not in old else "5/5" if old != "5/5" else "4/4",
            seen=entry.position,
        )
        return _asked(item, "erroneous_entry", reason)

    return Step(at=when, person=_teacher(name, school), key=f"correction/{name}", command=made)


def _teacher(name: str, school: School) -> UUID:
    return _person(school, "lebedeva" if name == "declined" else "sokolova")


def _topic(lesson: Lesson, when: datetime, school: School) -> Step:
    def made(look: Look) -> RequestCorrections:
        topic = look(lesson.id).topic
        assert topic is not None  # the ordinary lesson has one
        item = CorrectionItem(target="topic", lesson=lesson.id, new=TAUGHT, seen=topic.position)
        return _asked(item, "erroneous_entry", TOPIC)

    return Step(at=when, person=_person(school, "petrov"), key="correction/topic", command=made)


def _asked(item: CorrectionItem, ground: str, reason: str) -> RequestCorrections:
    return RequestCorrections(items=(item,), ground=ground, reason=reason, confirmed=True)


def _ref(name: str, place: Place, look: Look, school: School) -> tuple[CorrectionRef]:
    case = uuid5(command_id(school.id, f"correction/{name}"), "0")
    return (CorrectionRef(case=case, lesson=place(look)[0].id),)


def _approve(place: Place, school: School) -> Callable[[Look], ApproveCorrections]:
    return lambda look: ApproveCorrections(cases=_ref("approved", place, look, school), confirmed=True)


def _decline(place: Place, school: School) -> Callable[[Look], DeclineCorrections]:
    return lambda look: DeclineCorrections(
        cases=_ref("declined", place, look, school), reason=REFUSED, confirmed=True
    )


def _reports(school: School, now: datetime) -> Iterator[Step]:
    """Of the demonstration's parent: one nearly a day old, one answered."""
    pupil = ids.pupil(school.id, CHILD)
    parent, deputy = school.pupils[pupil].guardians[0], _person(school, "dyachkova")
    waits, answered = (
        _mark_in(_of_several(titles, school, days, now), lambda look, whose: whose == pupil)
        for titles, days in ((("Русский язык", "Литература"), 2), (("Алгебра", "Геометрия"), 12))
    )
    yield Step(
        at=now - timedelta(hours=22, minutes=20),
        person=parent,
        key="report",
        command=_report(waits, REPORTED),
    )
    when = at(now.date(), 19, 10, days_before=6)
    yield Step(at=when, person=parent, key="report/earlier", command=_report(answered, ASKED))
    closed = _closed(answered, uuid5(command_id(school.id, "report/earlier"), "report"))
    yield Step(at=when + timedelta(hours=15), person=deputy, key="report/answered", command=closed)


def _report(place: Place, text: str) -> Callable[[Look], ReportError]:
    def made(look: Look) -> ReportError:
        lesson, work, pupil, _ = place(look)
        return ReportError(
            target="mark",
            journal=lesson.journal,
            lesson=lesson.id,
            work=work,
            pupil=pupil,
            text=text,
            confirmed=True,
        )

    return made


def _closed(place: Place, report: UUID) -> Callable[[Look], CloseErrorReport]:
    def made(look: Look) -> CloseErrorReport:
        lesson = place(look)[0]
        return CloseErrorReport(
            report=report,
            journal=lesson.journal,
            lesson=lesson.id,
            corrected=False,
            answer=ANSWER,
            confirmed=True,
        )

    return made


def _page(school: School, klass: str, subject: str) -> UUID:
    return next(
        page.id
        for page in school.journals.values()
        if (school.klass_of(page.id).title, school.subject_of(page.id).title) == (klass, subject)
        and page.pupil is None
    )


def _person(school: School, code: str) -> UUID:
    return ids.person(school.id, code)
