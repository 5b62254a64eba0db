"""Cases and what goes wrong with them (R-163…R-172, P-53…P-57): who asks, for what, who decides; two at once, the
same person twice. What a case brings: test_corrections_applied.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from uuid import UUID, uuid4

import pytest

from commands.corrections import (
    ApproveCorrections,
    CorrectionItem,
    DeclineCorrections,
    RequestCorrections,
    WithdrawCorrection,
)
from commands.error_reports import ReportError
from commands.handle import handle
from commands.marks import AddWork, GiveMark
from ledger import streams
from ledger.appending import Append, Appended
from ledger.correction import fold_corrections
from ledger.entry import Category, Draft
from ledger.error_report import fold_error_reports
from ledger.events.days import SubstitutionRecorded
from ledger.events.journals import WorkloadAssigned, WorkloadEnded
from ledger.events.roster import GuardianLinked
from ledger.events.staff import RoleGranted, RoleWithdrawn
from ledger.period_sheet import PERIOD
from tests.correction_cases import (
    ALGEBRA,
    ASKED,
    DECIDED,
    KALYANA,
    OLGA,
    TRIMESTER,
    approves,
    asks,
    case,
    give,
    mark,
    marked,
    marks,
    of_mark,
    of_period_mark,
    refused,
    spared,
    three,
    written,
)
from tests.story import Story
from tests.world import FIRST, SCHOOL_ID, given_lesson, named, stamp


@pytest.fixture
def story() -> Story:
    return Story()


# Who asks.


def test_a_colleague_asks_for_nothing_on_anothers_page(story: Story) -> None:
    seen = give(story, "Соколова", ALGEBRA, "Каляна Мария", "3")
    item = of_mark(ALGEBRA, "Каляна Мария", "4", seen)
    assert refused("W-19", lambda: asks(story, "Петров", ASKED, item)).status == 403


@pytest.mark.parametrize("by", ["Орлова", "Кеулькут", "Носов"])
def test_those_who_teach_nothing_ask_for_nothing(story: Story, by: str) -> None:
    seen = give(story, "Соколова", ALGEBRA, "Каляна Мария", "3")
    refused("W-19", lambda: asks(story, by, ASKED, of_mark(ALGEBRA, "Каляна Мария", "4", seen)))


HANDED_OVER = (
    (named("7А Алгебра"), WorkloadEnded(teacher=named("Соколова"), last=FIRST.replace(month=12, day=31))),
    (
        named("7А Алгебра"),
        WorkloadAssigned(
            teacher=named("Ким"), first=FIRST.replace(year=2027, month=1, day=1), until=None, hours=300
        ),
    ),
)


def test_the_teacher_of_that_day_asks_after_the_page_was_handed_over() -> None:
    """As W-19 reads the workload on the lesson's day."""
    story = Story(*HANDED_OVER)
    seen = give(story, "Соколова", ALGEBRA, "Каляна Мария", "3")
    item = of_mark(ALGEBRA, "Каляна Мария", "4", seen)
    refused("W-19", lambda: asks(story, "Ким", "2027-01-18 12:00", item))
    asks(story, "Соколова", "2027-01-18 12:00", item)


@pytest.mark.parametrize("by", ["Соколова", "Ким"])
def test_a_period_mark_is_asked_about_by_the_teacher_of_then_or_of_now(by: str) -> None:
    story = Story(*HANDED_OVER)
    page = named("7А Алгебра")
    seen = marked(story, "Соколова", "2026-11-18 12:00", page, TRIMESTER, PERIOD, "Ященко Ольга", "3")
    item = of_period_mark(page, TRIMESTER, PERIOD, "Ященко Ольга", "4", seen)
    refused("not-allowed", lambda: asks(story, "Петров", "2027-01-18 12:00", item))
    (ref,) = asks(story, by, "2027-01-18 12:00", item)
    assert case(story, ref).status == "asked"


