"""AT-10 without «осв», E-06 (the journal's part), E-07: the exempt pupil and the moved one, told and shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from commands.attendance import NoteAbsence, TakeAttendance
from commands.by_order import OrderNamed
from commands.deciding import Refusal
from commands.health import GrantExemption
from commands.marks import AddWork, GiveMark
from commands.movement import MovePupil
from commands.roster import FormClass
from ledger.school import School
from projections import journal, lesson, pupil_card
from projections.class_list import one_class
from tests.projections.conftest import paper  # noqa: F401
from tests.projections.pouring import KEY_OF, Paper, caught_up
from tests.story import Story
from tests.world import SCHOOL_ID, given_lesson, named

PAVEL, MARIA = named("Тынетегин Павел"), named("Каляна Мария")
PE, ALGEBRA = named("7А Физкультура"), named("7А Алгебра")
EXEMPT = GrantExemption(
    pupil=PAVEL,
    exemption=named("справка"),
    first=date(2026, 10, 5),
    until=date(2026, 10, 30),
    document="справка № 45",
)
Pour = Callable[[Story], Paper]
CLASS_B, MONDAY = named("7Б"), date(2026, 10, 19)


def school(story: Story) -> School:
    return story.house.schools.current(SCHOOL_ID)


@pytest.fixture
def poured(paper: Paper) -> Callable[[Story], Paper]:  # noqa: F811
    """A story, as pages on PostgreSQL."""

    def pour(story: Story) -> Paper:
        paper.pour(story.store)
        caught_up(paper)
        paper.name_pupils()
        return paper

    return pour


def noted(page: journal.JournalPage, pupil: UUID) -> journal.PupilNote | None:
    return next((note for note in page.notes if note.pupil == pupil), None)


@pytest.mark.case("AT-10")
def test_an_exempt_pupil_has_no_absence_and_the_page_says_until_when(poured: Pour) -> None:
    story = Story()
    story.do("Громова", "2026-10-05 08:00", EXEMPT)
    during, after = given_lesson("7А Физкультура", "2026-10-14"), given_lesson("7А Физкультура", "2026-11-02")
    with pytest.raises(Refusal, match=r"30\.10\.2026") as said:
        story.do("Ким", "2026-10-14 12:25", NoteAbsence(lesson=during.id, pupil=PAVEL))
    assert (said.value.code, said.value.clause) == ("P-94", "7.14(b2, b11)")
    story.do("Ким", "2026-10-14 12:26", TakeAttendance(lesson=during.id))
    story.do("Ким", "2026-11-02 12:25", NoteAbsence(lesson=after.id, pupil=PAVEL))
    assert PAVEL in story.sheet(after).absences
    told = poured(story)
    with told.reading("2026-10-14 13:00") as reading:
        note = noted(journal.page(reading, PE), PAVEL)
        assert note is not None
        assert note.exempt == date(2026, 10, 30)
        assert noted(journal.page(reading, ALGEBRA), PAVEL) is None
    with told.reading("2026-11-02 13:00") as reading:
        assert noted(journal.page(reading, PE), PAVEL) is None


@pytest.mark.case("E-07")
def test_absences_a_late_certificate_covers_go_to_the_list_and_stay_in_the_journal(poured: Pour) -> None:
    story = Story()
    lesson, russian = (
        given_lesson("7А Физкультура", "2026-10-07"),
        given_lesson("7А Русский язык", "2026-10-07"),
    )
    story.do("Ким", "2026-10-07 12:25", NoteAbsence(lesson=lesson.id, pupil=PAVEL))
    story.do("Лебедева", "2026-10-07 13:30", NoteAbsence(lesson=russian.id, pupil=PAVEL))
    sure = GrantExemption(
        pupil=PAVEL,
        exemption=EXEMPT.exemption,
        first=EXEMPT.first,
        until=EXEMPT.until,
        document=EXEMPT.document,
        confirmed=True,
    )
    story.do("Громова", "2026-10-12 09:00", sure)
    with poured(story).reading("2026-10-12 12:00") as reading:
        card = pupil_card.page(reading, PAVEL, KEY_OF, marks=True)
        page = journal.page(reading, PE)
    assert [(left.date, left.subject, left.value, left.why) for left in card.left] == [
        (date(2026, 10, 7), "Физкультура", "н", "exempt")
    ]
    assert [exemption.document for exemption in card.exemptions] == ["справка № 45"]
    row = next(row for row in page.rows if row.pupil == PAVEL)
    assert any(cell.absent for cell in row.cells)
    assert not school(story).liable(PAVEL, PE, date(2026, 10, 7))


@pytest.mark.case("E-07")
def test_an_exempt_pupil_away_for_a_whole_day_is_neutral_in_physical_education_only() -> None:
    story = Story()
    story.do("Громова", "2026-10-05 08:00", EXEMPT)
    day = date(2026, 10, 12)
    for page, by, at in (("Алгебра", "Соколова", "09:30"), ("Русский язык", "Лебедева", "10:30")):
        lesson = given_lesson(f"7А {page}", "2026-10-12")
        story.do(by, f"2026-10-12 {at}", NoteAbsence(lesson=lesson.id, pupil=PAVEL))
    liable = {
        page: school(story).liable(PAVEL, named(f"7А {page}"), day) for page in ("Алгебра", "Физкультура")
    }
    assert liable == {"Алгебра": True, "Физкультура": False}


def moved(confirmed: bool = False) -> MovePupil:
    order = OrderNamed(number="91", on=date(2026, 10, 16))
    return MovePupil(pupil=MARIA, class_id=CLASS_B, first=MONDAY, order=order, confirmed=confirmed)


@pytest.mark.case("E-06")
def test_a_moved_pupils_old_teacher_completes_works_held_before_and_writes_no_later_lesson() -> None:
    story = Story()
    story.do("Носов", "2026-09-01 08:00", FormClass(class_id=CLASS_B, year=2026, title="7Б", grade=7))
    friday = given_lesson("7А Алгебра", "2026-10-16")
    story.do("Соколова", "2026-10-16 09:40", AddWork(lesson=friday.id, kind="test"))
    work = next(w for w in story.sheet(friday).works if w != friday.id)
    story.do("Носов", "2026-10-16 15:00", moved())
    give = GiveMark(lesson=friday.id, work=work, pupil=MARIA, value="4")
    story.do("Соколова", "2026-10-19 08:00", give)  # the test's window is open until the next lesson
    later = given_lesson("7А Алгебра", "2026-10-21")
    with pytest.raises(Refusal) as said:
        mark = GiveMark(lesson=later.id, work=later.id, pupil=MARIA, value="4")
        story.do("Соколова", "2026-10-21 09:40", mark)
    assert said.value.code == "enrolled"
    liable = {d: school(story).liable(MARIA, ALGEBRA, date(2026, 10, d)) for d in (16, 18, 19)}
    assert liable == {16: True, 18: True, 19: False}


@pytest.mark.case("E-06")
def test_both_classes_show_the_movement_with_its_order(poured: Pour) -> None:
    story = Story()
    story.do("Носов", "2026-09-01 08:00", FormClass(class_id=CLASS_B, year=2026, title="7Б", grade=7))
    story.do("Носов", "2026-10-16 15:00", moved())
    with poured(story).reading("2026-10-21 12:00") as reading:
        old, new = one_class(reading, named("7А"), None), one_class(reading, CLASS_B, None)
        note = noted(journal.page(reading, ALGEBRA), MARIA)
    assert note is not None
    (left,) = note.movements
    assert (left.kind, left.on, left.order) == ("left", date(2026, 10, 18), "91 от 16.10.2026")
    gone = next(line for line in old.pupils if line.pupil == MARIA)
    assert (gone.here, gone.movements) == (False, (left,))
    (came,) = new.pupils
    assert [(m.kind, m.on, m.order) for m in came.movements] == [("arrived", MONDAY, "91 от 16.10.2026")]


@pytest.mark.case("E-06")
def test_a_backdated_transfer_leaves_its_list_and_every_mark(poured: Pour) -> None:
    story = Story()
    story.do("Носов", "2026-09-01 08:00", FormClass(class_id=CLASS_B, year=2026, title="7Б", grade=7))
    lesson = given_lesson("7А Алгебра", "2026-10-19")
    story.do(
        "Соколова", "2026-10-19 09:40", GiveMark(lesson=lesson.id, work=lesson.id, pupil=MARIA, value="5")
    )
    with pytest.raises(Refusal) as asked:
        story.do("Носов", "2026-10-20 09:00", moved())
    assert asked.value.mode == "confirm"
    story.do("Носов", "2026-10-20 09:01", moved(confirmed=True))
    with poured(story).reading("2026-10-20 12:00") as reading:
        card = pupil_card.page(reading, MARIA, None, marks=True)
        page = journal.page(reading, ALGEBRA)
    assert [(left.subject, left.class_title, left.value, left.why) for left in card.left] == [
        ("Алгебра", "7А", "5", "not-listed")
    ]
    row = next(row for row in page.rows if row.pupil == MARIA)
    assert any(cell.value == "5" and cell.outside for cell in row.cells)


@pytest.mark.case("AT-10")
def test_the_lessons_own_page_says_so_too(poured: Pour) -> None:
    story = Story()
    story.do("Громова", "2026-10-05 08:00", EXEMPT)
    during = given_lesson("7А Физкультура", "2026-10-14")
    with poured(story).reading("2026-10-14 13:00") as reading:
        (note,) = lesson.page(reading, during.id, KEY_OF).notes
    assert (note.pupil, note.exempt) == (PAVEL, date(2026, 10, 30))
