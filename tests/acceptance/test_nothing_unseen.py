"""What a colleague wrote meanwhile is shown and never overwritten: topic, homework, presence (issue 2, item 5)."""

from __future__ import annotations

import pytest

from commands.attendance import NoteAbsence, TakeAttendance, WithdrawAbsence
from commands.deciding import Conflict
from commands.homework import SetHomework, SetIndividualHomework, SetNoHomework
from commands.lessons import RecordTopic
from tests.story import Story
from tests.world import given_lesson, named

LESSON = given_lesson("7А Алгебра", "2026-10-12")
SIXTH = given_lesson("6А Русский язык", "2026-10-12")
SEVENTH = given_lesson("7А Русский язык", "2026-10-12")
MARIA, ILYA = named("Каляна Мария"), named("Вуквукай Илья")
TEACHER, NOON = "Соколова", "2026-10-12 12:00"


def topic(text: str, seen: int = 0) -> RecordTopic:
    return RecordTopic(lesson=LESSON.id, text=text, seen=seen)


def refused_unseen(story: Story, command: object, by: str = TEACHER) -> Conflict:
    """The conflict `command` meets; nothing of it was written."""
    head = story.store.head(story.asking(by, NOON, command).school).position
    with pytest.raises(Conflict) as conflict:
        story.do(by, NOON, command)
    assert story.store.head(story.asking(by, NOON, command).school).position == head
    return conflict.value


def test_a_topic_written_meanwhile_is_shown_and_stays() -> None:
    story = Story()
    story.do(TEACHER, NOON, topic("Степень"))
    conflict = refused_unseen(story, topic("Корень"))
    assert conflict.theirs == story.sheet(LESSON).topic
    assert conflict.theirs is not None
    story.do(TEACHER, NOON, topic("Корень", seen=conflict.theirs.position))
    assert story.sheet(LESSON).topic.event.text == "Корень"  # type: ignore[union-attr, attr-defined]


def test_the_same_topic_again_is_neither_an_entry_nor_a_conflict() -> None:
    story = Story()
    story.do(TEACHER, NOON, topic("Степень"))
    assert story.do(TEACHER, NOON, topic(" Степень ")).first is None
    assert story.do(TEACHER, NOON, topic("Степень", seen=1)).first is None


def test_a_topic_seen_long_ago_is_not_the_one_that_stands() -> None:
    story = Story()
    story.do(TEACHER, NOON, topic("Степень"))
    seen = story.sheet(LESSON).topic.position  # type: ignore[union-attr]
    story.do(TEACHER, NOON, topic("Корень", seen=seen))
    refused_unseen(story, topic("Дробь", seen=seen))


def test_the_parallel_class_keeps_a_topic_nobody_was_looking_at() -> None:
    story = Story()
    story.do("Лебедева", "2026-10-12 15:00", RecordTopic(lesson=SIXTH.id, text="Наречие"))
    both = RecordTopic(lesson=SEVENTH.id, text="Причастие", also=(SIXTH.id,))
    conflict = refused_unseen(story, both, by="Лебедева")
    assert conflict.theirs is not None
    assert conflict.theirs.stream == SIXTH.id
    assert story.sheet(SEVENTH).topic is None


def test_the_parallel_class_takes_a_topic_where_it_has_none_or_the_same() -> None:
    story = Story()
    both = RecordTopic(lesson=SEVENTH.id, text="Причастие", also=(SIXTH.id,))
    story.do("Лебедева", "2026-10-12 15:00", RecordTopic(lesson=SIXTH.id, text="Причастие"))
    before = story.sheet(SIXTH).topic
    story.do("Лебедева", "2026-10-12 15:01", both)
    assert story.sheet(SIXTH).topic == before
    assert story.sheet(SEVENTH).topic is not None


