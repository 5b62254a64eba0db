"""«Почему эта отметка?»: a term of Каляна Мария in algebra, told with fixed dates: each fact it shows is one told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from commands.absences import AbsenceStretch, ExplainAbsences
from commands.attendance import NoteAbsence
from commands.attestation_exceptions import GrantException, RequestException
from commands.corrections import DeclineCorrections
from commands.late_entries import CaseRef, LateEntryItem, PermitLateEntries, RequestLateEntry
from commands.lessons import RecordTopic
from commands.marks import AddWork, GiveMark
from commands.period_marks import PeriodMarkItem, RecheckPeriodMark, SetPeriodMarks
from ledger.attestation import propose
from ledger.entry import Category
from ledger.events import roster
from ledger.evidence import evidence_of
from ledger.late_entry import fold_late_entries
from ledger.span import Span
from ledger.streams import late_entries
from ledger.streams import year as year_of
from projections import explanation
from projections.explanation import Explanation
from projections.explanation_marks import MarkLine
from projections.explanation_sums import Mean
from projections.means import written
from projections.period_changes import Change
from projections.period_evidence import facts_of
from projections.reading import NoSuchPage
from projections.what_if import Outcome, with_mark
from tests.correction_cases import approves, asks, of_mark, voided
from tests.projections.pouring import KEY_OF, Paper, caught_up
from tests.story import Story
from tests.told_term import PARALLEL
from tests.world import SCHOOL_ID, UST_BELAYA, given_lesson, named

PAGE, TERM, YEAR = named("7А Алгебра"), named("ООО I триместр"), year_of(SCHOOL_ID, 2026)
MARIA, ILYA = named("Каляна Мария"), named("Вуквукай Илья")
LAST = given_lesson("7А Алгебра", "2026-11-20")
FRIDAY = "2026-11-20 12:00"
ANSWERS = {"10-12": "3", "10-14": "4", "10-16": "3", "10-19": "3", "10-21": "4", "10-23": "3"}


def lesson_on(day: str):
    return given_lesson("7А Алгебра", f"2026-{day}")


def answer(day: str, value: str, seen: int = 0) -> GiveMark:
    id_ = lesson_on(day).id
    return GiveMark(lesson=id_, work=id_, pupil=MARIA, value=value, seen=seen)


def told() -> Story:
    return ended(ill(october()))


def october() -> Story:
    """Six answers and two control works: 3 4 3 3 4 3, 4 and 4."""
    story = Story()
    for day, value in ANSWERS.items():
        story.do("Соколова", f"2026-{day} 10:30", answer(day, value))
    for day in ("10-26", "10-28"):
        lesson = lesson_on(day)
        story.do("Соколова", f"2026-{day} 09:30", AddWork(lesson=lesson.id, kind="control", confirmed=True))
        work = next(w for w in story.sheet(lesson).works if w != lesson.id)
        give = GiveMark(lesson=lesson.id, work=work, pupil=MARIA, value="4")
        story.do("Соколова", f"2026-{day} 10:00", give)
    return story


def ill(story: Story) -> Story:
    """On 9 November, which the class teacher says the next day."""
    story.do("Соколова", "2026-11-09 09:40", NoteAbsence(lesson=lesson_on("11-09").id, pupil=MARIA))
    stretch = AbsenceStretch(
        pupil=MARIA,
        first=date(2026, 11, 9),
        last=date(2026, 11, 9),
        category="по болезни",
        document="справка № 7",
    )
    story.do("Громова", "2026-11-10 09:00", ExplainAbsences(stretches=(stretch,)))
    return story


def ended(story: Story) -> Story:
    """The term's last lesson of algebra is recorded."""
    story.do("Соколова", "2026-11-20 10:10", RecordTopic(lesson=LAST.id, text="Повторение"))
    return story


