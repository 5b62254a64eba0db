"""E-12: order № 87 signed on 20.10 for 19–23.10, while «н» were put on 19.10; E-07: the list of a late certificate.

Nothing is erased: a reconciliation list, one request for all of it, another person's approval.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from commands.attendance import NoteAbsence
from commands.bulk_corrections import RequestBulkCorrection
from commands.by_order import OrderNamed
from commands.corrections import ApproveCorrections, CorrectionItem, CorrectionRef, DeclineCorrections
from commands.deciding import Refusal
from commands.distance import DeclareDistance
from commands.health import GrantExemption
from commands.homework import SetHomework
from commands.lessons import RecordTopic
from ledger.correction import fold_corrections
from ledger.events.attendance import AbsenceWithdrawn
from ledger.school import School
from ledger.streams import corrections
from ledger.timetable import Lesson
from projections import order_reconciliation
from projections.order_reconciliation import OrderReconciliation
from projections.topic_words import shown_topic
from tests.projections.conftest import paper  # noqa: F401
from tests.projections.pouring import Paper, caught_up
from tests.story import Story
from tests.world import SCHOOL_ID, UST_BELAYA, given_lesson, named

ALGEBRA, RUSSIAN = given_lesson("7А Алгебра", "2026-10-19"), given_lesson("7А Русский язык", "2026-10-19")
PE = given_lesson("7А Физкультура", "2026-10-07")
ILYA, OLGA, PAVEL = named("Вуквукай Илья"), named("Ященко Ольга"), named("Тынетегин Павел")
CLASS = named("7А")
TOPIC = "Степень с натуральным показателем"
WHO = ((ALGEBRA, ILYA), (ALGEBRA, OLGA), (RUSSIAN, ILYA))


def refused(story: Story, by: str, when: str, command: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        story.do(by, when, command)
    return caught.value


def school_of(story: Story) -> School:
    return story.house.schools.current(SCHOOL_ID)


@pytest.fixture
def story() -> Story:
    """The «н» of 19.10 and the order of the 20th about them."""
    made = Story()
    for pupil, at in ((ILYA, "09:30"), (OLGA, "09:31")):
        made.do("Соколова", f"2026-10-19 {at}", NoteAbsence(lesson=ALGEBRA.id, pupil=pupil))
    made.do("Соколова", "2026-10-19 09:40", RecordTopic(lesson=ALGEBRA.id, text=TOPIC))
    made.do("Лебедева", "2026-10-19 10:30", NoteAbsence(lesson=RUSSIAN.id, pupil=ILYA))
    order = OrderNamed(number="87", on=date(2026, 10, 20))
    declare = DeclareDistance(
        mode="quarantine", first=date(2026, 10, 19), last=date(2026, 10, 23), classes=(CLASS,), order=order
    )
    made.do("Дьячкова", "2026-10-20 09:00", declare)
    return made


def order_of(story: Story) -> UUID:
    (distance,) = school_of(story).distances.values()
    return distance.order


def item(story: Story, lesson: Lesson, pupil: UUID, **fields: object) -> CorrectionItem:
    noted = story.sheet(lesson).absences.get(pupil)
    seen = 0 if noted is None else noted.position
    given = {"target": "absence", "lesson": lesson.id, "pupil": pupil, "seen": seen, **fields}
    return CorrectionItem(**given)  # type: ignore[arg-type]


def asking(
    story: Story, who: Iterable[tuple[Lesson, UUID]] = WHO, order: UUID | None = None
) -> RequestBulkCorrection:
    items = tuple(item(story, lesson, pupil) for lesson, pupil in who)
    return RequestBulkCorrection(order=order or order_of(story), items=items, reason="приказ № 87")


def refs(story: Story, *lessons: Lesson) -> tuple[CorrectionRef, ...]:
    return tuple(
        CorrectionRef(case=case, lesson=lesson.id)
        for lesson in lessons
        for case in fold_corrections(story.entries(corrections(SCHOOL_ID, lesson.id))).cases
    )


def approve(story: Story, *lessons: Lesson) -> ApproveCorrections:
    return ApproveCorrections(cases=refs(story, *lessons))


def listed(paper: Paper, story: Story, when: str, basis: UUID) -> OrderReconciliation:  # noqa: F811
    paper.pour(story.store)
    paper.name_pupils()
    caught_up(paper)
    with paper.reading(when) as reading:
        return order_reconciliation.page(reading, basis, {CLASS})


@pytest.mark.case("E-12")
def test_what_the_order_left_standing_is_a_list_and_nothing_is_erased(story: Story, paper: Paper) -> None:  # noqa: F811
    page = listed(paper, story, "2026-10-20 10:00", order_of(story))
    told = [(one.date, one.subject, one.name.split()[0], one.waits) for one in page.absences]
    day = date(2026, 10, 19)
    assert told == [
        (day, "Алгебра", "Вуквукай", False),
        (day, "Алгебра", "Ященко", False),
        (day, "Русский язык", "Вуквукай", False),
    ]
    assert (page.number, page.kind, page.classes, page.corrected) == ("87", "quarantine", ("7А",), 0)
    assert [one.seen for one in page.absences] == [
        story.sheet(lesson).absences[pupil].position for lesson, pupil in WHO
    ]
    assert set(story.sheet(ALGEBRA).absences) == {ILYA, OLGA}


@pytest.mark.case("E-12")
@pytest.mark.parametrize("who", ["Кеулькут", "Громова", "Дьячкова"])
def test_one_request_goes_and_another_person_approves_it_in_one_action(
    story: Story,
    who: str,
    paper: Paper,  # noqa: F811
) -> None:
    story.do(who, "2026-10-20 10:00", asking(story))
    assert set(story.sheet(ALGEBRA).absences) == {ILYA, OLGA}  # asked is not done
    waiting = listed(paper, story, "2026-10-20 10:30", order_of(story))
    assert [one.waits for one in waiting.absences] == [True, True, True]
    assert waiting.open == ()
    answer = story.do("Ефимова", "2026-10-20 11:00", approve(story, ALGEBRA, RUSSIAN))
    assert answer.first is not None
    assert (story.sheet(ALGEBRA).absences, story.sheet(RUSSIAN).absences) == ({}, {})
    cases = fold_corrections(story.entries(corrections(SCHOOL_ID, ALGEBRA.id))).cases
    taken = [e.event for e in story.entries(ALGEBRA.id) if isinstance(e.event, AbsenceWithdrawn)]
    assert {event.correction for event in taken} == set(cases)
    assert {case.asked.order for case in cases.values()} == {order_of(story)}
    assert len({case.asked.bulk for case in cases.values()}) == 1
    page = listed(paper, story, "2026-10-20 11:30", order_of(story))
    assert (page.absences, page.corrected) == ((), 3)


@pytest.mark.case("E-12")
def test_a_replay_as_of_the_nineteenth_still_shows_the_absences(story: Story, paper: Paper) -> None:  # noqa: F811
    story.do("Кеулькут", "2026-10-20 10:00", asking(story))
    story.do("Дьячкова", "2026-10-20 11:00", approve(story, ALGEBRA, RUSSIAN))
    paper.pour(story.store)
    caught_up(paper)
    standing = {}
    for when in ("2026-10-19 18:00", "2026-10-20 10:30", "2026-10-20 11:30"):
        with paper.reading(when) as reading:
            standing[when] = len(reading.rows("cells", "value_kind = 'absence'"))
    assert standing == {"2026-10-19 18:00": 3, "2026-10-20 10:30": 3, "2026-10-20 11:30": 0}


@pytest.mark.case("E-12")
def test_the_suffix_follows_the_day_and_the_windows_of_homework_stay_shut(story: Story) -> None:
    topic = story.sheet(ALGEBRA).topic
    assert topic is not None
    shown = shown_topic(
        topic.event.text,  # type: ignore[attr-defined]
        lesson=ALGEBRA.id,
        journal=ALGEBRA.journal,
        on=ALGEBRA.date,
        school=school_of(story),
        regulation=UST_BELAYA,
    )
    assert shown == f"{TOPIC}. Дистанционное обучение, приказ № 87"
    (declared,) = (e for e in story.store.entries(SCHOOL_ID, limit=10_000) if hasattr(e.event, "distance"))
    assert declared.stamp.received_at.date() == date(
        2026, 10, 19
    )  # 09:00 of the 20th in Anadyr is the 19th in UTC
    story.do("Кеулькут", "2026-10-20 10:00", asking(story))
    story.do("Дьячкова", "2026-10-20 11:00", approve(story, ALGEBRA, RUSSIAN))
    due = given_lesson("7А Алгебра", "2026-10-21")
    late = SetHomework(lesson=ALGEBRA.id, text="§ 7", manner=("written",), due_lesson=due.id)
    assert refused(story, "Соколова", "2026-10-20 11:05", late).code == "W-04"


@pytest.mark.case("E-12")
def test_nobody_approves_the_own_request_nor_the_own_absence(story: Story) -> None:
    story.do("Дьячкова", "2026-10-20 10:00", asking(story))
    assert refused(story, "Дьячкова", "2026-10-20 11:00", approve(story, ALGEBRA, RUSSIAN)).code == "P-57"
    geometry = given_lesson("7А Геометрия", "2026-10-22")  # of the deputy Ефимова, who teaches
    assert geometry.id not in story.sheet(ALGEBRA).absences
    story.do("Ефимова", "2026-10-20 11:00", approve(story, ALGEBRA, RUSSIAN))
    assert story.sheet(ALGEBRA).absences == {}


@pytest.mark.case("E-12")
def test_a_declined_request_leaves_everything_and_may_be_asked_again(story: Story) -> None:
    story.do("Кеулькут", "2026-10-20 10:00", asking(story))
    assert refused(story, "Кеулькут", "2026-10-20 10:01", asking(story)).code == "correction-open"
    declined = DeclineCorrections(cases=refs(story, ALGEBRA, RUSSIAN), reason="дети были в школе")
    story.do("Дьячкова", "2026-10-20 11:00", declined)
    assert set(story.sheet(ALGEBRA).absences) == {ILYA, OLGA}
    story.do("Кеулькут", "2026-10-20 12:00", asking(story))


@pytest.mark.case("E-12")
def test_only_what_the_order_covers_and_only_absences_go_by_it(story: Story) -> None:
    before = given_lesson("7А Алгебра", "2026-10-16")
    other = given_lesson("6А Русский язык", "2026-10-19")
    for lesson, pupil in ((before, ILYA), (other, named("Эттувги Роман"))):
        said = refused(story, "Кеулькут", "2026-10-20 10:00", asking(story, [(lesson, pupil)]))
        assert said.code == "bulk-items"
    for wish in ({"new": "н"}, {"target": "mark", "work": ALGEBRA.id, "new": "5"}, {"pupil": None}):
        items = (replace(item(story, ALGEBRA, ILYA), **wish),)  # type: ignore[arg-type]
        command = RequestBulkCorrection(order=order_of(story), items=items, reason="приказ")
        assert refused(story, "Кеулькут", "2026-10-20 10:00", command).code == "bulk-items"
    nothing = RequestBulkCorrection(order=order_of(story), items=(), reason="приказ")
    assert refused(story, "Кеулькут", "2026-10-20 10:00", nothing).code == "correction-items"
    unknown = asking(story, order=named("другой приказ"))
    assert refused(story, "Кеулькут", "2026-10-20 10:00", unknown).code == "order-exists"


@pytest.mark.case("E-12")
@pytest.mark.parametrize("who", ["Соколова", "Петров", "Орлова", "Носов"])
def test_others_do_not_ask_for_it(story: Story, who: str) -> None:
    assert refused(story, who, "2026-10-20 10:00", asking(story)).status == 403


@pytest.mark.case("E-12")
def test_an_absence_changed_meanwhile_is_looked_at_again(story: Story) -> None:
    stale = asking(story)
    story.do("Кеулькут", "2026-10-20 10:00", asking(story, [(ALGEBRA, ILYA)]))
    story.do("Дьячкова", "2026-10-20 11:00", approve(story, ALGEBRA))
    assert refused(story, "Кеулькут", "2026-10-20 11:30", stale).code == "correction-changed"


@pytest.fixture
def certified() -> Story:
    """«н» on physical education of 7.10, the certificate from 5.10 on brought on the 12th."""
    made = Story()
    russian = given_lesson("7А Русский язык", "2026-10-07")
    made.do("Ким", "2026-10-07 12:25", NoteAbsence(lesson=PE.id, pupil=PAVEL))
    made.do("Лебедева", "2026-10-07 13:30", NoteAbsence(lesson=russian.id, pupil=PAVEL))
    grant = GrantExemption(
        pupil=PAVEL,
        exemption=named("справка"),
        first=date(2026, 10, 5),
        until=date(2026, 10, 30),
        document="справка № 45",
        confirmed=True,
    )
    made.do("Громова", "2026-10-12 09:00", grant)
    return made


@pytest.mark.case("E-07")
def test_of_a_late_certificate_only_physical_education_is_on_the_list(
    certified: Story,
    paper: Paper,  # noqa: F811
) -> None:
    page = listed(paper, certified, "2026-10-12 10:00", named("справка"))
    assert [(one.date, one.subject) for one in page.absences] == [(date(2026, 10, 7), "Физкультура")]
    assert (page.kind, page.pupil, page.number) == ("exempt", PAVEL, "")


@pytest.mark.case("E-07")
def test_the_absence_the_certificate_covers_goes_by_the_class_teachers_request(certified: Story) -> None:
    ask = asking(certified, [(PE, PAVEL)], order=named("справка"))
    certified.do("Громова", "2026-10-12 10:00", ask)
    certified.do("Дьячкова", "2026-10-12 11:00", approve(certified, PE))
    assert certified.sheet(PE).absences == {}
    russian = given_lesson("7А Русский язык", "2026-10-07")
    assert set(certified.sheet(russian).absences) == {PAVEL}
    said = refused(
        certified,
        "Громова",
        "2026-10-12 12:00",
        asking(certified, [(russian, PAVEL)], order=named("справка")),
    )
    assert said.code == "bulk-items"
