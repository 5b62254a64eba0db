"""What a decision rests on besides its own streams, and must not have moved (design 3)."""

from __future__ import annotations

from uuid import UUID

from commands.deciding import Sight
from commands.rights import Named
from ledger import streams
from ledger.entry import Draft


def guards(
    drafts: tuple[Draft, ...], sight: Sight, lessons: tuple[UUID, ...], about: tuple[Named, ...] = ()
) -> tuple[tuple[UUID, int], ...]:
    """(stream, version) of the account, the person's roles, the regulation, every stream that was read, and of the
    lessons the command is about: their day, their journal's staffing and its class, the pupils concerned; and of
    what else its rights were asked of."""
    found = {stream: whole[-1].version if whole else 0 for stream, whole in sight.loaded.items()}
    for stream in _of_school(drafts, sight, lessons) | _of_rights(about, sight):
        found[stream] = sight.school.version(stream)
    own = {draft.stream for draft in drafts}
    return tuple((stream, version) for stream, version in found.items() if stream not in own)


def _of_school(drafts: tuple[Draft, ...], sight: Sight, lessons: tuple[UUID, ...]) -> set[UUID]:
    school, stamp = sight.school, sight.stamp
    wanted = {stamp.account, stamp.person, streams.regulation(school.id)}
    for lesson in (sight.lesson(id) for id in lessons):
        class_id = school.journals[lesson.journal].class_id
        wanted |= {lesson.journal, class_id, streams.day(school.id, class_id, lesson.planned)}
    for journal, _ in sight.sheets:
        if journal in school.journals:
            wanted |= {journal, school.journals[journal].class_id}
    of_pages = lessons or sight.sheets
    pupils = (getattr(draft.event, "pupil", None) for draft in drafts) if of_pages else ()
    return wanted | {pupil for pupil in pupils if pupil is not None}


def _of_rights(about: tuple[Named, ...], sight: Sight) -> set[UUID]:
    """A right by relation rests on who leads the class, the pupil's class too, and who teaches the page."""
    school = sight.school
    wanted: set[UUID | None] = set()
    for named in about:
        pupil, journal = named.get("pupil"), named.get("journal")
        wanted |= {pupil, journal, named.get("class_id")}
        if pupil in school.pupils:
            wanted.add(school.pupils[pupil].class_on(named.get("on") or sight.now.date()))
        if journal in school.journals:
            wanted.add(school.journals[journal].class_id)
    return {stream for stream in wanted if stream is not None}
