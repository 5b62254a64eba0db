"""AT-06 (7.15, 9.5(b5)): the two marks of an essay, on one page in grade 9, on two in grades 10–11."""

from datetime import date
from uuid import UUID

import pytest

from commands.deciding import Refusal
from commands.late_entries import CaseRef, LateEntryItem, PermitLateEntries, RequestLateEntry
from commands.literacy import russian_page
from commands.marks import AddWork, ColumnMark, FillColumn, GiveMark, WithdrawMark, WithdrawWork
from ledger import streams
from ledger.events import journals, roster
from ledger.events.marks import LiteracyMarkGiven
from ledger.timetable import Lesson
from projections import journal, lesson, trail
from tests.projections.conftest import paper  # noqa: F401
from tests.projections.pouring import KEY_OF, Paper, caught_up
from tests.story import Story
from tests.world import FIRST, given_lesson, given_school, named

ESSAY_DAY = "2026-10-05"
TENTH = given_lesson("10А Литература", ESSAY_DAY, 1)
ANNA, OLEG = named("Омрына Анна"), named("Кергитваль Олег")
RUSSIAN = named("10А Русский язык")


def essay(story: Story, lesson: Lesson = TENTH) -> UUID:
    when = lesson.starts.isoformat()
    return UUID(story.do("Лебедева", when, AddWork(lesson=lesson.id, kind="essay")).parts[-1]["work"])


def give(
    work: UUID, value: str = "5/4", pupil: UUID = ANNA, lesson: Lesson = TENTH, seen: int = 0
) -> GiveMark:
    return GiveMark(lesson=lesson.id, work=work, pupil=pupil, value=value, seen=seen)


def literacy(story: Story, work: UUID) -> LiteracyMarkGiven | None:
    entry = story.sheet(TENTH).literacy.get((streams.literacy(work), ANNA))
    return None if entry is None else entry.event  # type: ignore[return-value]


@pytest.mark.case("AT-06")
@pytest.mark.parametrize("when", ["2026-10-05 09:00", "2026-10-15 23:59:59"])
def test_content_stands_on_the_page_of_literature_and_literacy_on_that_of_russian(when: str) -> None:
    story = Story()
    work = essay(story)
    story.do("Лебедева", when, give(work))
    assert story.sheet(TENTH).mark(work, ANNA) == (5,)
    assert literacy(story, work) == LiteracyMarkGiven(work=work, journal=RUSSIAN, pupil=ANNA, value=(4,))


@pytest.mark.case("AT-06")
def test_both_are_one_action_and_the_mark_of_the_page_is_answered_last() -> None:
    story = Story()
    work = essay(story)
    answer = story.do("Лебедева", "2026-10-06 09:00", give(work))
    assert [part["event"] for part in answer.parts] == ["LiteracyMarkGiven", "MarkGiven"]
    assert (answer.last or 0) - (answer.first or 0) == 1


@pytest.mark.case("AT-06")
def test_on_the_eleventh_day_both_are_refused() -> None:
    story = Story()
    work = essay(story)
    with pytest.raises(Refusal) as refused:
        story.do("Лебедева", "2026-10-16 00:00:00", give(work))
    assert (refused.value.code, refused.value.mode) == ("W-09", "permit")
    assert (story.sheet(TENTH).marks, story.sheet(TENTH).literacy) == ({}, {})


def test_one_permission_of_a_deputy_covers_both_parts_of_the_mark() -> None:
    story = Story()
    work = essay(story)
    item = LateEntryItem(lesson=TENTH.id, target="mark", work=work, pupil=ANNA)
    story.do("Лебедева", "2026-10-16 09:00", RequestLateEntry(items=(item,), reason="Болела"))
    (case,) = story.late(TENTH).cases
    ref = CaseRef(lesson=TENTH.id, case=case)
    story.do("Ефимова", "2026-10-16 10:00", PermitLateEntries(cases=(ref,), reason="Разрешаю"))
    story.do("Лебедева", "2026-10-16 11:00", give(work))
    found = literacy(story, work)
    assert found is not None
    assert (story.sheet(TENTH).mark(work, ANNA), found.value) == ((5,), (4,))
    with pytest.raises(Refusal):  # and is used up by it
        seen = story.sheet(TENTH).marks[work, ANNA].position
        story.do("Лебедева", "2026-10-16 11:05", give(work, "4/4", seen=seen))