def sets(story: Story, when: str, value: str, reason: str = "", seen: int = 0) -> int:
    item = PeriodMarkItem(pupil=MARIA, value=value, reason=reason, seen=seen)
    command = SetPeriodMarks(journal=PAGE, period=TERM, kind="period", marks=(item,), confirmed=True)
    return story.do("Соколова", when, command).last or 0


def explained(
    paper: Paper, story: Story, when: str | None = "2026-11-20 13:00", *, inner: bool = True, **place: object
) -> Explanation:
    paper.pour(story.store)
    caught_up(paper)
    paper.name_pupils()
    return at(paper, when, inner=inner, **place)


def at(paper: Paper, when: str | None, *, inner: bool = True, **place: object) -> Explanation:
    where = {"journal": PAGE, "period": TERM, "kind": "period", "pupil": MARIA} | place
    with paper.reading(when) as reading:
        return explanation.page(reading, **where, key_of=KEY_OF, inner=inner, ahead=True)


def line(page: Explanation, day: str) -> MarkLine:
    return next(each for each in page.marks if f"{each.date:%m-%d}" == day)


def test_the_arithmetic_is_told_in_numbers_and_the_control_works_decide(paper: Paper) -> None:
    story = told()
    sets(story, FRIDAY, "4")
    page = explained(paper, story)
    assert page.value == "4"
    assert page.sums is not None
    assert page.sums.all_marks == Mean(total="28", count=8, mean="3,50")
    assert page.sums.control == Mean(total="8", count=2, mean="4,00")
    assert (page.sums.by, page.sums.value) == ("control", "4")
    assert (page.sums.marks, page.sums.least, page.sums.held, page.sums.missed) == (8, 5, 10, 1)
    assert page.sums.spared  # an excused absence: five marks are enough (P-20)
    assert [(m.date, m.category) for m in page.missed] == [(date(2026, 11, 9), "по болезни")]
    assert page.categories == (("по болезни", 1),)
    assert (page.about.name, page.about.title, page.about.subject) == (
        "Каляна Мария",
        "I триместр",
        "Алгебра",
    )


def test_every_mark_says_its_work_who_entered_it_and_when(paper: Paper) -> None:
    page = explained(paper, told())
    assert [(line.value, line.control) for line in page.marks] == [
        *(("3", False), ("4", False), ("3", False), ("3", False), ("4", False), ("3", False)),
        *(("4", True), ("4", True)),
    ]
    (made,) = line(page, "10-26").values
    assert (made.person, made.role, made.delay, made.fate) == (named("Соколова"), "teacher", None, "stands")
    assert page.marks[6].kind_title == UST_BELAYA.work_kinds["control"].title


def test_a_late_mark_says_by_how_much_and_by_whose_leave(paper: Paper) -> None:
    story, lesson = october(), lesson_on("10-30")
    item = LateEntryItem(lesson=lesson.id, target="mark", work=lesson.id, pupil=MARIA)
    story.do("Соколова", "2026-11-02 09:00", RequestLateEntry(items=(item,), reason="болела сама"))
    (case,) = fold_late_entries(story.entries(late_entries(SCHOOL_ID, lesson.id))).cases
    permit = PermitLateEntries(cases=(CaseRef(case=case, lesson=lesson.id),), reason="верю")
    story.do("Ефимова", "2026-11-02 10:00", permit)
    story.do("Соколова", "2026-11-02 12:00", answer("10-30", "5"))
    page = explained(paper, story)
    made = line(page, "10-30").values[0]
    assert made.delay is not None
    assert made.delay > 2 * 24 * 3600
    assert (made.permitted_by, made.permit_reason) == (named("Ефимова"), "верю")
    family = at(paper, "2026-11-20 13:00", inner=False)
    assert line(family, "10-30").values[0].permit_reason == ""
    assert line(family, "10-30").values[0].delay == made.delay


