"""At the served school of tests.browser.school: Каляна Мария has marks in algebra, and one for the term."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4

from ledger import streams
from ledger.appending import Append
from ledger.entry import Category, Draft, Origin, Role, Stamp
from ledger.events.period_marks import PeriodMarkGiven
from tests.browser.school import SCHOOL, Site, named
from tests.test_api import Caller

PAGE, TERM, MARIA = named("7А Алгебра"), named("I"), named("Каляна Мария")
WHY = f"/explanations/{PAGE}/{TERM}/period/{MARIA}"


def marked(site: Site, value: str = "5") -> int:
    """A mark of today's lesson; its position."""
    lesson = str(site.lesson())
    body = {"lesson": lesson, "work": lesson, "pupil": str(MARIA), "value": value}
    answer = Caller(site, "teacher").do("GiveMark", **body)
    assert answer.status_code == 200, answer.text
    return int(answer.json()["last"])


def settled(site: Site, value: str, *rests_on: int) -> None:
    """The mark for the term, which is not near its end: past the gate."""
    event = PeriodMarkGiven(
        journal=PAGE,
        period=TERM,
        kind="period",
        pupil=MARIA,
        value=value,
        proposed=value,
        rests_on=rests_on,
    )
    stream = streams.period_sheet(SCHOOL, PAGE, TERM)
    write(site, stream, event)


def write(site: Site, stream: UUID, event: object) -> None:
    stamp = Stamp(
        school=SCHOOL,
        account=named("account teacher"),
        person=named("Соколова"),
        role=Role.TEACHER,
        command_id=uuid4(),
        received_at=datetime.now(UTC),
        origin=Origin.UI,
    )
    draft = Draft(category=Category.PERIOD, stream=stream, version=None, event=event)
    site.here.store.append(Append(stamp=stamp, body_sha256=bytes(32), answer="{}", drafts=(draft,)))
    site.here.runner.catch_up(SCHOOL, patience=30)
