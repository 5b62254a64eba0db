"""The lines of a trail: every entry of some streams, dead or alive, with who allowed it and which case brought it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ledger.appending import Store
from ledger.codec import NAMES
from ledger.entry import Entry
from ledger.personal import KeyOf, unseal
from ledger.streams import corrections, late_entries
from projections import void_signs
from projections.as_of import AsOf
from projections.cells import delay
from projections.correction_notes import CorrectionNote, of_cases
from projections.diary_remarks import Remark
from projections.reading import Reading
from projections.trail_places import TrailPlace, place_of
from projections.trail_things import Fate, fates
from projections.trail_words import codes_of, comment_of, value_of
from projections.unsupported import on_request, unsupported
from projections.void_signs import Signs


@dataclass(frozen=True, kw_only=True, slots=True)
class TrailLine:
    """One entry. `what` is its event's topic, `value` what it set ("4", "н", a text…), `fate` one of: stands,
    replaced, withdrawn, taken back, voided. `delay` seconds after the deadline; `permitted_by` who allowed it, with
    `permit_reason`. `absent`: whom the person stood in for. `imported`: by the data of an import.
    `declared_at` is what its source claims. `correction` is the case that brought it; of a word in a case, `ground`;
    of a pupil's year, `decision`. `act_title` names the Act that made it void; `contested`: «breach» while there is no
    Act yet, else the ground that an Act took away (permission, work, substitution, request)."""

    position: int
    what: str
    value: str
    fate: str
    person: UUID
    role: str
    origin: str
    received_at: datetime
    recorded_at: datetime
    declared_at: datetime | None
    due: datetime | None
    delay: int | None
    permitted_by: UUID | None
    permitted_at: datetime | None
    permit_reason: str
    act: UUID | None
    lesson: UUID | None
    journal: UUID | None
    class_title: str
    subject: str
    date: date | None
    pupil: UUID | None
    kind_title: str
    absent: UUID | None = None
    comment: str = ""
    period_title: str = ""
    period_kind: str = ""
    ground: str = ""
    decision: str = ""
    correction: CorrectionNote | None = None
    act_title: str = ""
    contested: str = ""

    @property
    def at(self) -> datetime:
        """When it was done, as its source claims if it claims that."""
        return self.declared_at or self.received_at


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """What stands in the cell now: `target` is mark or absence; `seen` its entry. `past`: whoever entered it no longer
    replaces it, so that only a case touches it (R-165)."""

    target: str
    value: str
    seen: int
    past: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class TrailPage:
    """`subject_of` is cell, period mark, pupil or account; lines are newest first. Of a cell also what stands in it,
    `waiting`: its cases nobody has decided yet, and what teachers wrote of it to the family."""

    subject_of: str
    lines: tuple[TrailLine, ...]
    as_of: AsOf
    standing: tuple[Standing, ...] = ()
    waiting: tuple[CorrectionNote, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Told:
    """What lines are made with: the words that allowed some of them, the cases that brought others. `whole` are the
    entries up to the page's moment, of the streams and of those beside them."""

    reading: Reading
    key_of: KeyOf
    permits: Mapping[int, Entry]
    cases: Mapping[UUID, CorrectionNote]
    signs: Signs
    whole: Mapping[UUID, Sequence[Entry]]

    def beside(self, stream_of: Callable[[UUID, UUID], UUID], stream: UUID) -> Sequence[Entry]:
        return self.whole[stream_of(self.reading.school.id, stream)]


def lines_of(
    reading: Reading,
    store: Store,
    streams: Sequence[UUID],
    wanted: Callable[[Entry], bool],
    key_of: KeyOf,
) -> tuple[TrailLine, ...]:
    """The entries of `streams` that are `wanted`, the newest first."""
    school, position = reading.school.id, reading.as_of.position
    late = [late_entries(school, stream) for stream in streams]
    asked = [corrections(school, stream) for stream in streams]
    loaded = store.load(school, streams=(*streams, *late, *asked)).streams
    whole = {stream: [e for e in own if e.position <= position] for stream, own in loaded.items()}
    brought = {case for stream in streams for e in whole[stream] if (case := _brought_by(e))}
    told = _Told(
        reading=reading,
        key_of=key_of,
        permits={e.position: e for stream in late for e in whole[stream]},
        cases=of_cases(reading, brought, key_of),
        signs=void_signs.signs(reading, None),
        whole=whole,
    )
    lines = [line for stream in streams for line in _of_stream(stream, whole[stream], wanted, told)]
    return tuple(sorted(lines, key=lambda line: line.position, reverse=True))


