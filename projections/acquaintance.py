"""«Семьи класса»: who looks into the diary and who cannot, what nobody has said «Ознакомлен» of, who is informed on
paper, whose parents need a pupil's consent, what the class teacher recommended (R-051, R-194, R-195; P-37, P-72).

Accounts and visits are no entries of the ledger: they are those known today, up to the page's moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from ledger import streams
from ledger.effective import effective
from ledger.entry import Entry, Role
from ledger.events.families import GuardiansAdmitted, PaperInformingDeclared
from ledger.people import NO_NAME, Name
from ledger.period_sheet import NOT_ATTESTED
from ledger.personal import KeyOf, unseal
from ledger.school_records import Pupil
from projections import class_access, diary_acquaintance, diary_remarks
from projections.as_of import AsOf
from projections.class_access import PersonAccess, PupilAccess
from projections.diary_acquaintance import ToRead
from projections.diary_remarks import Remark
from projections.last_looks import Looks, last_looks
from projections.reading import Reading

WEEK = timedelta(days=7)
STATES = (
    "away",
    "never",
    "none",
    "paper",
    "suspended",
    "looks",
)  # of a family, what asks for the teacher first


@dataclass(frozen=True, kw_only=True, slots=True)
class Visitor:
    """`kinship` is "" of the pupil; `state` as of class_access.PersonAccess; `last` is the last look at this
    pupil (aware), None: there was none; `away`: may sign in, did once and has not looked for a week."""

    person: UUID
    name: str
    kinship: str
    state: str
    last: datetime | None
    away: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class OnPaper:
    """The declaration that holds: since when, and on which document."""

    first: date
    document: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Family:
    """`state` is one of STATES: looks, away (no parent for a week), never (none signed in yet), none (no account that
    opens), paper, suspended (the pupil is of age and has not admitted the parents, P-37). What no parent, nor a
    pupil of age, has said «Ознакомлен» of: `pressing` are «н/а» and unsatisfactory marks, `ordinary` the other marks
    for a period (R-194). `document` of the word of a pupil of age."""

    pupil: UUID
    name: str
    own: Visitor
    guardians: tuple[Visitor, ...]
    state: str
    pressing: tuple[ToRead, ...]
    ordinary: tuple[ToRead, ...]
    paper: OnPaper | None
    of_age: bool
    admits: bool | None
    document: str
    remarks: tuple[Remark, ...]

    @property
    def unread(self) -> tuple[ToRead, ...]:
        return (*self.pressing, *self.ordinary)


@dataclass(frozen=True, kw_only=True, slots=True)
class FamiliesPage:
    """`explicit`: the act asks for «Ознакомлен» (P-72); `slips`: it knows paper slips (P-67); `adults`: P-37."""

    class_id: UUID
    class_title: str
    families: tuple[Family, ...]
    explicit: bool
    slips: bool
    adults: str
    as_of: AsOf

    @property
    def counts(self) -> dict[str, int]:
        """How many families are in each state, and how many have something unread."""
        found = {state: sum(each.state == state for each in self.families) for state in STATES}
        return {**found, "unread": sum(bool(each.unread) for each in self.families)}

    def shown(self, only: str) -> tuple[Family, ...]:
        """Those of a state, or with something unread; all for any other word."""
        if only == "unread":
            return tuple(each for each in self.families if each.unread)
        return tuple(each for each in self.families if only not in STATES or each.state == only)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Facts:
    """What is known of the families of a class: by pupil and person the last look, by person the name, by pupil the
    entries of the own stream, what no parent has read, what the class teacher and others recommended."""

    reading: Reading
    key_of: KeyOf
    last: Looks
    names: Mapping[UUID, Name]
    told: Mapping[UUID, tuple[Entry, ...]]
    unread: Mapping[UUID, list[ToRead]]
    remarks: Mapping[UUID, tuple[Remark, ...]]


def page(reading: Reading, class_id: UUID, key_of: KeyOf) -> FamiliesPage:
    """Raises NoSuchPage: no such class, or no act yet."""
    access, regulation = class_access.page(reading, class_id), reading.regulation()
    pupils = [each.own.person for each in access.pupils]
    persons = {each.person for pupil in access.pupils for each in pupil.persons}
    facts = _Facts(
        reading=reading,
        key_of=key_of,
        last=last_looks(
            reading, {each.own.person: [p.person for p in each.persons] for each in access.pupils}
        ),
        names=reading.names(persons),
        told=reading.streams(pupils),
        unread=_unread(reading, pupils),
        remarks=diary_remarks.recommendations_to(reading, pupils, key_of),
    )
    return FamiliesPage(
        class_id=class_id,
        class_title=access.class_title,
        families=tuple(_family(each, facts) for each in access.pupils),
        explicit=regulation.acquaintance == diary_acquaintance.EXPLICIT,
        slips=regulation.paper_slip.on,
        adults=regulation.adult_pupil,
        as_of=reading.as_of,
    )


def _unread(reading: Reading, pupils: Sequence[UUID]) -> dict[UUID, list[ToRead]]:
    said = _acknowledged(reading, pupils)
    found: dict[UUID, list[ToRead]] = {}
    for each in diary_acquaintance.asked_of(reading, pupils):
        pupil = each.place.pupil
        if pupil is not None and each.entry not in said[pupil]:
            found.setdefault(pupil, []).append(each)
    return found


def _acknowledged(reading: Reading, pupils: Iterable[UUID]) -> Mapping[UUID, frozenset[int]]:
    """By pupil, the entries a parent has said it of, or the pupil, who of age says it alone."""
    school = reading.school
    by_stream = {streams.family(school.id, pupil): pupil for pupil in pupils}
    rows = reading.rows("acknowledgements", "pupil_stream = ANY(%(streams)s)", streams=list(by_stream))
    found: dict[UUID, set[int]] = {pupil: set() for pupil in by_stream.values()}
    for row in rows:
        pupil = by_stream[row.pupil_stream]
        if row.role == Role.GUARDIAN.value or (row.person == pupil and school.pupils[pupil].of_age):
            found[pupil].add(row.entry)
    return {pupil: frozenset(entries) for pupil, entries in found.items()}


def _family(access: PupilAccess, facts: _Facts) -> Family:
    reading, key_of, id = facts.reading, facts.key_of, access.own.person
    pupil, entries = reading.school.pupils[id], effective(facts.told.get(id, ()))
    own, *guardians = (_visitor(each, pupil, facts) for each in access.persons)
    unread = facts.unread.get(id, [])
    return Family(
        pupil=id,
        name=access.own.name,
        own=own,
        guardians=tuple(guardians),
        state=_state(pupil, guardians, reading),
        pressing=tuple(each for each in unread if _presses(each, reading)),
        ordinary=tuple(each for each in unread if not _presses(each, reading)),
        paper=_paper(pupil, entries, reading.today, key_of),
        of_age=pupil.of_age,
        admits=pupil.admits,
        document=_word(entries, key_of) if pupil.admits is not None else "",
        remarks=facts.remarks.get(id, ()),
    )


def _presses(each: ToRead, reading: Reading) -> bool:
    low = {str(mark) for mark in reading.regulation().unsatisfactory}
    return each.value == NOT_ATTESTED or each.place.target != "period_mark" or each.value in low


def _visitor(each: PersonAccess, pupil: Pupil, facts: _Facts) -> Visitor:
    last, now = facts.last.get((pupil.id, each.person)), facts.reading.as_of.instant
    away = each.state == "open" and (last is None or now - last >= WEEK)
    name, kinship = facts.names.get(each.person, NO_NAME).short, pupil.kinship.get(each.person, "")
    return Visitor(person=each.person, name=name, kinship=kinship, state=each.state, last=last, away=away)


def _state(pupil: Pupil, guardians: list[Visitor], reading: Reading) -> str:
    if pupil.on_paper(reading.today):
        return "paper"
    if pupil.of_age and not _admitted(pupil, reading):
        return "suspended"
    working = [each for each in guardians if each.state == "open"]
    if not working:
        return "never" if any(each.state == "never" for each in guardians) else "none"
    return "away" if all(each.away for each in working) else "looks"


def _admitted(pupil: Pupil, reading: Reading) -> bool:
    adults = reading.regulation().adult_pupil
    return adults == "keep" or (adults == "consent" and pupil.admits is True)


def _paper(pupil: Pupil, entries: Iterable[Entry], today: date, key_of: KeyOf) -> OnPaper | None:
    first = next((span.first for span in pupil.paper if today in span), None)
    if first is None:
        return None
    said = [
        e.event for e in entries if isinstance(e.event, PaperInformingDeclared) and e.event.first == first
    ]
    text = said[-1].document if said else None
    return OnPaper(first=first, document="" if text is None else unseal(text, key_of))


def _word(entries: Iterable[Entry], key_of: KeyOf) -> str:
    """The document of the last word of a pupil of age; "" of one said in the diary."""
    said = [e.event.document for e in entries if isinstance(e.event, GuardiansAdmitted)]
    return "" if not said or said[-1] is None else unseal(said[-1], key_of)
