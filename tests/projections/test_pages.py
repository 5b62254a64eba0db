"""What each page says, on PostgreSQL, of a Monday in October told with fixed dates; and said before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

import pytest

from commands.attendance import TakeAttendance
from commands.homework import SetHomework, SetIndividualHomework
from commands.late_entries import CaseRef, LateEntryItem, PermitLateEntries, RequestLateEntry
from commands.lessons import RecordTopic
from commands.marks import AddWork, GiveMark, WithdrawMark
from ledger.late_entry import fold_late_entries
from ledger.streams import late_entries
from projections import day, diary, inbox, journal, lesson, tasks_asked, trail
from projections.reading import NoSuchPage
from tests.projections.pouring import KEY_OF, Paper, caught_up
from tests.projections.test_runner import void
from tests.story import Story
from tests.world import SCHOOL_ID, given_lesson, named

PAGE = named("7А Алгебра")
LESSON = given_lesson("7А Алгебра", "2026-10-12")
NEXT = given_lesson("7А Алгебра", "2026-10-14")
DARYA, ILYA, MARIA = (named(p) for p in ("Антипина Дарья", "Вуквукай Илья", "Каляна Мария"))
MONDAY = date(2026, 10, 12)


@dataclass(frozen=True, kw_only=True)
class Told:
    """The paper, and the positions of what was told."""

    paper: Paper
    work: UUID
    four: int
    five: int
    case: UUID
    asked: int


@pytest.fixture
def told(paper: Paper) -> Told:
    """10:10 a topic, homework, presence, a test; 10:30 a 4, 10:40 a 5 in its place; 14 October: a request."""
    story, id_ = Story(), LESSON.id
    story.do("Соколова", "2026-10-12 10:10", RecordTopic(lesson=id_, text="Линейные уравнения"))
    story.do("Соколова", "2026-10-12 10:11", SetHomework(lesson=id_, text="§ 5, № 3", manner=()))
    card = SetIndividualHomework(lesson=id_, pupil=DARYA, text="карточка 2")
    story.do("Соколова", "2026-10-12 10:12", card)
    story.do("Соколова", "2026-10-12 10:13", TakeAttendance(lesson=id_, absent=(MARIA,)))
    story.do("Соколова", "2026-10-12 10:14", AddWork(lesson=id_, kind="test"))
    work = next(w for w in story.sheet(LESSON).works if w != id_)
    four = story.do(
        "Соколова", "2026-10-12 10:30", GiveMark(lesson=id_, work=id_, pupil=ILYA, value="4")
    ).last
    again = GiveMark(lesson=id_, work=id_, pupil=ILYA, value="5", seen=four or 0)
    five = story.do("Соколова", "2026-10-12 10:40", again).last
    item = LateEntryItem(lesson=id_, target="mark", work=id_, pupil=DARYA)
    asked = story.do("Соколова", "2026-10-14 09:00", RequestLateEntry(items=(item,), reason="болела")).last
    (case,) = fold_late_entries(story.entries(late_entries(SCHOOL_ID, id_))).cases
    paper.pour(story.store)
    caught_up(paper)
    paper.name_pupils()
    assert four is not None
    assert five is not None
    assert asked is not None
    return Told(paper=paper, work=work, four=four, five=five, case=case, asked=asked)


def cell_of(page: journal.JournalPage, pupil: UUID, work: UUID) -> journal.Cell:
    column = next(n for n, column in enumerate(page.columns) if column.work == work)
    return next(row for row in page.rows if row.pupil == pupil).cells[column]


def test_the_journal_shows_columns_cells_and_what_was_covered(told: Told) -> None:
    with told.paper.reading("2026-10-12 12:00") as reading:
        page = journal.page(reading, PAGE)
    assert (page.class_title, page.subject, page.year) == ("7А", "Алгебра", 2026)
    assert [row.name for row in page.rows][:2] == ["Антипина Дарья", "Вуквукай Илья"]
    mark = cell_of(page, ILYA, LESSON.id)
    assert (mark.value, mark.seen, mark.rewritten, mark.absent) == ("5", told.five, 1, False)
    assert cell_of(page, MARIA, LESSON.id).absent
    assert cell_of(page, MARIA, told.work).absent  # an «н» stands in every column of its lesson
    assert cell_of(page, DARYA, LESSON.id) == journal.EMPTY
    columns = [(c.work, c.open, c.first_of_lesson) for c in page.columns if c.lesson == LESSON.id]
    assert columns == [(LESSON.id, True, True), (told.work, True, False)]
    line = next(line for line in page.lines if line.lesson == LESSON.id)
    assert (line.topic, line.homework, line.homework_due) == ("Линейные уравнения", "§ 5, № 3", NEXT.date)
    assert next(row.mean for row in page.rows if row.pupil == ILYA) == "5,00"
    assert [period.title for period in page.periods if period.chosen] == ["I триместр"]
    assert page.filled is not None
    assert page.filled.by == named("Соколова")


def test_a_mark_taken_away_leaves_a_cell_that_says_it_has_a_history(paper: Paper) -> None:
    story, id_ = Story(), LESSON.id
    for pupil, minute in ((ILYA, 30), (DARYA, 40)):
        give = GiveMark(lesson=id_, work=id_, pupil=pupil, value="4")
        four = story.do("Соколова", f"2026-10-12 10:{minute}", give).last or 0
        gone = WithdrawMark(lesson=id_, work=id_, pupil=pupil, seen=four)
        story.do("Соколова", f"2026-10-12 10:{minute + 9}", gone)
    story.do("Соколова", "2026-10-12 10:50", GiveMark(lesson=id_, work=id_, pupil=DARYA, value="3"))
    paper.pour(story.store)
    caught_up(paper)
    paper.name_pupils()
    with paper.reading("2026-10-12 12:00") as reading:
        page, panel = journal.page(reading, PAGE), lesson.page(reading, id_, KEY_OF)
    with paper.reading("2026-10-12 10:35") as reading:
        before = journal.page(reading, PAGE)
    assert cell_of(page, ILYA, id_) == journal.Cell(rewritten=1)
    assert next(row.mean for row in page.rows if row.pupil == ILYA) == ""
    assert next(row.cells for row in panel.pupils if row.pupil == ILYA) == (journal.Cell(rewritten=1),)
    assert cell_of(page, DARYA, id_).value == "3"
    assert cell_of(before, ILYA, id_).value == "4"
    assert cell_of(page, MARIA, id_) == journal.EMPTY


def test_the_journal_of_an_earlier_moment_says_what_it_said_then(told: Told) -> None:
    with told.paper.reading("2026-10-12 10:35") as reading:
        page = journal.page(reading, PAGE)
    mark = cell_of(page, ILYA, LESSON.id)
    assert (mark.value, mark.seen, mark.rewritten) == ("4", told.four, 0)
    assert page.as_of.position == told.four
    assert not page.as_of.live
    with told.paper.reading("2026-10-12 09:00") as reading:
        page = journal.page(reading, PAGE)
    assert all(cell == journal.EMPTY for row in page.rows for cell in row.cells)


def test_a_lesson_nobody_wrote_in_has_its_ready_column_and_no_line_is_missing(told: Told) -> None:
    with told.paper.reading("2026-10-14 12:00") as reading:
        page = journal.page(reading, PAGE)
    assert NEXT.id in {column.work for column in page.columns}
    lines = {line.date: line for line in page.lines}
    assert (lines[NEXT.date].topic, lines[NEXT.date].planned) == (None, False)  # over, and nothing written
    assert lines[date(2026, 10, 16)].planned  # still ahead


def test_today_says_what_is_there_and_until_when_the_rest_is_due(told: Told) -> None:
    with told.paper.reading("2026-10-12 10:00") as reading:
        before = day.page(reading, named("Соколова"), MONDAY)
    with told.paper.reading("2026-10-12 12:00") as reading:
        after = day.page(reading, named("Соколова"), MONDAY)
    (lesson_before,), (lesson_after,) = before.lessons, after.lessons
    assert (lesson_before.topic, lesson_before.homework, lesson_before.attendance) == (False, False, False)
    assert (lesson_after.topic, lesson_after.homework, lesson_after.attendance) == (True, True, True)
    assert (lesson_before.now, lesson_after.now) == ("running", "over")
    assert (lesson_after.absent, lesson_after.marks, lesson_after.pupils) == (1, 1, 6)
    assert lesson_after.homework_due == datetime.fromisoformat(
        "2026-10-12 15:05"
    )  # an hour after the class's last bell
    assert [(w.work, w.without_mark) for w in after.works] == [(told.work, 5)]
    assert after.is_today


def test_a_teacher_is_told_of_the_requests_that_wait(told: Told) -> None:
    with told.paper.reading("2026-10-14 10:00") as reading:
        (waiting,) = tasks_asked.late_entries(reading, named("Соколова"))
    place = waiting.place
    assert place is not None
    assert (waiting.status, place.target, place.date) == ("asked", "mark", MONDAY)
    assert (place.work, place.pupil) == (LESSON.id, DARYA)


def test_topic_and_homework_are_repeated_only_to_a_lesson_that_may_be_written_in(paper: Paper) -> None:
    physics = given_lesson("7А Физика", "2026-10-12")  # the sixth lesson; algebra is the second

    def offered(when: str) -> list[UUID]:
        with paper.reading(when) as reading:
            return [each.id for each in lesson.nearest_open(reading, PAGE, physics)]

    paper.pour(Story().store)
    caught_up(paper)
    assert offered("2026-10-12 09:20") == []  # nothing begun, Friday's deadline past
    assert offered("2026-10-12 09:30") == offered("2026-10-12 23:00") == [LESSON.id]
    assert offered("2026-10-13 00:01") == []
    assert offered("2026-10-14 12:00") == [NEXT.id]


def test_the_lesson_panel_shows_everything_of_one_lesson(told: Told) -> None:
    with told.paper.reading("2026-10-12 12:00") as reading:
        page = lesson.page(reading, LESSON.id, KEY_OF)
    assert (page.topic, page.homework, page.homework_for) == ("Линейные уравнения", "§ 5, № 3", NEXT.date)
    assert [(p.pupil, p.text) for p in page.personal] == [(DARYA, "карточка 2")]
    assert page.attendance_taken
    assert {p.name: p.absent for p in page.pupils}["Каляна Мария"]
    assert [n.date for n in page.next_lessons][:2] == [NEXT.date, date(2026, 10, 16)]
    assert page.parallels == ()
    assert page.version == told.five


def test_the_lesson_panel_of_an_unwritten_lesson_is_ready_to_be_filled(told: Told) -> None:
    with told.paper.reading("2026-10-14 09:30") as reading:
        page = lesson.page(reading, NEXT.id, KEY_OF)
    assert (page.topic, page.version, page.filled, page.attendance_taken) == (None, 0, None, False)
    assert [column.work for column in page.columns] == [NEXT.id]
    assert len(page.pupils) == 6


def test_the_diary_shows_the_child_and_no_other(told: Told) -> None:
    with told.paper.reading("2026-10-12 16:00") as reading:
        ilya = diary.week(reading, ILYA, MONDAY, KEY_OF)
        darya = diary.week(reading, DARYA, MONDAY, KEY_OF)
    algebra = next(each for each in ilya.days[0].lessons if each.lesson == LESSON.id)
    assert [(m.value, m.kind_title, m.rewritten) for m in algebra.marks] == [("5", "Ответ на уроке", 1)]
    assert (algebra.topic, algebra.homework_set, algebra.absent) == ("Линейные уравнения", "§ 5, № 3", False)
    due = {each.lesson: each.homework for week in (darya,) for d in week.days for each in d.lessons}[NEXT.id]
    assert [(h.text, h.personal, h.late) for h in due] == [
        ("§ 5, № 3", False, False),
        ("карточка 2", True, False),
    ]
    assert due[0].entered_at == datetime.fromisoformat("2026-10-12 10:11")
    of_ilya = {each.lesson: each.homework for d in ilya.days for each in d.lessons}[NEXT.id]
    assert [h.text for h in of_ilya] == ["§ 5, № 3"]
    assert [d.date.day for d in ilya.days][:6] == [12, 13, 14, 15, 16, 17]


def test_the_inbox_shows_what_waits_and_after_the_word_what_was_decided(paper: Paper) -> None:
    story = Story()
    item = LateEntryItem(lesson=LESSON.id, target="lesson")
    story.do("Соколова", "2026-10-14 09:00", RequestLateEntry(items=(item,), reason="болела"))
    (case,) = fold_late_entries(story.entries(late_entries(SCHOOL_ID, LESSON.id))).cases
    word = PermitLateEntries(cases=(CaseRef(case=case, lesson=LESSON.id),), reason="справка")
    story.do("Ефимова", "2026-10-14 11:00", word)
    paper.pour(story.store)
    caught_up(paper)
    with paper.reading("2026-10-14 10:00") as reading:
        before = inbox.page(reading, named("Ефимова"), KEY_OF)
    with paper.reading("2026-10-14 12:00") as reading:
        after = inbox.page(reading, named("Ефимова"), KEY_OF)
    (waiting,) = before.waiting
    assert (waiting.case, waiting.reason, waiting.requester) == (case, "болела", named("Соколова"))
    assert before.decided.late_entries == after.waiting == ()
    (decided,) = after.decided.late_entries
    assert (decided.status, decided.decision_reason, decided.decided_by) == (
        "permitted",
        "справка",
        named("Ефимова"),
    )
    assert decided.until is not None


def test_the_inbox_says_what_stands_where_something_is_to_be_entered(paper: Paper) -> None:
    story, id_ = Story(), LESSON.id
    story.do("Соколова", "2026-10-12 10:30", GiveMark(lesson=id_, work=id_, pupil=ILYA, value="4"))
    items = (
        LateEntryItem(lesson=id_, target="mark", work=id_, pupil=ILYA),
        LateEntryItem(lesson=id_, target="mark", work=id_, pupil=DARYA),
        LateEntryItem(lesson=id_, target="topic"),
        LateEntryItem(lesson=id_, target="column", work=id_),
    )
    story.do("Соколова", "2026-10-14 09:00", RequestLateEntry(items=items, reason="болела"))
    paper.pour(story.store)
    caught_up(paper)
    with paper.reading("2026-10-14 10:00") as reading:
        waiting = inbox.page(reading, named("Ефимова"), KEY_OF).waiting
    assert {(case.place.target, case.place.pupil): case.current for case in waiting} == {
        ("mark", ILYA): "4",
        ("mark", DARYA): "",
        ("topic", None): "",
        ("column", None): None,
    }


def test_the_trail_of_a_cell_keeps_what_was_replaced_and_what_an_act_voided(paper: Paper) -> None:
    story = Story()
    give = GiveMark(lesson=LESSON.id, work=LESSON.id, pupil=ILYA, value="4")
    four = story.do("Соколова", "2026-10-12 10:30", give).last or 0
    again = GiveMark(lesson=LESSON.id, work=LESSON.id, pupil=ILYA, value="5", seen=four)
    five = story.do("Соколова", "2026-10-12 10:40", again).last or 0
    paper.pour(story.store)
    caught_up(paper)
    with paper.reading("2026-10-12 12:00") as reading:
        before = trail.cell(reading, paper.store, LESSON.id, LESSON.id, ILYA, KEY_OF)
    assert [(t.position, t.value, t.fate) for t in before.lines] == [
        (five, "5", "stands"),
        (four, "4", "replaced"),
    ]
    story.at("2026-10-13 12:00")
    void(story, five)
    paper.pour(story.store)
    caught_up(paper)
    with paper.reading("2026-10-13 13:00") as reading:
        after = trail.cell(reading, paper.store, LESSON.id, LESSON.id, ILYA, KEY_OF)
        of_pupil = trail.of_pupil(reading, paper.store, ILYA, KEY_OF)
        of_account = trail.of_account(reading, paper.store, named("account Соколова"), KEY_OF)
    assert [(t.value, t.fate) for t in after.lines] == [("5", "voided"), ("4", "stands")]
    assert after.lines[0].act is not None
    assert [t.position for t in of_pupil.lines] == [five, four]
    assert [t.position for t in of_account.lines][:2] == [five, four]
    assert {t.person for t in after.lines} == {named("Соколова")}
    assert (after.lines[0].due, after.lines[0].kind_title) == (
        datetime.fromisoformat("2026-10-12 23:59:59"),
        "Ответ на уроке",
    )


def test_a_journal_that_is_not_there_is_no_page(told: Told) -> None:
    with told.paper.reading("2026-10-12 12:00") as reading, pytest.raises(NoSuchPage):
        journal.page(reading, uuid4())