@pytest.mark.case("AT-06")
def test_in_grade_nine_the_same_is_a_fraction_on_the_page_of_literature_only() -> None:
    story, lesson = Story(), given_lesson("9А Литература", "2026-10-09")
    work = essay(story, lesson)
    story.do("Лебедева", "2026-10-12 09:00", give(work, pupil=OLEG, lesson=lesson))
    assert story.sheet(lesson).mark(work, OLEG) == (5, 4)
    assert story.sheet(lesson).literacy == {}


@pytest.mark.case("AT-06")
def test_the_page_of_another_teacher_gets_the_mark_from_the_one_of_literature() -> None:
    given = (
        (RUSSIAN, journals.WorkloadEnded(teacher=named("Лебедева"), last=FIRST)),
        (RUSSIAN, journals.WorkloadAssigned(teacher=named("Громова"), first=FIRST, until=None, hours=100)),
    )
    story = Story(*given)
    work = essay(story)
    story.do("Лебедева", "2026-10-06 09:00", give(work))
    entry = story.sheet(TENTH).literacy[streams.literacy(work), ANNA]
    assert (entry.event.journal, entry.stamp.person) == (RUSSIAN, named("Лебедева"))  # type: ignore[attr-defined]
    with pytest.raises(Refusal) as refused:
        story.do("Громова", "2026-10-06 09:05", give(work, "5/2"))
    assert refused.value.status == 403


def test_a_new_pair_replaces_both_parts_and_the_older_sight_is_shown_the_newer() -> None:
    story = Story()
    work = essay(story)
    first = story.do("Лебедева", "2026-10-06 09:00", give(work))
    seen = first.parts[-1]["position"]
    story.do("Лебедева", "2026-10-06 09:01", give(work, "5/3", seen=seen))
    found = literacy(story, work)
    assert found is not None
    assert (story.sheet(TENTH).mark(work, ANNA), found.value) == ((5,), (3,))
    assert (
        story.do("Лебедева", "2026-10-06 09:02", give(work, "5/3", seen=seen)).first is None
    )  # double click
    with pytest.raises(Exception, match="changed"):
        story.do("Лебедева", "2026-10-06 09:03", give(work, "5/5", seen=seen))


def test_withdrawing_takes_both_away() -> None:
    story = Story()
    work = essay(story)
    seen = story.do("Лебедева", "2026-10-06 09:00", give(work)).parts[-1]["position"]
    gone = WithdrawMark(lesson=TENTH.id, work=work, pupil=ANNA, seen=seen)
    story.do("Лебедева", "2026-10-06 09:05", gone)
    assert (story.sheet(TENTH).marks, story.sheet(TENTH).literacy) == ({}, {})


def test_a_whole_column_of_pairs_is_one_append() -> None:
    story = Story()
    work = essay(story)
    column = FillColumn(lesson=TENTH.id, work=work, marks=(ColumnMark(pupil=ANNA, value="4/3"),))
    story.do("Лебедева", "2026-10-06 09:00", column)
    found = literacy(story, work)
    assert found is not None
    assert (story.sheet(TENTH).mark(work, ANNA), found.value) == ((4,), (3,))


@pytest.mark.parametrize("value", ["5/6", "6/5", "5/1/2"])
def test_either_part_is_a_mark_of_the_scale(value: str) -> None:
    story = Story()
    work = essay(story)
    with pytest.raises(Refusal) as refused:
        story.do("Лебедева", "2026-10-06 09:00", give(work, value))
    assert refused.value.code in ("P-13", "P-25")
    assert story.sheet(TENTH).literacy == {}


def test_an_answer_in_class_is_marked_by_no_pair() -> None:
    story = Story()
    with pytest.raises(Refusal) as refused:
        story.do("Лебедева", "2026-10-05 09:00", give(TENTH.id, "5/4"))
    assert refused.value.code == "P-25"


def test_a_column_with_literacy_marks_is_not_withdrawn() -> None:
    story = Story()
    work = essay(story)
    story.do("Лебедева", "2026-10-06 09:00", give(work))
    with pytest.raises(Refusal) as refused:
        story.do("Лебедева", "2026-10-06 09:05", WithdrawWork(lesson=TENTH.id, work=work))
    assert refused.value.code == "E-11"