def test_the_substitute_asks_about_the_lesson_that_was_hers() -> None:
    took = SubstitutionRecorded(
        substitution=named("замена"),
        lesson=ALGEBRA.id,
        absent=named("Соколова"),
        substitute=named("Лебедева"),
        manner="same_subject",
        order=None,
    )
    story = Story((streams.day(SCHOOL_ID, named("7А"), ALGEBRA.date), took))
    seen = give(story, "Лебедева", ALGEBRA, "Каляна Мария", "3")
    item = of_mark(ALGEBRA, "Каляна Мария", "4", seen)
    refused("W-19", lambda: asks(story, "Соколова", ASKED, item))
    asks(story, "Лебедева", ASKED, item)


# What may be asked for.


def test_a_reason_and_a_ground_of_the_list_are_needed(story: Story) -> None:
    seen = give(story, "Соколова", ALGEBRA, "Каляна Мария", "3")
    item = of_mark(ALGEBRA, "Каляна Мария", "4", seen)
    refused("plain-text", lambda: asks(story, "Соколова", ASKED, item, reason=" "))
    refused("correction-ground", lambda: asks(story, "Соколова", ASKED, item, ground="жалко"))
    empty = RequestCorrections(items=(), ground="other", reason="Прошу")
    refused("not-allowed", lambda: story.do("Соколова", ASKED, empty))
    refused("correction-items", lambda: approves(story, "Ефимова", DECIDED))


@pytest.mark.parametrize(
    ("new", "code"),
    [("3", "correction-same"), ("6", "P-13"), ("пять", "P-25"), ("4/3", "P-25"), ("4/", "P-25")],
)
def test_the_new_mark_is_another_one_of_the_scale(story: Story, new: str, code: str) -> None:
    seen = give(story, "Соколова", ALGEBRA, "Каляна Мария", "3")
    refused(code, lambda: asks(story, "Соколова", ASKED, of_mark(ALGEBRA, "Каляна Мария", new, seen)))


def test_no_case_brings_a_two_into_the_adaptation_period(story: Story) -> None:
    """W-12 never yields, 15.09 included; the day after it does."""
    for on, code in (("2026-09-14", "W-12"), ("2026-09-16", None)):
        lesson = given_lesson("7А Алгебра", on)
        seen = give(story, "Соколова", lesson, "Каляна Мария", "3")
        item = of_mark(lesson, "Каляна Мария", "2", seen)
        if code is None:
            asks(story, "Соколова", ASKED, item)
        else:
            refused(code, lambda item=item: asks(story, "Соколова", "2026-09-15 12:00", item))


def test_texts_are_plain_and_homework_and_topics_are_never_blank(story: Story) -> None:
    give(story, "Соколова", ALGEBRA, "Каляна Мария", "3")
    for target in ("topic", "homework"):
        for new in ("", "т" * 5000, "строка\u202eакортс"):
            item = CorrectionItem(target=target, lesson=ALGEBRA.id, new=new)
            code = "correction-same" if not new else "plain-text"
            refused(code, lambda item=item: asks(story, "Соколова", ASKED, item))


def test_a_kind_comes_from_the_list_and_the_ready_column_keeps_its_own(story: Story) -> None:
    added = story.do("Соколова", "2026-10-12 09:30", AddWork(lesson=ALGEBRA.id, kind="check"))
    column, seen = UUID(added.parts[-1]["work"]), int(added.parts[-1]["position"])
    strange = CorrectionItem(target="kind", lesson=ALGEBRA.id, work=column, new="срез", seen=seen)
    refused("work-kind", lambda: asks(story, "Соколова", ASKED, strange))
    ready = CorrectionItem(target="kind", lesson=ALGEBRA.id, work=ALGEBRA.id, new="check", seen=seen)
    refused("work-kind", lambda: asks(story, "Соколова", ASKED, ready))