def test_what_was_replaced_or_voided_stands_there_with_its_fate(paper: Paper) -> None:
    story = october()
    two = story.do("Соколова", "2026-11-02 09:40", answer("11-02", "3")).last or 0
    story.do("Соколова", "2026-11-02 09:50", answer("11-02", "5", seen=two))
    bad = story.do("Соколова", "2026-11-06 09:40", answer("11-06", "2")).last or 0
    ill(story)
    voided(story, "2026-11-12 12:00", Category.LESSON, lesson_on("11-06").id, bad)
    page = explained(paper, story)
    assert [(each.value, each.fate) for each in line(page, "11-02").values] == [
        ("5", "stands"),
        ("3", "replaced"),
    ]
    gone = line(page, "11-06")
    assert (gone.value, gone.values[0].fate, gone.values[0].act) == ("", "voided", named("акт"))
    before = at(paper, "2026-11-10 12:00")
    assert line(before, "11-06").value == "2"
    assert line(before, "11-06").values[0].fate == "stands"


def test_a_correction_is_told_with_its_ground_and_who_agreed(paper: Paper) -> None:
    story = ill(october())
    mark = story.sheet(lesson_on("10-12")).marks[lesson_on("10-12").id, MARIA]
    (ref,) = asks(
        story,
        "Соколова",
        "2026-11-10 12:00",
        of_mark(lesson_on("10-12"), "Каляна Мария", "5", mark.position),
    )
    approves(story, "Ефимова", "2026-11-10 13:00", ref)
    page = explained(paper, story)
    (case,) = line(page, "10-12").cases
    assert (case.old, case.new, case.ground, case.status) == ("3", "5", "erroneous_entry", "approved")
    assert (case.requester, case.decided_by) == (named("Соколова"), named("Ефимова"))
    assert case.reason == "Отметка поставлена не той ученице"
    assert line(page, "10-12").value == "5"
    assert line(page, "10-12").values[0].correction == ref.case
    (said,) = line(at(paper, "2026-11-20 13:00", inner=False), "10-12").cases
    assert (said.ground, said.reason, said.decision) == ("erroneous_entry", "", "")


def test_a_deviation_shows_its_reason_and_earlier_values_stay(paper: Paper) -> None:
    story = told()
    first = sets(story, FRIDAY, "4")
    sets(story, "2026-11-20 12:10", "5", "олимпиада", seen=first)
    page = explained(paper, story, inner=False)
    assert [(each.value, each.proposed, each.fate, each.reason) for each in page.history] == [
        ("5", "4", "stands", "олимпиада"),
        ("4", "4", "replaced", ""),
    ]
    assert (page.act.title, page.act.in_force) == (UST_BELAYA.title, date(2026, 9, 1))
    assert page.act.clauses["W-36"] == "7.14(b7)"


def test_what_changed_since_is_named_until_somebody_looks_again(paper: Paper) -> None:
    story = told()
    given = sets(story, FRIDAY, "4")
    assert not explained(paper, story).stale
    story.do("Соколова", "2026-11-20 12:20", answer("11-20", "5"))
    page = explained(paper, story)
    assert page.stale
    assert page.changed == (Change(date=date(2026, 11, 20), was="", now="5"),)
    assert page.value == "4"  # it never changes by itself
    recheck = RecheckPeriodMark(
        journal=PAGE, period=TERM, kind="period", pupil=MARIA, reason="остаётся 4", seen=given
    )
    story.do("Соколова", "2026-11-20 12:40", recheck)
    page = explained(paper, story)
    assert (page.stale, page.recheck is not None and page.recheck.reason) == (False, "остаётся 4")


def test_before_it_is_set_the_page_says_what_would_be_proposed_and_after_the_deadline_that_nothing_is(
    paper: Paper,
) -> None:
    page = explained(paper, told(), "2026-11-20 23:59:59")
    assert (page.value, page.running, page.overdue) == ("", True, False)
    assert page.sums is not None
    assert page.sums.value == "4"
    assert at(paper, "2026-11-21 00:00").overdue


