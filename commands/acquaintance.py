"""«Ознакомлен» (R-194): a pupil or a guardian has read exactly these entries."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from commands.deciding import Refusal, Sight, drafts
from commands.known import a_pupil
from ledger import streams
from ledger.entry import Category, Draft, Entry
from ledger.events.families import Acknowledged
from ledger.family import fold_family
from ledger.regulation import Regulation
from ledger.school import School

MOST = 200  # entries of one command: a year's period marks, and some


@dataclass(frozen=True, kw_only=True, slots=True)
class SeenEntry:
    """An entry by its position, and the lesson or period sheet it stands in."""

    stream: UUID
    entry: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Acknowledge:
    pupil: UUID
    entries: tuple[SeenEntry, ...] = field(metadata={"longest": MOST})


def places(command: Acknowledge, school: School, regulation: Regulation | None) -> tuple[UUID, ...]:
    """What is acknowledged, and what was before."""
    return tuple(
        dict.fromkeys(
            (streams.family(school.id, command.pupil), *(each.stream for each in command.entries[:MOST]))
        )
    )


def acknowledge(command: Acknowledge, sight: Sight) -> tuple[Draft, ...]:
    """What the same person acknowledged before is not said again; nothing new: nothing is written."""
    pupil = a_pupil(command.pupil, sight)
    if sight.regulation.acquaintance == "off":
        raise Refusal("P-72", "Порядок школы не ведёт учёта ознакомления.")
    if not command.entries:
        raise Refusal("entries", "Отметьте, с чем вы ознакомились.")
    stream = streams.family(sight.school.id, pupil.id)
    state = fold_family(sight.loaded.get(stream, ()))
    if not all(_about(each, pupil.id, sight) for each in command.entries):
        raise Refusal("entry-exists", "Такой записи об этом ученике нет: обновите страницу.", status=404)
    new = tuple(
        position
        for position in dict.fromkeys(each.entry for each in command.entries)
        if (sight.stamp.person, position) not in state.acknowledged
    )
    return drafts(Category.CASE, stream, state.version, Acknowledged(entries=new)) if new else ()


def _about(seen: SeenEntry, pupil: UUID, sight: Sight) -> bool:
    return any(
        entry.position == seen.entry and _pupil_of(entry) == pupil
        for entry in sight.loaded.get(seen.stream, ())
    )


def _pupil_of(entry: Entry) -> UUID | None:
    found: UUID | None = getattr(entry.event, "pupil", None)
    return found