def _brought_by(entry: Entry) -> UUID | None:
    found: UUID | None = getattr(entry.event, "correction", None)
    return found


def _of_stream(
    stream: UUID, entries: Sequence[Entry], wanted: Callable[[Entry], bool], told: _Told
) -> list[TrailLine]:
    chosen = [entry for entry in entries if wanted(entry)]
    if not chosen:
        return []
    fate, place = fates(entries), place_of(told.reading, stream, entries)
    grounds = _grounds(stream, entries, place, told)
    return [
        replace(_line(entry, fate[entry.position], place, told), contested=grounds.get(entry.position, ""))
        for entry in chosen
    ]


def _grounds(stream: UUID, entries: Sequence[Entry], place: TrailPlace, told: _Told) -> dict[int, str]:
    """Why entries are contested."""
    found = {entry.position: "breach" for entry in entries if entry.position in told.signs.contested}
    if not told.signs.acts:
        return found
    cases = told.beside(corrections, stream)
    if place.lesson is None:
        own = on_request(entries, cases)
    else:
        own = unsupported(stream, entries, told.beside(late_entries, stream), cases, told.reading)
    return found | {position: ground for position, (ground, _) in own.items()}


def _line(entry: Entry, fate: Fate, place: TrailPlace, told: _Told) -> TrailLine:
    event, stamp = entry.event, entry.stamp
    kind, due = place.works.get(getattr(event, "work", None), ("", None))  # type: ignore[arg-type]
    case = _brought_by(entry)
    ground, decision = codes_of(event)
    return TrailLine(
        position=entry.position,
        what=NAMES.get(type(event), getattr(event, "topic", "")),
        value=value_of(event, told.key_of),
        fate=fate[0],
        act=fate[1],
        act_title=str(told.signs.acts.get(fate[1], "")) if fate[1] else "",
        person=stamp.person,
        role=stamp.role.value,
        origin=stamp.origin.value,
        received_at=stamp.received_at,
        recorded_at=entry.recorded_at,
        declared_at=stamp.declared_at,
        absent=stamp.on_behalf_of,
        due=due,
        delay=delay(entry),
        pupil=getattr(event, "pupil", None),
        kind_title=_kind_title(kind, told.reading),
        comment=comment_of(event, told.key_of),
        ground=ground,
        decision=decision,
        correction=told.cases.get(case) if case is not None else None,
        **_permitted(told.permits.get(entry.causation or 0), told.key_of),
        **_where(place, event),
    )


def _kind_title(kind: str, reading: Reading) -> str:
    kinds = reading.regulation().work_kinds
    return kinds[kind].title if kind in kinds else kind


def _permitted(permit: Entry | None, key_of: KeyOf) -> dict[str, Any]:
    reason = getattr(permit.event, "reason", None) if permit is not None else None
    return {
        "permitted_by": permit.stamp.person if permit is not None else None,
        "permitted_at": permit.stamp.judged_at if permit is not None else None,
        "permit_reason": unseal(reason, key_of) if reason is not None else "",
    }


def _where(place: TrailPlace, event: object) -> dict[str, Any]:
    """A mark of a sheet says of what it is: of the period, of the year …"""
    in_sheet = place.lesson is None and place.period is not None
    return {
        "lesson": place.lesson,
        "journal": place.journal,
        "class_title": place.class_title,
        "subject": place.subject,
        "date": place.date,
        "period_title": place.period_title,
        "period_kind": str(getattr(event, "kind", "")) if in_sheet else "",
    }
