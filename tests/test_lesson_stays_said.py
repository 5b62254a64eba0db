"""Which lesson a stream is of outlives the entry that said it first, while anything of it lives (E-14)."""

from __future__ import annotations

from ledger.effective import effective
from ledger.events.lessons import TopicRecorded
from ledger.events.voids import EntriesVoided
from tests.world import entry, given_lesson, held, mark, named, stamp


def test_which_lesson_it_is_stays_said_while_any_record_of_it_lives() -> None:
    """E-14: the intruder was the first to write in it, an honest colleague the second."""
    lesson = given_lesson("7А Алгебра", "2026-11-18")
    made = stamp("Соколова", "2026-11-18 10:58")
    first, stolen, honest = (
        entry(event, lesson.id, made, number=n)
        for n, event in enumerate(
            (held(lesson), mark("Каляна Мария", 5, work=lesson.id), TopicRecorded(text="Дроби")), 1
        )
    )
    void = entry(EntriesVoided(act=named("Акт"), positions=(1, 2)), lesson.id, made, number=4)
    assert effective((first, stolen, honest, void)) == (first, honest, void)
    assert effective((first, stolen, void)) == (void,), "with the last record goes the word on the lesson"
