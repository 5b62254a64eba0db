"""A story of tests.world under the act of another school, in force from 02.09.2026."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from ledger import streams
from ledger.appending import Append
from ledger.entry import Category, Draft
from ledger.events.regulations import RegulationAdopted
from tests.story import Story
from tests.world import REGULATIONS, SCHOOL_ID, stamp


def under(act: str, *more: tuple[UUID, object]) -> Story:
    """`act` is the name of its file, without the ending."""
    story = Story(*more)
    toml = (REGULATIONS / f"{act}.toml").read_text(encoding="utf-8")
    adopted = RegulationAdopted(title=f"{act}.toml", toml=toml, in_force=date(2026, 9, 2))
    stream = streams.regulation(SCHOOL_ID)
    draft = Draft(category=Category.REGULATION, stream=stream, version=None, event=adopted)
    story.at("2026-09-01 12:00")
    made = stamp("Носов", "2026-09-01 12:00")
    story.store.append(Append(stamp=made, body_sha256=bytes(32), answer="{}", drafts=(draft,)))
    return story