def test_an_earlier_moment_knows_only_what_was_then(paper: Paper) -> None:
    story = told()
    sets(story, FRIDAY, "4")
    explained(paper, story)
    page = at(paper, "2026-10-16 12:00")
    assert (page.value, len(page.marks)) == ("", 3)
    assert page.sums is not None
    assert page.sums.all_marks == Mean(total="10", count=3, mean="3,33")


def test_what_if_is_what_would_be_proposed_with_one_more_mark(paper: Paper) -> None:
    page = explained(paper, told(), "2026-11-16 12:00")
    span = Span(first=date(2026, 9, 1), last=date(2026, 11, 20))
    with paper.reading("2026-11-16 12:00") as reading:
        school, regulation = reading.school, reading.regulation()
        evidence = evidence_of(MARIA, PAGE, span, facts_of(reading, [PAGE], span), school, regulation)
    assert [each.mark for each in page.what_if] == [5, 4, 3, 2]
    for each in page.what_if:
        for kind, said in (("answer", each.ordinary), ("control", each.control)):
            proposal = propose(with_mark(evidence, each.mark, kind, span.first), regulation)
            assert said == Outcome(value=proposal.value, mean=written(proposal.mean))
    assert page.what_if[0].ordinary.mean == "3,67"  # 33 / 9
    assert page.what_if[3].ordinary == Outcome(value="3", mean="3,33")  # 30 / 9


def test_what_if_ends_with_the_mark_and_is_not_for_everybody(paper: Paper) -> None:
    story = told()
    explained(paper, story)
    with paper.reading("2026-11-20 11:00") as reading:
        where = (PAGE, TERM, "period", MARIA)
        assert explanation.page(reading, *where, KEY_OF, inner=True, ahead=True).what_if
        assert not explanation.page(reading, *where, KEY_OF, inner=True, ahead=False).what_if
    sets(story, FRIDAY, "4")
    assert explained(paper, story).what_if == ()


def test_a_mark_of_the_year_rests_on_its_periods(paper: Paper) -> None:
    story = told()
    sets(story, FRIDAY, "4")
    page = explained(paper, story, kind="year", period=YEAR)
    assert [(m.kind, m.title, m.value) for m in page.members] == [
        ("period", "I триместр", "4"),
        ("period", "II триместр", ""),
        ("period", "III триместр", ""),
        ("attestation", "", ""),
    ]
    assert page.sums is not None
    assert page.sums.all_marks == Mean(total="4", count=1, mean="4,00")
    assert page.marks == ()


def test_there_is_no_page_of_what_there_is_not(paper: Paper) -> None:
    explained(paper, told())
    for wrong in (
        {"pupil": named("Кергитваль Олег")},
        {"kind": "year"},
        {"period": YEAR},
        {"period": named("СОО I полугодие")},
        {"kind": "letter"},
        {"journal": named("нет такой")},
    ):
        with pytest.raises(NoSuchPage):
            at(paper, "2026-11-20 13:00", **wrong)


def test_no_other_pupil_is_named(paper: Paper) -> None:
    story = told()
    story.do("Соколова", "2026-11-20 10:20", GiveMark(lesson=LAST.id, work=LAST.id, pupil=ILYA, value="2"))
    page = explained(paper, story, inner=False)
    assert str(ILYA) not in str(page)
    assert str(MARIA) in str(page)


