"""Whether somebody may decide a case at this moment, and why not: the word is put to the very rules of the gate, on the
state it would meet there, and only what they find is shown (P-06, P-53…P-57)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from ledger import streams
from ledger.access import Target, acting_role
from ledger.correction import fold_corrections
from ledger.entry import Category, Entry, Origin, Role, Stamp
from ledger.judging import State, gate, judge
from ledger.late_entry import fold_late_entries
from ledger.lesson import fold_lesson, known_lesson
from ledger.period_sheet import fold_period_sheet
from ledger.personal import PersonalText
from ledger.rules.state import PeriodState
from projections.period_year import sheet_span
from projections.reading import Reading

Place = tuple[
    UUID | None, UUID, UUID | None
]  # lesson, journal, period: a case is about a lesson or about a sheet


def unsaid(person: UUID) -> PersonalText:
    """Stands for the reason nobody has written yet: no rule reads it, and it is never appended."""
    return PersonalText(person=person, nonce=b"", sealed=b"")


@dataclass(frozen=True, kw_only=True)
class Verdicts:
    """Of one person about many cases; `states` by the lesson or the sheet they are about."""

    reading: Reading
    person: UUID
    states: dict[UUID, State]

    def against(self, action: str, event: object, place: Place) -> str | None:
        """The sentence of the rule that would stop `event` now; "" where the table of rights has no role for it at all,
        None when it may be said."""
        reading, about = self.reading, _about(place, self.reading.school.id)
        role = acting_role(self.person, action, Target(today=reading.today), reading.school)
        if role is None:
            return ""
        made = _proposed(event, about, self.person, role, reading)
        judged = judge(made, self.states[about], reading.school, reading.regulation())
        stop = gate(judged, permitted=False, confirmed=True)
        return None if stop is None else stop.sentence

    def state(self, place: Place) -> State:
        return self.states[_about(place, self.reading.school.id)]


def verdicts(reading: Reading, person: UUID, places: Iterable[Place]) -> Verdicts:
    """Reads what the rules look at, of all places in one query."""
    school = reading.school.id
    about = {_about(place, school): place for place in places}
    wanted = [
        s
        for each in about
        for s in (each, streams.corrections(school, each), streams.late_entries(school, each))
    ]
    found = reading.streams(wanted) if wanted else {}
    states = {each: _state(each, place, found, reading) for each, place in about.items()}
    return Verdicts(reading=reading, person=person, states=states)


def _about(place: Place, school: UUID) -> UUID:
    lesson, journal, period = place
    if lesson is not None:
        return lesson
    assert period is not None
    return streams.period_sheet(school, journal, period)


def _state(about: UUID, place: Place, found: dict[UUID, tuple[Entry, ...]], reading: Reading) -> State:
    school, (lesson, journal, period) = reading.school, place
    own = found.get(about, ())
    sheet = fold_lesson(about, own if lesson is not None else ())
    return State(
        sheet=sheet,
        lesson=known_lesson(sheet, school) if lesson is not None else None,
        late=fold_late_entries(found.get(streams.late_entries(school.id, about), ())),
        period=None
        if period is None or lesson is not None
        else PeriodState(sheet=fold_period_sheet(own), span=sheet_span(school, journal, period)),
        corrections=fold_corrections(found.get(streams.corrections(school.id, about), ())),
    )


def _proposed(event: object, about: UUID, person: UUID, role: Role, reading: Reading) -> Entry:
    """As the gate would see it; the account and the command are nobody's, for nothing is written."""
    stamp = Stamp(
        school=reading.school.id,
        account=person,
        person=person,
        role=role,
        command_id=about,
        received_at=reading.as_of.instant,
        origin=Origin.UI,
    )
    return Entry(
        position=0,
        category=Category.CASE,
        stream=about,
        version=0,
        event=event,
        stamp=stamp,
        recorded_at=stamp.received_at,
    )
