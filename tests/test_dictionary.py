"""R-070: the administrator's dictionaries are versioned, never deleted when used, and complete the school's act."""

from __future__ import annotations

from datetime import date

import pytest

from commands.absences import AbsenceStretch, ExplainAbsences
from commands.deciding import Refusal
from commands.dictionary import RetireTerm, SetSubject, SetTerm
from commands.importing import ids
from commands.marks import AddWork
from ledger import regulation, streams
from ledger.events.calendar import TermSet
from ledger.regulation import Regulation
from ledger.school import School
from tests.story import Story, given_lesson
from tests.world import SCHOOL_ID, named

NOON, LESSON = "2026-10-12 12:00", given_lesson("7А Алгебра", "2026-10-12")
DURING = "2026-10-12 09:40"


def school(story: Story) -> School:
    return story.house.schools.current(SCHOOL_ID)


def act(story: Story) -> Regulation:
    found = regulation.in_force(school(story), date(2026, 10, 12))
    assert found is not None
    return found[1]


def refused(story: Story, command: object, by: str = "Носов") -> str:
    with pytest.raises(Refusal) as caught:
        story.do(by, NOON, command)
    return caught.value.code


def own_kind(story: Story) -> str:
    return next(key for key, kind in act(story).work_kinds.items() if kind.own)


def test_a_kind_of_work_the_school_adds_makes_columns_with_its_flags() -> None:
    story = Story()
    story.do(
        "Носов",
        "2026-10-12 08:00",
        SetTerm(dictionary="work_kind", title="Лингвистический разбор", flags=("written",)),
    )
    kind = own_kind(story)
    assert act(story).work_kinds[kind].flags == ("written",)
    story.do("Соколова", DURING, AddWork(lesson=LESSON.id, kind=kind))
    assert [work.kind for work in story.sheet(LESSON).works.values()].count(kind) == 1


def test_of_a_retired_kind_no_new_column_is_made_and_the_old_one_keeps_its_word() -> None:
    story = Story()
    story.do("Соколова", DURING, AddWork(lesson=LESSON.id, kind="independent"))
    story.do("Носов", NOON, RetireTerm(dictionary="work_kind", key="independent"))
    with pytest.raises(Refusal) as caught:
        story.do("Соколова", NOON, AddWork(lesson=LESSON.id, kind="independent"))
    assert caught.value.code == "work-kind"
    kind = act(story).work_kinds["independent"]
    assert (kind.title, kind.retired, kind.flags) == ("Самостоятельная работа", True, ("written",))


def test_a_retired_entry_comes_back_by_being_set_again() -> None:
    story = Story()
    story.do("Носов", NOON, RetireTerm(dictionary="work_kind", key="independent"))
    story.do(
        "Носов",
        NOON,
        SetTerm(
            dictionary="work_kind", key="independent", title="Самостоятельная работа", flags=("written",)
        ),
    )
    assert not act(story).work_kinds["independent"].retired


def test_every_change_is_an_entry_and_none_is_lost() -> None:
    story = Story()
    for title in ("Самостоятельная", "Самостоятельная работа в классе"):
        term = SetTerm(dictionary="work_kind", key="independent", title=title, flags=("written",))
        story.do("Носов", NOON, term)
        assert story.do("Носов", NOON, term).first is None  # said twice, written once
    said = [e.event for e in story.entries(streams.calendar(SCHOOL_ID)) if isinstance(e.event, TermSet)]
    assert [event.title for event in said] == ["Самостоятельная", "Самостоятельная работа в классе"]


def test_flags_of_a_kind_the_act_names_are_the_acts() -> None:
    story = Story()
    term = SetTerm(
        dictionary="work_kind", key="independent", title="Самостоятельная работа", flags=("essay",)
    )
    assert refused(story, term) == "term-by-act"


def test_the_answer_in_class_is_never_retired() -> None:
    assert refused(Story(), RetireTerm(dictionary="work_kind", key="answer")) == "term-needed"


def test_an_absence_category_is_added_used_and_retired() -> None:
    story = Story()
    word = "по семейным обстоятельствам"
    story.do("Носов", NOON, SetTerm(dictionary="absence_category", title=word))
    assert word in act(story).absence_categories
    day = date(2026, 10, 12)
    stretch = AbsenceStretch(pupil=named("Каляна Мария"), first=day, last=day, category=word)
    explained = ExplainAbsences(stretches=(stretch,))
    assert story.do("Громова", NOON, explained).first is not None
    story.do("Носов", NOON, RetireTerm(dictionary="absence_category", key=word))
    assert word not in act(story).absence_categories
    assert refused(story, explained, by="Громова") == "P-51"


def test_a_category_is_its_words_and_is_not_renamed() -> None:
    story = Story()
    word = act(story).absence_categories[0]
    assert refused(story, SetTerm(dictionary="absence_category", key=word, title="иначе")) == "term-word"


def test_the_last_category_stays() -> None:
    story = Story()
    *first, last = act(story).absence_categories
    for word in first:
        story.do("Носов", NOON, RetireTerm(dictionary="absence_category", key=word))
    assert refused(story, RetireTerm(dictionary="absence_category", key=last)) == "term-needed"


def test_two_entries_of_one_name_are_refused() -> None:
    story = Story()
    assert refused(story, SetTerm(dictionary="work_kind", title="самостоятельная  РАБОТА")) == "term-new"


def test_a_new_subject_has_the_id_an_import_would_give_it() -> None:
    story = Story()
    story.do("Носов", NOON, SetSubject(title="Чукотский язык", short="Чук", attributes=("language",)))
    subject = school(story).subjects[ids.subject(SCHOOL_ID, "Чукотский язык")]
    assert (subject.title, subject.short, subject.attributes) == ("Чукотский язык", "Чук", {"language"})
    assert refused(story, SetSubject(title="чукотский язык")) == "subject-new"


def test_a_subject_is_written_anew_and_keeps_its_pages() -> None:
    story = Story()
    story.do(
        "Носов", NOON, SetSubject(subject=named("Алгебра"), title="Алгебра и начала анализа", short="Алг")
    )
    assert school(story).subject_of(named("7А Алгебра")).title == "Алгебра и начала анализа"


def test_an_attribute_nobody_knows_is_refused() -> None:
    assert refused(Story(), SetSubject(title="Пение", attributes=("loud",))) == "subject-attribute"


@pytest.mark.parametrize("by", ["Дьячкова", "Соколова", "Кеулькут", "Орлова"])
def test_only_the_administrator_keeps_dictionaries(by: str) -> None:
    assert refused(Story(), SetTerm(dictionary="order_kind", title="командировка"), by) == "not-allowed"