def test_a_family_reads_no_reason_of_the_school_and_no_case_that_is_open_or_was_declined(
    paper: Paper,
) -> None:
    story = ill(october())
    mark = story.sheet(lesson_on("10-12")).marks[lesson_on("10-12").id, MARIA]
    wanted = of_mark(lesson_on("10-12"), "Каляна Мария", "5", mark.position)
    (declined,) = asks(story, "Соколова", "2026-11-10 12:00", wanted)
    no = DeclineCorrections(cases=(declined,), reason="в тетради тройка")
    story.do("Ефимова", "2026-11-10 13:00", no)
    asks(story, "Соколова", "2026-11-11 12:00", wanted)
    ask = RequestException(
        journal=PAGE, period=TERM, pupil=MARIA, ground="least_marks", reason="Лечение в Анадыре"
    )
    story.do("Соколова", "2026-11-12 12:00", ask)
    staff = explained(paper, ended(story))
    assert [case.status for case in line(staff, "10-12").cases] == ["declined", "asked"]
    assert [(each.status, each.reason) for each in staff.exceptions] == [("asked", "Лечение в Анадыре")]
    family = at(paper, "2026-11-20 13:00", inner=False)
    assert line(family, "10-12").cases == ()
    assert family.exceptions == ()
    for word in ("тройка", "Анадыре", "не той ученице"):
        assert word in repr(staff)
        assert word not in repr(family)


def test_a_family_learns_that_an_exception_was_granted_and_not_why(paper: Paper) -> None:
    story = ill(october())
    grant = GrantException(
        journal=PAGE, period=TERM, pupil=MARIA, ground="least_marks", reason="Лечение в Анадыре"
    )
    story.do("Дьячкова", "2026-11-12 12:00", grant)
    explained(paper, ended(story))
    (said,) = at(paper, "2026-11-20 13:00", inner=False).exceptions
    assert (said.status, said.reason, said.decision) == ("granted", "", "")


def test_control_works_at_exactly_the_half_do_not_decide(paper: Paper) -> None:
    story = october()
    lesson = lesson_on("10-28")
    work = next(w for w in story.sheet(lesson).works if w != lesson.id)
    seen = story.sheet(lesson).marks[work, MARIA].position
    story.do(
        "Соколова",
        "2026-10-28 10:30",
        GiveMark(lesson=lesson.id, work=work, pupil=MARIA, value="3", seen=seen),
    )
    story.do("Соколова", "2026-11-02 09:40", answer("11-02", "4"))
    page = explained(paper, story)
    assert page.sums is not None
    assert (page.sums.all_marks.mean, page.sums.control.mean) == ("3,44", "3,50")
    assert (page.sums.by, page.sums.decides, page.sums.tied) == ("mean", True, True)


def test_a_former_pages_teacher_reads_the_pupil_to_the_last_day_there(paper: Paper) -> None:
    """E-06: what the new page says is its own teacher's to tell."""
    moved = roster.PupilMoved(class_id=named("7Б"), first=date(2026, 10, 19), order="91")
    story = Story(*PARALLEL, (MARIA, moved))
    school = story.house.schools.current(SCHOOL_ID)
    for day in ("10-12", "10-14", "10-16"):
        story.do("Соколова", f"2026-{day} 10:30", answer(day, "3"))
    page = named("7Б Алгебра")
    new = next(each for each in school.timetable.by_journal[page] if each.date >= moved.first)
    (teacher, *_) = school.teachers_of(page, new.date)
    by = next(name for name in ("Соколова", "Петров", "Лебедева", "Громова") if named(name) == teacher)
    give = GiveMark(lesson=new.id, work=new.id, pupil=MARIA, value="5")
    story.do(by, f"{new.starts + timedelta(minutes=20):%Y-%m-%d %H:%M}", give)
    whole = explained(paper, story)
    assert [each.value for each in whole.marks] == ["3", "3", "3", "5"]
    with paper.reading("2026-11-20 13:00") as reading:
        where = (reading, PAGE, TERM, "period", MARIA, KEY_OF)
        former = explanation.page(*where, inner=True, ahead=False, stay=True)
        assert [each.value for each in former.marks] == ["3", "3", "3"]
        assert former.sums is not None
        assert former.sums.all_marks == Mean(total="9", count=3, mean="3,00")
        with pytest.raises(NoSuchPage):
            explanation.page(
                reading,
                PAGE,
                named("ООО II триместр"),
                "period",
                MARIA,
                KEY_OF,
                inner=True,
                ahead=False,
                stay=True,
            )