def test_a_pupil_without_a_page_of_russian_is_told_so() -> None:
    stranger = named("Новенькая")
    enrolled = roster.PupilEnrolled(class_id=named("9А"), first=FIRST, order=None)
    school = given_school((stranger, enrolled))
    lesson = given_lesson("9А Литература", "2026-10-09", school=school)
    assert russian_page(lesson, stranger, school) is None


def test_the_page_of_the_same_group_is_preferred_and_a_native_language_is_not_russian() -> None:
    group, class_id = named("русский-1"), named("10А")
    native, grouped = named("чукотский"), named("русский в группе")

    def listed(page: UUID, subject: UUID, of: UUID | None = None) -> tuple[UUID, object]:
        return page, journals.JournalListed(class_id=class_id, group=of, subject=subject, year=2026)

    school = given_school(
        (
            native,
            journals.SubjectAdded(subject=native, title="Родной язык", short="Род", attributes=("language",)),
        ),
        listed(named("страница чукотского"), native),
        (class_id, roster.GroupFormed(group=group, title="1")),
        (ANNA, roster.PupilGrouped(group=group, first=FIRST, until=None)),
        listed(grouped, named("Русский язык"), group),
        listed(named("литература в группе"), named("Литература"), group),
    )
    assert russian_page(TENTH, ANNA, school) == RUSSIAN
    own = school.journals[named("литература в группе")]
    lesson = Lesson(
        **{
            **{name: getattr(TENTH, name) for name in ("id", "slot", "date", "number", "starts", "ends")},
            "journal": own.id,
        }
    )
    assert russian_page(lesson, ANNA, school) == grouped
    assert lesson.date == date(2026, 10, 5)


@pytest.mark.case("AT-06")
def test_the_column_stands_on_the_page_of_russian_dated_by_the_lesson_of_literature(
    paper: Paper,  # noqa: F811
) -> None:
    story = Story()
    work = essay(story)
    given = story.do("Лебедева", "2026-10-06 09:00", give(work))
    paper.pour(story.store)
    caught_up(paper)
    paper.name_pupils()
    with paper.reading("2026-10-06 12:00") as reading:
        russian, literature = journal.page(reading, RUSSIAN), journal.page(reading, TENTH.journal)
        panel = lesson.page(reading, TENTH.id, KEY_OF)
        history = trail.cell(reading, paper.store, TENTH.id, streams.literacy(work), ANNA, KEY_OF)
    (column,) = (each for each in russian.columns if each.source == work)
    assert (column.kind_title, column.date, column.open) == (
        "Грамотность, литература 05.10",
        date(2026, 10, 5),
        False,
    )
    shown = russian.rows[0].cells[russian.columns.index(column)]
    assert (shown.value, shown.seen) == ("4", given.parts[0]["position"])
    assert [(line.value, line.what, line.fate) for line in history.lines] == [
        ("4", "literacy-mark-given", "stands")
    ]
    (foreign,) = russian.foreign
    assert (foreign.subject, foreign.teachers) == ("Литература", (named("Лебедева"),))
    assert column.lesson not in {line.lesson for line in russian.lines}  # no Russian lesson was held
    assert all(each.source is None for each in literature.columns)
    on_literature = next(n for n, each in enumerate(literature.columns) if each.work == work)
    assert literature.rows[0].cells[on_literature].value == "5"
    assert [each.kind for each in panel.columns] == ["answer", "essay", "literacy"]


@pytest.mark.case("AT-06")
def test_another_single_number_takes_the_literacy_mark_away() -> None:
    story = Story()
    work = essay(story)
    story.do("Лебедева", "2026-10-12 10:00", give(work))
    seen = story.sheet(TENTH).marks[work, ANNA].position
    story.do("Лебедева", "2026-10-12 10:05", give(work, "5", seen=seen))  # the content says so already
    assert literacy(story, work) is not None
    story.do("Лебедева", "2026-10-12 10:06", give(work, "4", seen=seen))
    assert (story.sheet(TENTH).mark(work, ANNA), literacy(story, work)) == ((4,), None)
