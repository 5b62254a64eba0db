"""AT-21: the indicators of Perm 3.6 as the deputy sees them on 28.10.2026, before the lessons of that day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from commands.error_reports import ReportError
from commands.founding import AdoptRegulation
from commands.lessons import RecordTopic
from commands.marks import GiveMark
from ledger import windows
from ledger.events import journals, roster, timetable
from ledger.events.calendar import BellsAssigned
from ledger.streams import calendar
from ledger.timetable import Lesson
from projections import inbox
from projections.control.report import Asked
from tests.projections.conftest import paper  # noqa: F401
from tests.projections.control.reported import figures, line, lines, poured, report
from tests.projections.control.signed_in import account, signs_in
from tests.projections.pouring import KEY_OF, Paper
from tests.story import Story
from tests.world import FIRST, LAST, PAGES, SCHOOL_ID, named

NOW = "2026-10-28 08:00"
QUARTER = (FIRST, date(2026, 10, 30))
EIGHTH = named("8Б")
ALGEBRA = named("8Б Алгебра")
PUPILS = (
    *("Югова Тая", "Агафонова Вера", "Бояршинова Яна", "Вшивков Пётр", "Габова Лия", "Дылдин Марк"),
    *("Епишин Лев", "Жужгова Ева", "Зырянов Ян", "Истомина Ада", "Каменских Юрий", "Лядов Фёдор"),
    *(
        "Мехоношин Олег",
        "Накарякова Зоя",
        "Останина Инна",
        "Пермяков Никита",
        "Реутова Нина",
        "Субботина Рита",
    ),
    *("Трясцын Захар", "Ужегов Роман", "Федосеева Эмма", "Хлызов Борис", "Чазов Тимур", "Шилова Ксения"),
    "Мальцев Глеб",
)
# Thirteen teachers of 8Б, with the place of each in the week (weekday, number), beside the seven of tests.world.
OTHERS = {
    "Химия": ("Попова", (5, 1)),
    "Биология": ("Ершова", (5, 2)),
    "История": ("Быков", (5, 3)),
    "Обществознание": ("Быкова", (5, 4)),
    "География": ("Носкова", (5, 5)),
    "Музыка": ("Рогожникова", (5, 6)),
    "Информатика": ("Ощепков", (1, 2)),
    "Технология": ("Кетов", (1, 3)),
    "Черчение": ("Мокрушина", (1, 4)),
    "Изобразительное искусство": ("Плешкова", (1, 5)),
    "Английский язык": ("Старцева", (1, 6)),
    "Краеведение": ("Шардин", (2, 2)),
}
SILENT = ("Дьячкова", "Шардин")  # the two of twenty who write nothing


def page_events(subject: str, teacher: str, *places: tuple[int, int]) -> Iterator[tuple[UUID, object]]:
    page = named(f"8Б {subject}")
    yield page, journals.JournalListed(class_id=EIGHTH, group=None, subject=named(subject), year=2026)
    yield (
        page,
        journals.WorkloadAssigned(teacher=named(teacher), first=FIRST, until=None, hours=100 * len(places)),
    )
    for weekday, number in places:
        slot = timetable.SlotScheduled(
            journal=page, weekday=weekday, number=number, week="all", first=FIRST, last=LAST, room=None
        )
        yield named(f"8Б {subject} {weekday} {number}"), slot


def class_events() -> Iterator[tuple[UUID, object]]:
    """8Б with algebra from Monday to Thursday: 33 lessons until the morning of 28.10."""
    yield EIGHTH, roster.ClassFormed(year=2026, title="8Б", grade=8, level="ООО")
    for day in range(1, 6):
        bells = BellsAssigned(class_id=EIGHTH, weekday=day, schedule=named("звонки"), first=FIRST)
        yield calendar(SCHOOL_ID), bells
    yield from page_events("Алгебра", "Белова", *((day, 1) for day in range(1, 5)))
    for subject, (teacher, place) in OTHERS.items():
        added = journals.SubjectAdded(subject=named(subject), title=subject, short=subject[:3], attributes=())
        yield calendar(SCHOOL_ID), added
        yield from page_events(subject, teacher, place)
    for pupil in PUPILS:
        yield named(pupil), roster.PupilEnrolled(class_id=EIGHTH, first=FIRST, order=None)
        yield named(pupil), roster.GuardianLinked(guardian=named(f"мать: {pupil}"), kinship="мать")


def gymnasium(*more: tuple[UUID, object]) -> Story:
    """8Б under the act of Perm from 1 September on."""
    story = Story(*class_events(), *more)
    toml = (Path(windows.__file__).parent / "regulations" / "perm.toml").read_text(encoding="utf-8")
    adopt = AdoptRegulation(title="perm.toml", toml=toml, in_force=FIRST)
    story.do("Носов", "2026-09-01 00:05", adopt)
    return story


def lessons(story: Story, page: UUID) -> list[Lesson]:
    """Of the page, over by the morning of 28.10."""
    known = story.house.schools.current(SCHOOL_ID).timetable.by_journal[page]
    return [lesson for lesson in known if lesson.date < date(2026, 10, 28)]


def recorded(story: Story) -> list[tuple[str, Lesson]]:
    """The lessons with a topic: 31 of the 33 of algebra, the first one of every other teacher who writes."""
    pages = {
        teacher: named(f"{title} {subject}") for (title, subject), (teacher, _) in reversed(PAGES.items())
    }
    pages |= {teacher: named(f"8Б {subject}") for subject, (teacher, _) in OTHERS.items()}
    firsts = [(who, lessons(story, page)[0]) for who, page in pages.items() if who not in SILENT]
    return [*firsts, *(("Белова", lesson) for lesson in lessons(story, ALGEBRA)[:31])]


def quarter(*more: tuple[UUID, object]) -> Story:
    """In algebra two pupils have no mark, three one, twenty two."""
    story = gymnasium(*more)
    _, fifth, sixth, *_ = lessons(story, ALGEBRA)
    given = [(fifth, pupil) for pupil in PUPILS[2:]] + [(sixth, pupil) for pupil in PUPILS[5:]]
    told: list[tuple[str, Lesson, Any]] = [
        (who, lesson, RecordTopic(lesson=lesson.id, text=f"Тема {n}", confirmed=True))
        for n, (who, lesson) in enumerate(recorded(story), start=1)
    ]
    told += [
        ("Белова", lesson, GiveMark(lesson=lesson.id, work=lesson.id, pupil=named(pupil), value="4"))
        for lesson, pupil in given
    ]
    for who, lesson, command in sorted(told, key=lambda each: each[1].ends):
        story.do(who, lesson.ends.isoformat(" "), command)
    return story


@pytest.fixture
def gymnasium_paper(paper: Paper) -> Paper:  # noqa: F811
    """Twenty of the twenty-five families have signed in."""
    poured(paper, quarter())
    for n, pupil in enumerate(PUPILS):
        own = account(paper, named(f"мать: {pupil}"))
        signs_in(paper, own, *(["2026-10-20 19:00"] if n < 20 else []))
    return paper


def of_quarter(**filters: UUID) -> Asked:
    return Asked(first=QUARTER[0], last=QUARTER[1], **filters)


OF_ALGEBRA = of_quarter(class_id=EIGHTH, subject=named("Алгебра"))


@pytest.mark.case("AT-21")
def test_18_of_20_teachers_take_part(gymnasium_paper: Paper) -> None:
    found = report(gymnasium_paper, "C-01", of_quarter(), NOW)
    assert figures(found) == {"participation": (90.0, 18, 20)}
    silent = {line.key for line in found.lines if line.values[-1] == "нет"}
    assert silent == {str(named(who)) for who in SILENT}


@pytest.mark.case("AT-21")
def test_two_of_25_pupils_have_no_mark_and_three_have_one(gymnasium_paper: Paper) -> None:
    none, one = (report(gymnasium_paper, code, OF_ALGEBRA, NOW) for code in ("C-02", "C-03"))
    assert figures(none) == {"share": (8.0, 2, 25)}
    assert figures(one) == {"share": (12.0, 3, 25)}
    assert [line(each, subject="Алгебра")["few"] for each in (none, one)] == [2, 3]


@pytest.mark.case("AT-21")
def test_20_of_25_families_take_part(gymnasium_paper: Paper) -> None:
    found = report(gymnasium_paper, "C-06", of_quarter(class_id=EIGHTH), NOW)
    assert figures(found)["families"] == (80.0, 20, 25)
    assert [own["state"] for own in lines(found)].count("не входили") == 5


@pytest.mark.case("AT-21")
@pytest.mark.parametrize(("when", "over"), [("2026-10-28 09:00", False), ("2026-10-28 09:00:01", True)])
def test_an_error_nobody_answered_for_a_day_stands_before_the_director(
    paper: Paper,  # noqa: F811
    when: str,
    over: bool,
) -> None:
    """Perm 3.6: reported on 27.10 at 09:00 by the mother of Мальцев Глеб."""
    story, pupil = quarter(), "Мальцев Глеб"
    lesson = lessons(story, ALGEBRA)[1]
    error = ReportError(
        target="mark", journal=ALGEBRA, lesson=lesson.id, work=lesson.id, pupil=named(pupil), text="Была 5"
    )
    story.do(f"мать: {pupil}", "2026-10-27 09:00", error)
    with poured(paper, story).reading(when) as reading:
        page = inbox.page(reading, named("Орлова"), KEY_OF)
    assert [card.text for card in page.escalated] == ["Была 5"] * over
    assert len(page.reports) == 1 - over
