"""Weekly paper slips (7.2, R-197, W-23): prepared by the job or the class teacher, handed out and ticked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from commands.deciding import Refusal, Sight, drafts
from commands.known import the_class
from ledger import streams
from ledger.entry import Category, Draft
from ledger.events.families import SlipHandedOut, SlipsPrepared
from ledger.regulation import Regulation
from ledger.school import School
from ledger.slips import Slips, fold_slips

MOST = 60  # pupils of a class


@dataclass(frozen=True, kw_only=True, slots=True)
class PrepareSlips:
    """`week` is a Monday; the slips show the journal as of `position`, at most the head."""

    class_id: UUID
    week: date
    position: int
    pupils: tuple[UUID, ...] = field(metadata={"longest": MOST})


@dataclass(frozen=True, kw_only=True, slots=True)
class HandOutSlips:
    """Each to whom it was given: the pupil or a guardian, in parallel with `pupils`."""

    class_id: UUID
    week: date
    pupils: tuple[UUID, ...] = field(metadata={"longest": MOST})
    receivers: tuple[UUID, ...] = field(metadata={"longest": MOST})


def whose(command: PrepareSlips | HandOutSlips, school: School) -> tuple[dict[str, Any], ...]:
    return ({"class_id": command.class_id},)


def week(
    command: PrepareSlips | HandOutSlips, school: School, regulation: Regulation | None
) -> tuple[UUID, ...]:
    return (streams.slips(school.id, command.class_id, command.week),)


def prepare_slips(command: PrepareSlips, sight: Sight) -> tuple[Draft, ...]:
    """Only of families of the class that declared it; what was handed out stays as it was handed out."""
    the_class(command.class_id, sight)
    _monday(command.week, sight)
    if not sight.regulation.paper_slip.on:
        raise Refusal("P-67", "Порядок школы не знает распечаток: семьи читают дневник.")
    stream, state = _slips(command, sight)
    wanted = tuple(
        pupil
        for pupil in dict.fromkeys(command.pupils)
        if pupil not in state.handed and _on_paper(pupil, sight) and _in_class(pupil, command, sight)
    )
    if not wanted:
        raise Refusal("slip-families", "Готовить нечего: распечатки уже вручены или их никто не просил.")
    event = SlipsPrepared(
        class_id=command.class_id, week=command.week, position=command.position, pupils=wanted
    )
    return drafts(Category.CASE, stream, state.version, event)


def hand_out_slips(command: HandOutSlips, sight: Sight) -> tuple[Draft, ...]:
    stream, state = _slips(command, sight)
    if not command.pupils or len(command.pupils) != len(command.receivers):
        raise Refusal("slip-receivers", "Отметьте, кому отдана каждая распечатка.")
    events = []
    for pupil, receiver in dict(zip(command.pupils, command.receivers, strict=True)).items():
        if pupil not in state.prepared:
            raise Refusal("slip-exists", "Распечатки этой недели для этого ученика нет.", status=404)
        known = sight.school.pupils[pupil]
        if receiver not in (pupil, *known.guardians):
            raise Refusal("slip-receivers", "Распечатку отдают ученику или его родителю.")
        if pupil not in state.handed:
            events.append(SlipHandedOut(pupil=pupil, receiver=receiver))
    return drafts(Category.CASE, stream, state.version, *events)


def _on_paper(pupil: UUID, sight: Sight) -> bool:
    known = sight.school.pupils.get(pupil)
    return known is not None and known.on_paper(sight.now.date())


def _in_class(pupil: UUID, command: PrepareSlips, sight: Sight) -> bool:
    """On any day of the week: whoever leads a class prints nothing of another's pupils (R-053)."""
    known = sight.school.pupils[pupil]
    return any(known.class_on(command.week + timedelta(days=n)) == command.class_id for n in range(7))


def _monday(week: date, sight: Sight) -> None:
    if week.isoweekday() != 1 or week > sight.now.date():
        raise Refusal("slip-week", "Неделю называют её понедельником, не будущим.")


def _slips(command: PrepareSlips | HandOutSlips, sight: Sight) -> tuple[UUID, Slips]:
    stream = streams.slips(sight.school.id, command.class_id, command.week)
    return stream, fold_slips(sight.loaded.get(stream, ()))
