"""What a decision rests on besides its own stream, and must not have moved (design 3)."""

from __future__ import annotations

from uuid import UUID

from commands.deciding import Sight
from ledger import streams
from ledger.entry import Category, Draft


def guards(drafts: tuple[Draft, ...], sight: Sight) -> tuple[tuple[UUID, int], ...]:
    """(stream, version) of the account and, for lessons, their day, journal staffing and pupils."""
    found: dict[UUID, int] = {sight.stamp.account: sight.school.version(sight.stamp.account)}
    own = {draft.stream for draft in drafts}
    for draft in drafts:
        if draft.category is Category.LESSON:
            found |= _of_lesson(draft, sight)
    return tuple((stream, version) for stream, version in found.items() if stream not in own)


def _of_lesson(draft: Draft, sight: Sight) -> dict[UUID, int]:
    school = sight.school
    lesson = sight.lesson(draft.stream)
    late = streams.late_entries(school.id, draft.stream)
    day = streams.day(school.id, school.journals[lesson.journal].class_id, lesson.date)
    found = {stream: school.version(stream) for stream in (day, lesson.journal)}
    found[late] = sight.late(draft.stream).version
    pupil = getattr(draft.event, "pupil", None)
    if pupil is not None:
        found[pupil] = school.version(pupil)
    return found