def test_homework_set_meanwhile_is_replaced_neither_by_another_nor_by_none() -> None:
    story = Story()
    story.do(TEACHER, NOON, SetHomework(lesson=LESSON.id, text="§ 7"))
    stands = story.sheet(LESSON).homework
    assert stands is not None
    for command in (SetHomework(lesson=LESSON.id, text="§ 8"), SetNoHomework(lesson=LESSON.id)):
        assert refused_unseen(story, command).theirs == stands
    assert story.do(TEACHER, NOON, SetHomework(lesson=LESSON.id, text="§ 7")).first is None
    story.do(TEACHER, NOON, SetNoHomework(lesson=LESSON.id, seen=stands.position))
    assert story.sheet(LESSON).homework != stands


def test_the_parallel_class_keeps_its_homework() -> None:
    story = Story()
    story.do("Лебедева", "2026-10-12 15:00", SetNoHomework(lesson=SIXTH.id, confirmed=True))
    both = SetHomework(lesson=SEVENTH.id, text="упр. 12", also=(SIXTH.id,), confirmed=True)
    assert refused_unseen(story, both, by="Лебедева").theirs == story.sheet(SIXTH).homework
    assert story.sheet(SEVENTH).homework is None


def test_a_pupils_own_homework_is_not_overwritten_either() -> None:
    story = Story()
    card = SetIndividualHomework(lesson=LESSON.id, pupil=MARIA, text="карточка 2")
    story.do(TEACHER, NOON, card)
    refused_unseen(story, SetIndividualHomework(lesson=LESSON.id, pupil=MARIA, text="карточка 3"))
    story.do(TEACHER, NOON, SetIndividualHomework(lesson=LESSON.id, pupil=ILYA, text="карточка 3"))
    seen = story.sheet(LESSON).individual[MARIA].position
    story.do(
        TEACHER, NOON, SetIndividualHomework(lesson=LESSON.id, pupil=MARIA, text="карточка 4", seen=seen)
    )


def absences(story: Story) -> tuple[int, ...]:
    return tuple(entry.position for entry in story.sheet(LESSON).absences.values())


def test_a_stale_everybody_is_here_does_not_withdraw_a_colleagues_absence() -> None:
    story = Story()
    story.do(TEACHER, NOON, NoteAbsence(lesson=LESSON.id, pupil=MARIA))
    conflict = refused_unseen(story, TakeAttendance(lesson=LESSON.id))
    assert [entry.position for entry in conflict.standing] == list(absences(story))
    assert story.sheet(LESSON).taken is None
    story.do(TEACHER, NOON, TakeAttendance(lesson=LESSON.id, seen=absences(story)))
    assert story.sheet(LESSON).absences == {}


def test_ones_own_newer_absence_does_not_hide_a_colleagues_older_one() -> None:
    story = Story()
    story.do(TEACHER, NOON, NoteAbsence(lesson=LESSON.id, pupil=ILYA))
    story.do(TEACHER, NOON, NoteAbsence(lesson=LESSON.id, pupil=MARIA))
    own = story.sheet(LESSON).absences[MARIA].position
    refused_unseen(story, TakeAttendance(lesson=LESSON.id, absent=(MARIA,), seen=(own,)))
    assert set(story.sheet(LESSON).absences) == {ILYA, MARIA}


def test_an_absence_a_colleague_withdrew_does_not_come_back_unseen() -> None:
    story = Story()
    story.do(TEACHER, NOON, NoteAbsence(lesson=LESSON.id, pupil=MARIA))
    seen = absences(story)
    story.do(TEACHER, NOON, WithdrawAbsence(lesson=LESSON.id, pupil=MARIA, came_late=True, seen=seen[0]))
    conflict = refused_unseen(story, TakeAttendance(lesson=LESSON.id, absent=(MARIA,), seen=seen))
    assert (conflict.theirs, conflict.standing) == (story.entries(LESSON.id)[-1], ())


def test_the_rest_are_here_needs_no_agreement() -> None:
    story = Story()
    story.do(TEACHER, NOON, NoteAbsence(lesson=LESSON.id, pupil=MARIA))
    story.do(TEACHER, NOON, TakeAttendance(lesson=LESSON.id, absent=(MARIA,)))
    assert story.sheet(LESSON).taken is not None
    assert story.do(TEACHER, NOON, TakeAttendance(lesson=LESSON.id, absent=(MARIA,))).first is None
