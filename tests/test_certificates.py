"""Справка по итогам контроля, the director's month and the class teacher's day (R-209…R-211, C-30, W-25, W-26)."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest

from commands.certificates import (
    AcknowledgeCertificate,
    DrawUpCertificate,
    DropFinding,
    IssueCertificate,
    ResolveFinding,
    SetFinding,
    WordCertificate,
)
from commands.controls import CheckDay, RecordControl
from commands.deciding import Refusal
from commands.lessons import RecordTopic
from ledger import streams
from ledger.certificate import Certificate, fold_certificate
from ledger.events import roster
from tests.story import Story
from tests.world import SCHOOL_ID, given_lesson, named

ID, FINDING = UUID(int=46), UUID(int=47)
DAY, EVENING = "2026-10-28 10:00", "2026-10-28 18:00"
CLASS = named("7А")


@pytest.fixture
def story() -> Story:
    return Story(
        (CLASS, roster.ClassTeacherAppointed(person=named("Громова"), first=date(2026, 9, 1), until=None))
    )


def drawn_up(**fields: object) -> DrawUpCertificate:
    given: dict[str, object] = {
        "certificate": ID,
        "number": "3",
        "title": "Ведение журнала в октябре",
        "first": date(2026, 10, 1),
        "last": date(2026, 10, 28),
        "position": 40,
        "indicators": ("C-01", "C-07"),
        **fields,
    }
    return DrawUpCertificate(**given)  # type: ignore[arg-type]


def state(story: Story) -> Certificate:
    return fold_certificate(ID, story.entries(ID))


def refused(story: Story, by: str, when: str, command: object) -> str:
    with pytest.raises(Refusal) as refusal:
        story.do(by, when, command)
    return refusal.value.code


def written(story: Story) -> None:
    story.do("Дьячкова", DAY, drawn_up())
    story.do("Дьячкова", DAY, WordCertificate(certificate=ID, text="Проверено ведение журнала."))
    story.do(
        "Дьячкова",
        DAY,
        SetFinding(
            certificate=ID,
            finding=FINDING,
            responsible=named("Петров"),
            text="Темы трёх уроков не записаны.",
            due=date(2026, 11, 3),
        ),
    )


def test_a_certificate_has_a_stream_of_its_own(story: Story) -> None:
    """Its id is minted by whoever asks: that of a lesson or a class is not taken for one."""
    lesson = given_lesson("7А Алгебра", "2026-10-12")
    story.do("Соколова", "2026-10-12 09:40", RecordTopic(lesson=lesson.id, text="Степень"))
    for taken in (lesson.id, CLASS):
        assert refused(story, "Дьячкова", DAY, drawn_up(certificate=taken)) == "certificate-new"


@pytest.mark.case("AT-22")
def test_a_certificate_is_issued_read_by_those_it_names_and_its_finding_put_right(story: Story) -> None:
    written(story)
    story.do("Дьячкова", DAY, IssueCertificate(certificate=ID, people=(named("Соколова"),)))
    story.do("Соколова", EVENING, AcknowledgeCertificate(certificate=ID))
    story.do("Петров", EVENING, AcknowledgeCertificate(certificate=ID))
    story.do("Петров", EVENING, AcknowledgeCertificate(certificate=ID))
    story.do("Петров", EVENING, ResolveFinding(certificate=ID, finding=FINDING, text="Темы внесены."))
    made = state(story)
    assert set(made.acquainted) == {named("Соколова"), named("Петров")}
    assert set(made.resolved) == {FINDING}


def test_whoever_it_does_not_name_neither_reads_nor_answers(story: Story) -> None:
    written(story)
    story.do("Дьячкова", DAY, IssueCertificate(certificate=ID, people=()))
    assert refused(story, "Ким", EVENING, AcknowledgeCertificate(certificate=ID)) == "certificate-people"
    story.do("Дьячкова", EVENING, drawn_up(certificate=uuid4()))
    answer = ResolveFinding(certificate=ID, finding=FINDING, text="Готово.")
    assert refused(story, "Соколова", EVENING, answer) == "certificate-people"


def test_an_issued_certificate_changes_no_more(story: Story) -> None:
    written(story)
    story.do("Дьячкова", DAY, IssueCertificate(certificate=ID, people=()))
    for command in (
        WordCertificate(certificate=ID, text="Иначе."),
        DropFinding(certificate=ID, finding=FINDING),
        IssueCertificate(certificate=ID, people=()),
    ):
        assert refused(story, "Дьячкова", EVENING, command) == "certificate-issued"


def test_nothing_is_issued_without_a_text_or_for_nobody(story: Story) -> None:
    story.do("Дьячкова", DAY, drawn_up())
    issue = IssueCertificate(certificate=ID, people=())
    assert refused(story, "Дьячкова", DAY, issue) == "certificate-text"
    story.do("Дьячкова", DAY, WordCertificate(certificate=ID, text="Проверено."))
    assert refused(story, "Дьячкова", DAY, issue) == "certificate-people"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"indicators": ()}, "certificate-indicators"),
        ({"indicators": ("C-32",)}, "certificate-indicators"),
        ({"first": date(2026, 10, 29)}, "dates-in-order"),
        ({"first": date(2026, 10, 29), "last": date(2026, 10, 30)}, "certificate-days"),
        ({"classes": (UUID(int=5),)}, "class-exists"),
        ({"position": 0}, "certificate-position"),
    ],
)
def test_what_makes_no_certificate_is_said(story: Story, wrong: dict[str, object], code: str) -> None:
    assert refused(story, "Дьячкова", DAY, drawn_up(**wrong)) == code


def test_a_teacher_draws_up_no_certificate(story: Story) -> None:
    assert refused(story, "Соколова", DAY, drawn_up()) == "not-allowed"


@pytest.mark.parametrize(("due", "late"), [(date(2026, 10, 27), True), (date(2026, 10, 28), False)])
def test_a_finding_is_due_today_at_the_earliest(story: Story, due: date, late: bool) -> None:
    story.do("Дьячкова", DAY, drawn_up())
    command = SetFinding(
        certificate=ID, finding=FINDING, responsible=named("Петров"), text="Внести темы.", due=due
    )
    if late:
        assert refused(story, "Дьячкова", DAY, command) == "finding-due"
    else:
        story.do("Дьячкова", DAY, command)
        assert set(state(story).findings) == {FINDING}


def test_the_director_records_the_control_of_a_month_that_has_begun(story: Story) -> None:
    record = RecordControl(month=date(2026, 10, 1), position=40, text="Просмотрены 7А и 9А.")
    story.do("Орлова", DAY, record)
    (entry,) = story.entries(streams.director_control(SCHOOL_ID))
    assert entry.event.month == date(2026, 10, 1)
    ahead = RecordControl(month=date(2026, 11, 1), position=40, text="Рано.")
    assert refused(story, "Орлова", "2026-10-31 23:59", ahead) == "control-month"
    story.do("Орлова", "2026-11-01 00:00", ahead)
    assert refused(story, "Дьячкова", "2026-11-01 00:01", record) == "not-allowed"


def test_the_class_teacher_says_which_lessons_of_the_day_are_not_written_down(story: Story) -> None:
    lesson = given_lesson("7А Алгебра", "2026-10-12")
    check = CheckDay(class_id=CLASS, day=date(2026, 10, 12), position=40, missing=(lesson.id,))
    story.do("Громова", "2026-10-12 15:00", check)
    (entry,) = story.entries(streams.daily_checks(SCHOOL_ID, CLASS))
    assert entry.event.missing == (lesson.id,)
    sunday = CheckDay(class_id=CLASS, day=date(2026, 10, 11), position=40)
    assert refused(story, "Громова", "2026-10-12 15:01", sunday) == "check-day"
    foreign = CheckDay(
        class_id=CLASS,
        day=date(2026, 10, 12),
        position=40,
        missing=(given_lesson("6А Русский язык", "2026-10-12").id,),
    )
    assert refused(story, "Громова", "2026-10-12 15:02", foreign) == "lesson-exists"
    assert refused(story, "Соколова", "2026-10-12 15:03", check) == "not-allowed"
