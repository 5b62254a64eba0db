"""An order waits for its number while something living rests on it, and is told from its like (R-027)."""

from __future__ import annotations

from datetime import date

from commands.by_order import OrderNamed
from commands.distance import DeclareDistance, EndDistance
from commands.substitutions import CancelSubstitution, RecordSubstitutions, SubstitutionItem
from ledger.school import School
from projections.waiting_orders import waiting_orders
from tests.story import Story
from tests.world import SCHOOL_ID, given_lesson, named

PHYSICS = given_lesson("7А Физика", "2026-10-14")
ALGEBRA = given_lesson("7А Алгебра", "2026-10-14")


def school(story: Story) -> School:
    return story.house.schools.current(SCHOOL_ID)


def recorded(story: Story, when: str = "2026-10-14 08:00") -> None:
    item = SubstitutionItem(
        lesson=PHYSICS.id, absent=named("Петров"), substitute=named("Ким"), manner="same_subject"
    )
    story.do("Кеулькут", when, RecordSubstitutions(items=(item,), order=OrderNamed()))


def test_an_order_is_named_by_its_classes_whom_it_covers_and_when_it_was_entered() -> None:
    story = Story()
    recorded(story)
    (waiting,) = waiting_orders(school(story))
    assert (waiting.classes, waiting.absent, waiting.lessons) == (("7А",), (named("Петров"),), 1)
    assert waiting.recorded_at is not None
    assert f"{school(story).local(waiting.recorded_at):%d.%m %H:%M}" == "14.10 08:00"


def test_an_order_whose_only_substitution_is_cancelled_asks_for_no_number() -> None:
    story = Story()
    recorded(story)
    standing = school(story).substitution(PHYSICS.id)
    assert standing is not None
    cancel = CancelSubstitution(substitution=standing.id, lesson=PHYSICS.id, confirmed=True)
    story.do("Кеулькут", "2026-10-14 08:05", cancel)
    assert waiting_orders(school(story)) == ()


def test_distance_days_that_were_ended_before_they_began_ask_for_none_either() -> None:
    story = Story()
    declare = DeclareDistance(
        mode="activated", first=date(2026, 10, 15), last=date(2026, 10, 16), classes=(named("7А"),)
    )
    story.do("Дьячкова", "2026-10-14 12:00", declare)
    (waiting,) = waiting_orders(school(story))
    assert (waiting.order.kind, waiting.classes, waiting.lessons) == ("distance", ("7А",), 0)
    (declared,) = school(story).distances.values()
    ended = EndDistance(distance=declared.id, last=date(2026, 10, 14))
    story.do("Дьячкова", "2026-10-14 13:00", ended)
    assert waiting_orders(school(story)) == ()
