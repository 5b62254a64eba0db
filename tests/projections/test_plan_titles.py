"""Whose page of home tuition it is, where plans name the pages that go by them."""

from __future__ import annotations

from datetime import date

from commands.by_order import OrderNamed
from commands.tuition import HomeSubject, StartHomeTuition
from projections import plans
from tests.projections.pouring import Paper, caught_up
from tests.story import Story
from tests.world import named


def test_a_page_of_home_tuition_is_told_from_its_class(paper: Paper) -> None:
    story = Story()
    algebra = HomeSubject(subject=named("Алгебра"), teacher=named("Петров"), hours=150)
    order = OrderNamed(number="17", on=date(2026, 10, 12))
    started = StartHomeTuition(
        pupil=named("Каляна Мария"), first=date(2026, 10, 13), until=None, order=order, subjects=(algebra,)
    )
    story.do("Ефимова", "2026-10-12 12:00", started)
    paper.pour(story.store)
    caught_up(paper)
    paper.name_pupils()
    with paper.reading("2026-10-14 12:00") as reading:
        missing = plans.page(reading, 2026).missing
    (classes,) = [each.classes for each in missing if (each.subject, each.grade) == (named("Алгебра"), 7)]
    assert classes[0] == "7А"
    assert classes[1].startswith("7А (на дому, Каляна")
