"""What the family and the school say to each other: «Ознакомлен», remarks, paper, a pupil of age, weekly slips."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from commands.acquaintance import Acknowledge, SeenEntry
from commands.deciding import Refusal
from commands.handle import handle
from commands.marks import AddWork, GiveMark
from commands.of_age import AdmitGuardians, NoteComingOfAge
from commands.paper_informing import DeclarePaperInforming, WithdrawPaperInforming
from commands.remarks import WithdrawRemark, WriteRemark
from commands.slips import HandOutSlips, PrepareSlips
from ledger import streams
from ledger.access import Target, acting_role
from ledger.entry import Origin, Role
from ledger.events import families, roster
from ledger.family import Family, fold_family
from ledger.school import School
from ledger.slips import fold_slips
from tests.story import Story
from tests.world import SCHOOL_ID, given_lesson, named

ILYA, MARIA, CLASS = named("Вуквукай Илья"), named("Каляна Мария"), named("7А")
OLEG = named("Кергитваль Олег")
ALGEBRA, PHYSICS = named("7А Алгебра"), named("7А Физика")
LESSON = given_lesson("7А Алгебра", "2026-10-12")
MOTHER, STRANGER = "мать Вуквукая", "мать Каляны"
MONDAY = date(2026, 10, 12)
LEADS = (CLASS, roster.ClassTeacherAppointed(person=named("Громова"), first=date(2026, 9, 1), until=None))


@pytest.fixture
def story() -> Story:
    made = Story(
        (ILYA, roster.GuardianLinked(guardian=named(MOTHER), kinship="мать")),
        (MARIA, roster.GuardianLinked(guardian=named(STRANGER), kinship="мать")),
        LEADS,
    )
    made.do("Соколова", "2026-10-12 09:40", GiveMark(lesson=LESSON.id, work=LESSON.id, pupil=ILYA, value="2"))
    return made


def given_mark(story: Story) -> SeenEntry:
    return SeenEntry(stream=LESSON.id, entry=story.entries(LESSON.id)[-1].position)


def family(story: Story) -> Family:
    return fold_family(story.entries(streams.family(SCHOOL_ID, ILYA)))


def school(story: Story) -> School:
    return story.house.schools.current(SCHOOL_ID)


def refused(story: Story, by: str, when: str, command: object) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        story.do(by, when, command)
    return refusal.value


@pytest.mark.case("AT-24")
def test_a_mother_says_that_she_has_read_a_two_and_it_is_said_once(story: Story) -> None:
    seen = Acknowledge(pupil=ILYA, entries=(given_mark(story),))
    story.do(MOTHER, "2026-10-12 19:00", seen)
    story.do(MOTHER, "2026-10-12 19:05", seen)
    assert set(family(story).acknowledged) == {(named(MOTHER), given_mark(story).entry)}
    assert len(story.entries(streams.family(SCHOOL_ID, ILYA))) == 1


def test_each_of_the_parents_and_the_pupil_says_it_for_themselves(story: Story) -> None:
    seen = Acknowledge(pupil=ILYA, entries=(given_mark(story),))
    story.do(MOTHER, "2026-10-12 19:00", seen)
    story.do("Вуквукай Илья", "2026-10-12 19:01", seen)
    assert {person for person, _ in family(story).acknowledged} == {named(MOTHER), ILYA}


def test_nobody_acknowledges_for_anothers_child(story: Story) -> None:
    seen = Acknowledge(pupil=ILYA, entries=(given_mark(story),))
    assert refused(story, STRANGER, "2026-10-12 19:00", seen).status == 403


def test_what_is_of_another_pupil_is_no_entry_of_this_one(story: Story) -> None:
    seen = Acknowledge(pupil=MARIA, entries=(given_mark(story),))
    assert refused(story, STRANGER, "2026-10-12 19:00", seen).status == 404


def test_a_teacher_writes_a_recommendation_for_the_own_page_and_withdraws_it(story: Story) -> None:
    wrote = WriteRemark(
        pupil=ILYA, kind="recommendation", journal=ALGEBRA, text="Повторить таблицу степеней."
    )
    story.do("Соколова", "2026-10-13 10:00", wrote)
    (remark,) = family(story).remarks
    assert "степеней" not in repr(story.entries(streams.family(SCHOOL_ID, ILYA))[0].event)
    gone = WithdrawRemark(pupil=ILYA, remark=remark, journal=ALGEBRA)
    assert refused(story, "Громова", "2026-10-13 10:05", gone).code == "remark-own"
    story.do("Соколова", "2026-10-13 10:06", gone)
    assert not family(story).remarks


def test_a_teacher_writes_nothing_on_anothers_page(story: Story) -> None:
    wrote = WriteRemark(pupil=ILYA, kind="recommendation", journal=PHYSICS, text="Учить формулы.")
    assert refused(story, "Соколова", "2026-10-13 10:00", wrote).status == 403


def test_a_comment_is_to_a_lesson(story: Story) -> None:
    wrote = WriteRemark(pupil=ILYA, kind="comment", journal=ALGEBRA, text="Забыл тетрадь.")
    assert refused(story, "Соколова", "2026-10-12 10:00", wrote).code == "remark-journal"
    on_lesson = WriteRemark(
        pupil=ILYA, kind="comment", journal=ALGEBRA, lesson=LESSON.id, text="Забыл тетрадь."
    )
    story.do("Соколова", "2026-10-12 10:01", on_lesson)
    assert len(family(story).remarks) == 1


def test_a_comment_is_to_a_work_that_the_lesson_has(story: Story) -> None:
    def comment(work: UUID) -> WriteRemark:
        return WriteRemark(
            pupil=ILYA, kind="comment", journal=ALGEBRA, lesson=LESSON.id, work=work, text="Чисто."
        )

    assert refused(story, "Соколова", "2026-10-12 10:00", comment(named("ничья"))).code == "work-exists"
    story.do("Соколова", "2026-10-12 10:01", comment(LESSON.id))
    story.do("Соколова", "2026-10-12 10:02", AddWork(lesson=LESSON.id, kind="test"))
    work = next(each for each in story.sheet(LESSON).works if each != LESSON.id)
    story.do("Соколова", "2026-10-12 10:03", comment(work))
    assert len(family(story).remarks) == 2


def test_a_family_on_paper_is_on_paper_from_the_day_of_its_declaration_to_the_last_named(
    story: Story,
) -> None:
    declared = DeclarePaperInforming(pupil=ILYA, first=MONDAY, document="заявление от 12.10.2026")
    story.do("Громова", "2026-10-12 15:00", declared)
    known = school(story).pupils[ILYA]
    assert not known.on_paper(date(2026, 10, 11))
    assert known.on_paper(MONDAY)
    story.do("Громова", "2026-10-20 15:00", WithdrawPaperInforming(pupil=ILYA, last=date(2026, 10, 18)))
    known = school(story).pupils[ILYA]
    assert known.on_paper(date(2026, 10, 18))
    assert not known.on_paper(date(2026, 10, 19))


def test_a_declaration_is_not_of_tomorrow_and_not_made_twice(story: Story) -> None:
    tomorrow = DeclarePaperInforming(pupil=ILYA, first=date(2026, 10, 13), document="заявление")
    assert refused(story, "Громова", "2026-10-12 15:00", tomorrow).code == "paper-day"
    today = DeclarePaperInforming(pupil=ILYA, first=MONDAY, document="заявление")
    story.do("Громова", "2026-10-12 15:01", today)
    assert refused(story, "Громова", "2026-10-12 15:02", today).code == "paper-declared"


def of_age(story: Story, pupil: UUID) -> None:
    asking = story.asking("Носов", "2026-11-05 00:05", NoteComingOfAge(pupil=pupil))
    by_job = type(asking)(
        school=SCHOOL_ID,
        account=UUID(int=0),
        person=UUID(int=0),
        command_id=asking.command_id,
        received_at=asking.received_at,
        origin=Origin.JOB,
        body_sha256=asking.body_sha256,
    )
    handle(NoteComingOfAge(pupil=pupil), by_job, story.house)


def reads(story: Story, who: str) -> Role | None:
    target = Target(today=date(2026, 11, 6), pupil=ILYA)
    return acting_role(named(who), "view_diary", target, school(story))


@pytest.mark.case("AT-24")
def test_a_parent_of_a_pupil_of_age_reads_again_when_the_pupil_says_so_and_no_more_when_not(
    story: Story,
) -> None:
    assert reads(story, MOTHER) is Role.GUARDIAN
    of_age(story, ILYA)
    assert reads(story, MOTHER) is None
    assert reads(story, "Вуквукай Илья") is Role.PUPIL
    story.do("Вуквукай Илья", "2026-11-05 18:00", AdmitGuardians(pupil=ILYA, allowed=True))
    assert reads(story, MOTHER) is Role.GUARDIAN
    story.do("Вуквукай Илья", "2026-11-05 19:00", AdmitGuardians(pupil=ILYA, allowed=False))
    assert reads(story, MOTHER) is None


def test_the_class_teacher_says_it_for_the_pupil_only_on_a_paper(story: Story) -> None:
    of_age(story, ILYA)
    bare = AdmitGuardians(pupil=ILYA, allowed=True)
    assert refused(story, "Громова", "2026-11-05 18:00", bare).code == "document"
    on_paper = AdmitGuardians(pupil=ILYA, allowed=True, document="согласие от 05.11.2026")
    story.do("Громова", "2026-11-05 18:01", on_paper)
    assert reads(story, MOTHER) is Role.GUARDIAN


def test_before_eighteen_nobody_is_asked(story: Story) -> None:
    early = AdmitGuardians(pupil=ILYA, allowed=False)
    assert refused(story, "Вуквукай Илья", "2026-11-04 18:00", early).code == "of-age"


def prepared(story: Story) -> PrepareSlips:
    story.do(
        "Громова",
        "2026-10-12 15:00",
        DeclarePaperInforming(pupil=ILYA, first=MONDAY, document="заявление"),
    )
    head = max(entry.position for entry in story.entries(ILYA))
    return PrepareSlips(class_id=CLASS, week=MONDAY, position=head, pupils=(ILYA, MARIA))


@pytest.mark.case("AT-24")
def test_slips_are_made_for_families_on_paper_only_and_each_is_handed_out_to_its_own(story: Story) -> None:
    story.do("Громова", "2026-10-16 15:00", prepared(story))
    stream = streams.slips(SCHOOL_ID, CLASS, MONDAY)
    assert set(fold_slips(story.entries(stream)).prepared) == {ILYA}
    to_stranger = HandOutSlips(class_id=CLASS, week=MONDAY, pupils=(ILYA,), receivers=(named(STRANGER),))
    assert refused(story, "Громова", "2026-10-16 15:30", to_stranger).code == "slip-receivers"
    own = HandOutSlips(class_id=CLASS, week=MONDAY, pupils=(ILYA,), receivers=(named(MOTHER),))
    story.do("Громова", "2026-10-16 15:31", own)
    assert set(fold_slips(story.entries(stream)).handed) == {ILYA}


def test_a_slip_that_was_handed_out_is_not_prepared_again(story: Story) -> None:
    command = prepared(story)
    story.do("Громова", "2026-10-16 15:00", command)
    own = HandOutSlips(class_id=CLASS, week=MONDAY, pupils=(ILYA,), receivers=(ILYA,))
    story.do("Громова", "2026-10-16 15:31", own)
    assert refused(story, "Громова", "2026-10-16 16:00", command).code == "slip-families"


def test_a_slip_is_prepared_for_pupils_of_the_class_only(story: Story) -> None:
    """Else a class teacher would print the week of anybody's child on paper (R-053)."""
    declared = families.PaperInformingDeclared(first=MONDAY)
    stranger = Story((OLEG, declared), LEADS)
    command = PrepareSlips(class_id=CLASS, week=MONDAY, position=1, pupils=(OLEG,))
    assert school(stranger).pupils[OLEG].on_paper(date(2026, 10, 16))
    assert refused(stranger, "Громова", "2026-10-16 15:00", command).code == "slip-families"


def test_a_pupil_named_twice_is_handed_one_slip(story: Story) -> None:
    story.do("Громова", "2026-10-16 15:00", prepared(story))
    twice = HandOutSlips(
        class_id=CLASS, week=MONDAY, pupils=(ILYA, ILYA), receivers=(named(MOTHER), named(MOTHER))
    )
    story.do("Громова", "2026-10-16 15:31", twice)
    stream = story.entries(streams.slips(SCHOOL_ID, CLASS, MONDAY))
    assert [type(entry.event) for entry in stream] == [families.SlipsPrepared, families.SlipHandedOut]


def test_a_week_is_named_by_its_monday_and_not_before_it_begins(story: Story) -> None:
    command = prepared(story)
    tuesday = PrepareSlips(class_id=CLASS, week=date(2026, 10, 13), position=1, pupils=(ILYA,))
    assert refused(story, "Громова", "2026-10-16 15:00", tuesday).code == "slip-week"
    ahead = PrepareSlips(class_id=CLASS, week=date(2026, 10, 19), position=1, pupils=(ILYA,))
    assert refused(story, "Громова", "2026-10-18 23:59", ahead).code == "slip-week"
    assert command.week == MONDAY