def test_a_column_with_fractions_stays_of_a_kind_that_has_them(story: Story) -> None:
    russian = given_lesson("7А Русский язык", "2026-10-12")
    added = story.do("Лебедева", "2026-10-12 10:30", AddWork(lesson=russian.id, kind="exposition"))
    column, seen = UUID(added.parts[-1]["work"]), int(added.parts[-1]["position"])
    command = GiveMark(lesson=russian.id, work=column, pupil=KALYANA, value="4/3")
    story.do("Лебедева", "2026-10-12 12:00", command)
    item = CorrectionItem(target="kind", lesson=russian.id, work=column, new="test", seen=seen)
    refused("P-25", lambda: asks(story, "Лебедева", ASKED, item))


def test_a_place_is_named_in_full_and_of_one_kind(story: Story) -> None:
    give(story, "Соколова", ALGEBRA, "Каляна Мария", "3")
    page = ALGEBRA.journal
    for item in (
        CorrectionItem(target="mark", lesson=ALGEBRA.id, work=ALGEBRA.id, new="4"),
        CorrectionItem(target="diary", lesson=ALGEBRA.id, new="4"),
        CorrectionItem(target="period_mark", lesson=ALGEBRA.id, new="4"),
        CorrectionItem(
            target="period_mark",
            lesson=ALGEBRA.id,
            journal=named("9А Литература"),
            period=TRIMESTER,
            kind=PERIOD,
            pupil=KALYANA,
            new="4",
        ),
        CorrectionItem(target="topic", journal=page, period=TRIMESTER, new="Тема"),
    ):
        refused("correction-items", lambda item=item: asks(story, "Соколова", ASKED, item))


def test_an_empty_lesson_is_filled_by_a_late_entry_and_not_by_a_case(story: Story) -> None:
    item = CorrectionItem(target="topic", lesson=ALGEBRA.id, new="Одночлены")
    refused("correction-nothing", lambda: asks(story, "Соколова", ASKED, item))


def test_an_error_report_that_is_answered_is_about_this_record(story: Story) -> None:
    seen = give(story, "Соколова", ALGEBRA, "Каляна Мария", "3")
    command = RequestCorrections(
        items=(of_mark(ALGEBRA, "Каляна Мария", "4", seen),),
        ground="erroneous_entry",
        reason="По сообщению матери",
        report=named("чужое сообщение"),
    )
    refused("correction-report", lambda: story.do("Соколова", ASKED, command))


# One case a cell.


def test_a_second_case_on_the_cell_waits_for_the_first(story: Story) -> None:
    ref = three(story)
    seen = case(story, ref).asked.seen
    item = of_mark(ALGEBRA, "Каляна Мария", "5", seen)
    assert refused("correction-open", lambda: asks(story, "Соколова", ASKED, item)).status == 409
    other = of_mark(ALGEBRA, "Ященко Ольга", "5", 0)
    asks(story, "Соколова", ASKED, other)
    story.do("Соколова", ASKED, WithdrawCorrection(case=ref.case, lesson=ALGEBRA.id))
    asks(story, "Соколова", "2026-10-19 12:10", item)


def test_one_request_names_a_cell_once(story: Story) -> None:
    seen = give(story, "Соколова", ALGEBRA, "Каляна Мария", "3")
    items = (of_mark(ALGEBRA, "Каляна Мария", "4", seen), of_mark(ALGEBRA, "Каляна Мария", "5", seen))
    refused("correction-twice", lambda: asks(story, "Соколова", ASKED, *items))


def meanwhile(story: Story, happens: Callable[[], None]) -> None:
    """After the next command was decided and before it is written, once."""
    real = story.store.append

    def append(batch: Append) -> Appended:
        story.store.append = real  # type: ignore[method-assign]
        happens()
        return real(batch)

    story.store.append = append  # type: ignore[method-assign]


