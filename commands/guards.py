"""What a decision rests on besides its own streams, and must not have moved (design 3)."""

from __future__ import annotations

from uuid import UUID

from commands.deciding import Sight
from ledger import streams
from ledger.entry import Draft


def guards(
    drafts: tuple[Draft, ...], sight: Sight, lessons: tuple[UUID, ...]
) -> tuple[tuple[UUID, int], ...]:
    """(stream, version) of the account, the person's roles, the regulation, every stream that was read, and of the
    lessons the command is about: their day, their journal's staffing, the pupils concerned."""
    found = {stream: whole[-1].version if whole else 0 for stream, whole in sight.loaded.items()}
    for stream in _of_school(drafts, sight, lessons):
        found[stream] = sight.school.version(stream)
    own = {draft.stream for draft in drafts}
    return tuple((stream, version) for stream, version in found.items() if stream not in own)


def _of_school(drafts: tuple[Draft, ...], sight: Sight, lessons: tuple[UUID, ...]) -> set[UUID]:
    school, stamp = sight.school, sight.stamp
    wanted = {stamp.account, stamp.person, streams.regulation(school.id)}
    for lesson in (sight.lesson(id) for id in lessons):
        wanted |= {
            lesson.journal,
            streams.day(school.id, school.journals[lesson.journal].class_id, lesson.planned),
        }
    pupils = (getattr(draft.event, "pupil", None) for draft in drafts) if lessons else ()
    return wanted | {pupil for pupil in pupils if pupil is not None}
