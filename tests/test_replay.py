"""A second opinion of random histories: plain rules over the entries say what the pages say, at any position."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from uuid import UUID, uuid5

import pytest

from commands.attendance import NoteAbsence, WithdrawAbsence
from commands.deciding import Conflict, Refusal
from commands.homework import SetHomework, SetNoHomework
from commands.lessons import RecordTopic
from commands.marks import AddWork, GiveMark, WithdrawMark
from commands.taking_back import TakeBack
from ledger.entry import Category
from ledger.lesson import Sheet
from ledger.replay import differing, lesson_says
from projections import second_opinion
from tests.correction_cases import TRIMESTER, approves, asks, marked, of_mark, sheet_of, voided
from tests.projections.conftest import paper  # noqa: F401
from tests.projections.pouring import Paper, caught_up
from tests.story import Story
from tests.world import SCHOOL_ID, given_lesson, named

PUPILS = ("Антипина Дарья", "Вуквукай Илья", "Каляна Мария")
LESSON, PAGE = given_lesson("7А Алгебра", "2026-10-12"), named("7А Алгебра")
STEPS = 60


class History:
    """Sixty things somebody does on the day of a lesson, one a second; then cases and Acts about it."""

    def __init__(self, seed: int) -> None:
        self.random, self.story = Random(seed), Story()
        self.now = self.story.at("2026-10-12 10:10")
        self.done = self.taken_back = self.voids = self.corrected = 0
        for _ in range(STEPS):
            self.step()
        for name in PUPILS:
            marked(self.story, "Соколова", "2026-10-13 09:00", PAGE, TRIMESTER, "period", name, "4")
        self.correct()
        for _ in range(4):
            self.void(Category.LESSON, LESSON.id)
        self.void(Category.PERIOD, sheet_of(PAGE, TRIMESTER))

    def sheet(self) -> Sheet:
        return self.story.sheet(LESSON)

    def seen(self, pupil: UUID) -> int:
        standing = self.sheet().marks.get((LESSON.id, pupil))
        return standing.position if standing else 0

    def step(self) -> None:
        self.now, self.done = self.now + timedelta(seconds=1), self.done + 1
        last = uuid5(SCHOOL_ID, f"step {self.done - 1}")
        pupil, random = named(self.random.choice(PUPILS)), self.random
        sheet = self.sheet()
        topic, homework = sheet.topic, sheet.homework
        absent = sheet.absences.get(pupil)
        commands = (
            GiveMark(
                lesson=LESSON.id,
                work=LESSON.id,
                pupil=pupil,
                value=random.choice("2345"),
                seen=self.seen(pupil),
            ),
            WithdrawMark(lesson=LESSON.id, work=LESSON.id, pupil=pupil, seen=self.seen(pupil)),
            NoteAbsence(lesson=LESSON.id, pupil=pupil),
            WithdrawAbsence(
                lesson=LESSON.id,
                pupil=pupil,
                came_late=random.random() < 0.5,
                seen=absent.position if absent else 0,
            ),
            RecordTopic(lesson=LESSON.id, text=f"Тема {self.done}", seen=topic.position if topic else 0),
            SetHomework(
                lesson=LESSON.id,
                text=f"№ {self.done}",
                manner=("written",),
                seen=homework.position if homework else 0,
            ),
            SetNoHomework(lesson=LESSON.id, seen=homework.position if homework else 0),
            TakeBack(command=last),
        )
        command = random.choice(commands)
        try:
            self.story.do("Соколова", self.now, command, id=uuid5(SCHOOL_ID, f"step {self.done}"))
        except (Refusal, Conflict):
            return
        self.taken_back += isinstance(command, TakeBack)

    def correct(self) -> None:
        name = self.random.choice(PUPILS)
        item = of_mark(LESSON, name, self.random.choice("2345"), self.seen(named(name)))
        try:
            refs = asks(self.story, "Соколова", "2026-10-15 10:00", item)
            approves(self.story, "Дьячкова", "2026-10-15 11:00", *refs)
        except Refusal:
            return
        self.corrected += 1

    def void(self, category: Category, stream: UUID) -> None:
        """Of voids too: what an annulled Act made void stands again."""
        self.voids += 1
        dead = self.random.sample([entry.position for entry in self.story.entries(stream)], k=2)
        voided(self.story, f"2026-10-16 1{self.voids}:00", category, stream, *sorted(dead))


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_the_pages_of_a_random_history_say_what_its_entries_say(seed: int, paper: Paper) -> None:  # noqa: F811
    history = History(seed)
    assert history.taken_back > 0
    assert history.voids == 5
    paper.pour(history.story.store)
    caught_up(paper)
    for when in (None, "2026-10-12 10:10:30", "2026-10-13 10:00", "2026-10-15 12:00", "2026-10-16 12:00"):
        with paper.reading(when) as reading:
            assert second_opinion.compare(paper.pool, reading) == [], when


def test_some_of_these_histories_have_a_correction() -> None:
    assert sum(History(seed).corrected for seed in (1, 2, 3, 4)) > 0


def test_a_page_that_lies_about_one_cell_is_found() -> None:
    story = Story()
    given = GiveMark(lesson=LESSON.id, work=LESSON.id, pupil=named(PUPILS[0]), value="4")
    story.do("Соколова", "2026-10-12 10:10", given)
    ours = lesson_says(LESSON.id, story.entries(LESSON.id))
    place = ("cell", LESSON.id, LESSON.id, named(PUPILS[0]), "mark")
    assert ours[place] == "4"
    assert list(differing(ours, ours | {place: "5"})) == [(place, "4", "5")]


def test_a_literacy_mark_has_a_second_opinion_too(paper: Paper) -> None:  # noqa: F811
    """It stands on the page of Russian, in a column of its own (R-126); one is left, one was taken away."""
    story, anna = Story(), named("Омрына Анна")
    lessons = [given_lesson("10А Литература", "2026-10-05", number) for number in (1, 2)]
    for hour, lesson in enumerate(lessons, 10):
        added = story.do("Лебедева", f"2026-10-05 {hour}:00", AddWork(lesson=lesson.id, kind="essay"))
        work = UUID(added.parts[-1]["work"])
        given = GiveMark(lesson=lesson.id, work=work, pupil=anna, value="5/4")
        seen = story.do("Лебедева", f"2026-10-05 {hour}:10", given).last or 0
    away = WithdrawMark(lesson=lesson.id, work=work, pupil=anna, seen=seen)
    story.do("Лебедева", "2026-10-05 12:00", away)
    paper.pour(story.store)
    caught_up(paper)
    with paper.reading(None) as reading:
        assert second_opinion.compare(paper.pool, reading) == []
    (left,) = paper.rows("cells", f"lesson = '{lessons[0].id}' AND value = '4'")
    with paper.pool.connection() as connection:
        connection.execute("UPDATE pages.cells SET value = '2' WHERE work = %s", (left["work"],))
    place = ("cell", lessons[0].id, left["work"], anna, "mark")
    with paper.reading(None) as reading:
        assert second_opinion.compare(paper.pool, reading) == [(place, "4", "2")]