def test_of_two_requests_at_once_the_second_hears_of_the_first(story: Story) -> None:
    seen = give(story, "Соколова", ALGEBRA, "Каляна Мария", "3")
    item = of_mark(ALGEBRA, "Каляна Мария", "4", seen)
    meanwhile(story, lambda: asks(story, "Соколова", ASKED, item) and None)
    refused("correction-open", lambda: asks(story, "Соколова", ASKED, item))
    cases = fold_corrections(story.entries(streams.corrections(SCHOOL_ID, ALGEBRA.id))).cases
    assert [each.status for each in cases.values()] == ["asked"]


# Who decides.


def test_neither_a_teacher_nor_the_methodist_decides(story: Story) -> None:
    ref = three(story)
    for by in ("Соколова", "Петров", "Кеулькут", "Носов"):
        refused("not-allowed", lambda by=by: approves(story, by, DECIDED, ref))


def test_the_author_of_the_value_does_not_approve_though_another_asked() -> None:
    """Ефимова set the mark while she taught the page; Ким, who teaches it now, asks. Persons are compared."""
    page = named("7А Алгебра")
    story = Story(*HANDED_OVER)
    seen = marked(story, "Ефимова", "2026-11-18 12:00", page, TRIMESTER, PERIOD, "Ященко Ольга", "3")
    spared(story, "2026-11-18 12:01", page, TRIMESTER, "Ященко Ольга")
    item = of_period_mark(page, TRIMESTER, PERIOD, "Ященко Ольга", "4", seen)
    (ref,) = asks(story, "Ким", "2027-01-18 12:00", item)
    refused("P-54", lambda: approves(story, "Ефимова", "2027-01-18 15:00", ref))
    declined = DeclineCorrections(cases=(ref,), reason="Отметка верна")
    refused("P-54", lambda: story.do("Ефимова", "2027-01-18 15:00", declined))
    approves(story, "Дьячкова", "2027-01-18 15:00", ref)
    assert marks(story, page, TRIMESTER).value(PERIOD, OLGA) == "4"


def test_a_second_role_or_account_of_the_same_person_decides_nothing() -> None:
    """Соколова is a deputy too, and signs in under another account: she is still who asked."""
    story = Story(
        (named("Соколова"), RoleGranted(role="deputy", first=FIRST, until=None, competence=None)),
        (named("Соколова"), RoleGranted(role="director", first=FIRST, until=None, competence=None)),
    )
    ref = three(story)
    command = ApproveCorrections(cases=(ref,))
    refused("P-57", lambda: story.do("Соколова", DECIDED, command))
    second = replace(story.asking("Соколова", DECIDED, command), account=named("second account"))
    refused("P-57", lambda: handle(command, second, story.house))
    assert mark(story) == (3,)


def test_who_asked_for_what_a_case_brought_is_its_author(story: Story) -> None:
    """Not the deputy who approved it: she decides on the next case as well."""
    approves(story, "Ефимова", DECIDED, three(story))
    seen = story.sheet(ALGEBRA).marks[ALGEBRA.id, KALYANA].position
    (again,) = asks(story, "Соколова", "2026-10-20 12:00", of_mark(ALGEBRA, "Каляна Мария", "5", seen))
    approves(story, "Ефимова", "2026-10-20 15:00", again)
    assert mark(story) == (5,)


def test_the_approver_who_lost_the_role_approves_no_more(story: Story) -> None:
    ref = three(story)
    gone = RoleWithdrawn(role="deputy", last=ALGEBRA.date)
    written(story, "Носов", "2026-10-19 14:00", Category.SCHOOL, named("Ефимова"), gone)
    refused("not-allowed", lambda: approves(story, "Ефимова", DECIDED, ref))
    assert mark(story) == (3,)


def test_the_role_may_go_between_the_decision_and_its_entry(story: Story) -> None:
    """The person's stream is guarded: what was decided is decided again."""
    ref = three(story)

    def loses() -> None:
        made = replace(stamp("Носов", DECIDED), command_id=uuid4())
        gone = RoleWithdrawn(role="deputy", last=ALGEBRA.date)
        draft = Draft(category=Category.SCHOOL, stream=named("Ефимова"), version=None, event=gone)
        story.store.append(Append(stamp=made, body_sha256=sha256(b"").digest(), answer="{}", drafts=(draft,)))

    meanwhile(story, loses)
    refused("not-allowed", lambda: approves(story, "Ефимова", DECIDED, ref))
    assert mark(story) == (3,)


