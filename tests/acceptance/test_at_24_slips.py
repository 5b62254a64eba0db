"""AT-24, the paper slip: Вуквукай's mother declared refusal of the electronic form; the Friday job prepares the slip
with marks, absences and homework of the week, the class teacher hands it out and records it (7.2, W-23, R-197)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from commands.absences import AbsenceStretch, ExplainAbsences
from commands.attendance import NoteAbsence
from commands.handle import handle
from commands.homework import SetHomework, SetIndividualHomework
from commands.marks import GiveMark
from commands.paper_informing import DeclarePaperInforming
from commands.remarks import WriteRemark
from commands.slips import HandOutSlips, PrepareSlips
from exports import slip as paper_slip
from exports.slip import Printed
from exports.slip_news import Words
from ledger.entry import Origin
from ledger.events import roster
from projections import slip, slip_register, tasks_of_slips
from projections.slip import Slip
from tests.papers import imprint, sheets_of, text_of
from tests.projections.conftest import paper  # noqa: F401
from tests.projections.pouring import KEY_OF, Paper, caught_up
from tests.story import Story
from tests.world import SCHOOL_ID, given_lesson, named

ILYA, MARIA, CLASS = named("Вуквукай Илья"), named("Каляна Мария"), named("7А")
MOTHER = named("мать Вуквукая")
MONDAY = date(2026, 10, 12)
WORDS = Words(kinds={}, reasons={}, targets={}, grounds={})
FIRST, SECOND = given_lesson("7А Алгебра", "2026-10-12"), given_lesson("7А Алгебра", "2026-10-14")


def week() -> Story:
    """Two lessons of algebra, the second missed; the declaration on Monday, the job on Friday at three."""
    story = Story(
        (ILYA, roster.GuardianLinked(guardian=MOTHER, kinship="мать")),
        (CLASS, roster.ClassTeacherAppointed(person=named("Громова"), first=date(2026, 9, 1), until=None)),
    )
    teacher = "Соколова"
    story.do(teacher, "2026-10-12 09:40", GiveMark(lesson=FIRST.id, work=FIRST.id, pupil=ILYA, value="3"))
    story.do(teacher, "2026-10-12 09:41", GiveMark(lesson=FIRST.id, work=FIRST.id, pupil=MARIA, value="5"))
    story.do(teacher, "2026-10-12 09:45", SetHomework(lesson=FIRST.id, text="§ 7, № 120"))
    own = SetIndividualHomework(lesson=FIRST.id, pupil=ILYA, text="карточка 4")
    story.do(teacher, "2026-10-12 09:46", own)
    others = SetIndividualHomework(lesson=FIRST.id, pupil=MARIA, text="олимпиадная задача")
    story.do(teacher, "2026-10-12 09:47", others)
    said = WriteRemark(
        pupil=ILYA, kind="comment", journal=FIRST.journal, lesson=FIRST.id, text="Забыл циркуль."
    )
    story.do(teacher, "2026-10-12 09:50", said)
    declared = DeclarePaperInforming(pupil=ILYA, first=MONDAY, document="заявление от 12.10.2026")
    story.do("Громова", "2026-10-12 15:00", declared)
    story.do(teacher, "2026-10-14 09:40", NoteAbsence(lesson=SECOND.id, pupil=ILYA))
    ill = AbsenceStretch(pupil=ILYA, first=SECOND.date, last=SECOND.date, category="по болезни", document="")
    story.do("Громова", "2026-10-15 10:00", ExplainAbsences(stretches=(ill,)))
    return story


def job(story: Story) -> None:
    """As web/jobs/slips.py gives it."""
    head = story.store.head(SCHOOL_ID).position
    command = PrepareSlips(class_id=CLASS, week=MONDAY, position=head, pupils=(ILYA, MARIA))
    asking = story.asking("Громова", "2026-10-16 15:00", command)
    nobody = replace(asking, account=UUID(int=0), person=UUID(int=0), origin=Origin.JOB)
    handle(command, nobody, story.house)


def poured(story: Story, paper: Paper) -> None:  # noqa: F811
    paper.pour(story.store)
    paper.name_pupils()
    caught_up(paper)


def slip_of(paper: Paper, pupil: UUID, when: str = "2026-10-16 15:00") -> tuple[Slip, bytes]:  # noqa: F811
    with paper.reading(when) as reading:
        shown = slip.page(reading, pupil, MONDAY, KEY_OF)
        printed = Printed(
            slip=shown, names={}, leader="Громова А. П.", imprint=imprint(reading, "/papers/slips?at=")
        )
    return shown, paper_slip.pdf([printed], WORDS)


@pytest.mark.case("AT-24")
def test_the_slip_has_the_marks_the_absences_with_their_reason_and_the_homework_of_the_week(
    paper: Paper,  # noqa: F811
) -> None:
    story = week()
    job(story)
    poured(story, paper)
    _, printed = slip_of(paper, ILYA)
    said = text_of(printed)
    for words in (
        *("Вуквукай Илья, 7А", "12.10.2026", "Алгебра", "пн 12.10 — 3", "ср 14.10: Алгебра — по болезни"),
        *("§ 7, № 120", "Алгебра: индивидуально: карточка 4", "Забыл циркуль.", "Ознакомлен(а)", "подпись"),
    ):
        assert words in said, (words, said)
    assert sheets_of(printed) == 1


@pytest.mark.case("AT-24")
def test_no_other_pupil_is_on_it(paper: Paper) -> None:  # noqa: F811
    story = week()
    poured(story, paper)
    shown, printed = slip_of(paper, ILYA)
    assert [mark.value for each in shown.subjects for mark in each.marks] == ["3"]
    assert [task.text for task in shown.homework] == ["§ 7, № 120", "карточка 4"]
    assert not any(words in text_of(printed) for words in ("Каляна", "олимпиадная"))


@pytest.mark.case("AT-24")
def test_the_slip_shows_the_journal_as_of_the_friday_whatever_is_written_later(paper: Paper) -> None:  # noqa: F811
    story = week()
    job(story)
    poured(story, paper)
    _, before = slip_of(paper, ILYA)
    advice = WriteRemark(pupil=ILYA, kind="recommendation", text="Ложиться спать раньше.")
    story.do("Громова", "2026-10-16 16:00", advice)
    poured(story, paper)
    _, again = slip_of(paper, ILYA)
    later, _ = slip_of(paper, ILYA, "2026-10-16 17:00")
    assert again == before
    assert [remark.text for remark in later.remarks] == ["Забыл циркуль.", "Ложиться спать раньше."]


@pytest.mark.case("AT-24")
def test_the_register_says_who_handed_it_to_whom_and_when(paper: Paper) -> None:  # noqa: F811
    story = week()
    job(story)
    given = HandOutSlips(class_id=CLASS, week=MONDAY, pupils=(ILYA,), receivers=(MOTHER,))
    story.do("Громова", "2026-10-16 15:30", given)
    poured(story, paper)
    with paper.reading("2026-10-16 15:20") as reading:
        (line,) = slip_register.of_class(reading, CLASS, MONDAY).classes[0].lines
        assert line.waits
        assert line.receivers[0][0] == MOTHER
    with paper.reading("2026-10-16 15:30") as reading:
        page = slip_register.of_class(reading, CLASS, MONDAY)
        (line,) = page.classes[0].lines
        assert (line.pupil, page.classes[0].handed) == (ILYA, 1)
        assert line.handed_at is not None
        assert reading.school.local(line.handed_at).isoformat() == "2026-10-16T15:30:00"


@pytest.mark.parametrize(
    ("when", "waits", "over"),
    [
        ("2026-10-16 14:59", 0, False),
        ("2026-10-16 15:00", 1, False),
        ("2026-10-18 23:59:59", 1, False),
        ("2026-10-19 00:00", 1, True),
    ],
)
def test_a_slip_nobody_handed_out_is_a_task_from_friday_and_late_from_monday(
    when: str,
    waits: int,
    over: bool,
    paper: Paper,  # noqa: F811
) -> None:
    story = week()
    job(story)
    poured(story, paper)
    with paper.reading(when) as reading:
        found = tuple(tasks_of_slips.of_class(reading, reading.school.classes[CLASS]))
    assert [(task.count, task.over, task.status) for task in found] == [(1, over, "")] * waits


def test_a_week_whose_slips_nobody_prepared_is_a_task_when_it_is_over(paper: Paper) -> None:  # noqa: F811
    story = week()
    poured(story, paper)
    for when, found in (("2026-10-18 23:59", []), ("2026-10-19 00:00", ["missing"])):
        with paper.reading(when) as reading:
            tasks = tasks_of_slips.of_class(reading, reading.school.classes[CLASS])
            assert [task.status for task in tasks] == found
