"""AT-05 (7.15) and E-08, entry part: a fraction is one mark of two values of the scale."""

from uuid import UUID

import pytest

from commands.deciding import Refusal
from commands.marks import AddWork, GiveMark
from projections.means import shown_mean
from tests.story import Story
from tests.world import UST_BELAYA, given_lesson, named

LESSON = given_lesson("7А Русский язык", "2026-10-13")
PUPIL = named("Тынетегин Павел")


def dictation(story: Story) -> UUID:
    answer = story.do("Лебедева", "2026-10-13 09:30", AddWork(lesson=LESSON.id, kind="dictation_grammar"))
    return UUID(answer.parts[-1]["work"])


@pytest.mark.case("AT-05")
def test_a_fraction_is_stored_as_two_values_in_one_column() -> None:
    story = Story()
    work = dictation(story)
    story.do("Лебедева", "2026-10-13 10:00", GiveMark(lesson=LESSON.id, work=work, pupil=PUPIL, value="4/3"))
    assert story.sheet(LESSON).mark(work, PUPIL) == (4, 3)
    assert len(story.sheet(LESSON).marks) == 1


@pytest.mark.case("AT-05")
@pytest.mark.case("E-08")
@pytest.mark.parametrize(
    "value", ["6/3", "4/", "/4", "4/н", "н/4", "4/3/2", "4,3", "", "пять", "0", "6", "-4", "４"]
)
def test_what_is_no_mark_of_the_scale_is_refused_with_a_sentence(value: str) -> None:
    story = Story()
    work = dictation(story)
    with pytest.raises(Refusal) as refused:
        story.do(
            "Лебедева", "2026-10-13 10:00", GiveMark(lesson=LESSON.id, work=work, pupil=PUPIL, value=value)
        )
    assert refused.value.sentence
    assert story.sheet(LESSON).marks == {}


@pytest.mark.case("AT-05")
def test_an_answer_in_class_is_not_marked_by_a_fraction() -> None:
    story = Story()
    with pytest.raises(Refusal) as refused:
        give = GiveMark(lesson=LESSON.id, work=LESSON.id, pupil=PUPIL, value="4/3")
        story.do("Лебедева", "2026-10-13 10:00", give)
    assert refused.value.code == "P-25"


@pytest.mark.case("AT-05")
@pytest.mark.case("E-08")
def test_the_mean_counts_a_fraction_as_two_marks() -> None:
    assert shown_mean(["5", "5", "4/3", "4"], UST_BELAYA) == "4,20"