def test_of_two_decisions_at_once_the_second_hears_of_the_first(story: Story) -> None:
    ref = three(story)
    declined = DeclineCorrections(cases=(ref,), reason="Отметка верна")
    meanwhile(story, lambda: story.do("Дьячкова", DECIDED, declined) and None)
    refused("correction-decided", lambda: approves(story, "Ефимова", DECIDED, ref))
    assert (case(story, ref).status, mark(story)) == ("declined", (3,))


def test_a_case_is_decided_once_and_withdrawn_by_who_asked(story: Story) -> None:
    ref = three(story)
    withdraw = WithdrawCorrection(case=ref.case, lesson=ALGEBRA.id)
    for by in ("Ефимова", "Петров"):
        assert refused("not-allowed", lambda by=by: story.do(by, DECIDED, withdraw)).status == 403
    approves(story, "Ефимова", DECIDED, ref)
    assert refused("correction-decided", lambda: approves(story, "Дьячкова", DECIDED, ref)).status == 409
    refused("correction-decided", lambda: story.do("Соколова", DECIDED, withdraw))
    unknown = replace(ref, case=uuid4())
    assert refused("correction-case", lambda: approves(story, "Ефимова", DECIDED, unknown)).status == 404


def test_a_declined_case_changes_nothing_and_says_why(story: Story) -> None:
    ref = three(story)
    blank = DeclineCorrections(cases=(ref,), reason="  ")
    refused("plain-text", lambda: story.do("Ефимова", DECIDED, blank))
    own = DeclineCorrections(cases=(ref,), reason="Отметка верна")
    story.do("Ефимова", DECIDED, own)
    assert (case(story, ref).status, mark(story)) == ("declined", (3,))


@pytest.mark.parametrize("ground", ["order", "revision", "", "чудо"])
def test_a_current_record_is_corrected_on_a_ground_of_its_own(story: Story, ground: str) -> None:
    """An order is named by those who reconcile it (E-12); a revision is asked of marks for a period only (K-28)."""
    seen = give(story, "Соколова", ALGEBRA, "Каляна Мария", "3")
    item = of_mark(ALGEBRA, "Каляна Мария", "4", seen)
    refused("correction-ground", lambda: asks(story, "Соколова", ASKED, item, ground=ground))


def test_a_request_answers_a_report_about_all_it_names() -> None:
    story = Story((KALYANA, GuardianLinked(guardian=named("мать Каляны"), kinship="мать")))
    seen = give(story, "Соколова", ALGEBRA, "Каляна Мария", "3")
    later = given_lesson("7А Алгебра", "2026-10-14")
    elsewhere = give(story, "Соколова", later, "Каляна Мария", "3")
    report = ReportError(
        target="mark",
        journal=ALGEBRA.journal,
        lesson=ALGEBRA.id,
        work=ALGEBRA.id,
        pupil=KALYANA,
        text="В тетради стоит 4",
    )
    story.do("мать Каляны", "2026-10-16 12:00", report)
    (said,) = fold_error_reports(story.entries(streams.error_reports(SCHOOL_ID, ALGEBRA.id))).tickets
    mine = of_mark(ALGEBRA, "Каляна Мария", "4", seen)
    other = of_mark(later, "Каляна Мария", "4", elsewhere)

    def answering(*items: CorrectionItem) -> RequestCorrections:
        return RequestCorrections(items=items, ground="erroneous_entry", reason="Описка", report=said)

    refused("correction-report", lambda: story.do("Соколова", ASKED, answering(mine, other)))
    story.do("Соколова", ASKED, answering(mine))
