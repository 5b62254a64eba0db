"""A breach of access over the in-memory ledger: accounts and credentials, the notice, the commission, the Act."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID, uuid5

from commands import history
from commands.acts import AppointCommission, DrawUpAct, FinaliseAct, SignAct
from commands.by_order import OrderNamed
from commands.compromise import ConfirmNotice, ReportCompromise
from commands.handle import Answer, Asking
from commands.marks import GiveMark
from ledger import streams
from ledger.account import Account, fold_account
from ledger.appending import Append
from ledger.entry import Category, Draft
from ledger.events.accounts import AccountCreated, CredentialIssued
from ledger.events.regulations import RegulationAdopted
from ledger.events.staff import RoleGranted
from ledger.incident import Incident, fold_incident
from ledger.regulation import in_force
from ledger.timetable import Lesson
from ledger.void_selection import Selection
from tests.story import Story
from tests.world import FIRST, ROLES, SCHOOL_ID, at, named, stamp

MEMBERS = ("Громова", "Лебедева", "Петров")
SECOND_ADMINISTRATOR = (
    named("Тынетегина"),
    RoleGranted(role="administrator", first=FIRST, until=None, competence=None),
)


def account_of(person: str) -> UUID:
    return named(f"account {person}")


def credential_of(person: str, n: int = 1) -> UUID:
    return named(f"credential {n} of {person}")


class Breach(Story):
    """Everybody who works there has an account and one credential; `using` is what each signs in with now."""

    def __init__(self, *more: tuple[UUID, object]) -> None:
        self.using: dict[str, UUID] = {}
        super().__init__(*more)
        for person in ROLES:
            self.has_account(person)

    @classmethod
    def of_two_administrators(cls) -> Breach:
        """Носов, whose access is stolen, and Тынетегина: as it must be in a school."""
        made = cls(SECOND_ADMINISTRATOR)
        made.has_account("Тынетегина")
        return made

    def has_account(self, person: str) -> None:
        self.using[person] = credential_of(person)
        events = (
            AccountCreated(person=named(person)),
            CredentialIssued(credential=credential_of(person), procedure="founding", parent=None),
        )
        drafts = tuple(
            Draft(category=Category.ACCOUNT, stream=account_of(person), version=None, event=event)
            for event in events
        )
        made = replace(stamp("Носов", "2026-08-31 12:00"), command_id=uuid5(SCHOOL_ID, f"account {person}"))
        self.store.append(Append(stamp=made, body_sha256=bytes(32), answer="{}", drafts=drafts))

    def asking(self, by: str, when: str | datetime, command: object, id: UUID | None = None) -> Asking:
        asked = super().asking(by, when, command, id)
        return replace(asked, credential=self.using.get(by))

    def mark(self, by: str, when: str, lesson: Lesson, pupil: str, value: str, **more: object) -> Answer:
        seen = self.sheet(lesson).marks.get((lesson.id, named(pupil)))
        command = GiveMark(
            lesson=lesson.id,
            work=lesson.id,
            pupil=named(pupil),
            value=value,
            seen=seen.position if seen else 0,
            confirmed=True,
            **more,  # type: ignore[arg-type]
        )
        return self.do(by, when, command)

    def value(self, lesson: Lesson, pupil: str) -> tuple[int, ...] | None:
        return self.sheet(lesson).mark(lesson.id, named(pupil))

    def account(self, person: str) -> Account:
        return fold_account(account_of(person), self.entries(account_of(person)))

    def incident(self, id: UUID) -> Incident:
        return fold_incident(id, self.entries(id))

    def selection(self, id: UUID) -> Selection:
        """What an Act would name now."""
        school = self.house.schools.current(SCHOOL_ID)
        today = school.local(self.clock).date()
        found = in_force(school, today)
        assert found is not None
        return history.selection(self.incident(id), school, found[1], self.store, now=self.clock)

    def adopted(self, when: str, toml: str) -> None:
        """A new text of the school's act, in force from that day on."""
        event = RegulationAdopted(title="act.toml", toml=toml, in_force=date.fromisoformat(when[:10]))
        stream = streams.regulation(SCHOOL_ID)
        draft = Draft(category=Category.REGULATION, stream=stream, version=None, event=event)
        self.at(when)
        made = replace(stamp("Носов", when), command_id=uuid5(SCHOOL_ID, f"act of {when}"))
        self.store.append(Append(stamp=made, body_sha256=bytes(32), answer="{}", drafts=(draft,)))

    def notice(
        self, owner: str, detected: str, received: str, *, by: str = "Носов", now: str | None = None
    ) -> UUID:
        """Reported and received by `by`; the incident."""
        id = named(f"incident of {owner} {detected}")
        self._told(id, owner, detected, received, by, now or received)
        return id

    def notice_as(self, id: UUID, owner: str, received: str, now: str) -> None:
        """Detected, reported and received at one moment."""
        self._told(id, owner, received, received, "Носов", now)

    def instant(self, local: str) -> datetime:
        return at(local)

    def _told(self, id: UUID, owner: str, detected: str, received: str, by: str, now: str) -> None:
        moment = datetime.fromisoformat(received)
        report = ReportCompromise(
            incident=id,
            account=account_of(owner),
            detected_at=datetime.fromisoformat(detected),
            reported_at=moment,
        )
        self.do("Кеулькут" if owner != "Кеулькут" else "Орлова", now, report)
        told = ConfirmNotice(incident=id, account=account_of(owner), received_at=moment)
        self.do(by, now, told)

    def drawn_up(
        self,
        incident: UUID,
        when: str,
        *,
        number: str = "1",
        by: str = "Носов",
        members: tuple[str, ...] = MEMBERS,
        annuls: UUID | None = None,
    ) -> UUID:
        """The Act, signed by all and not yet final."""
        on = date.fromisoformat(when[:10])
        order = OrderNamed(number=f"{number}-к", on=on)
        people = tuple(named(member) for member in members)
        self.do("Орлова", when, AppointCommission(incident=incident, members=people, order=order))
        before = set(self.incident(incident).acts)
        self.do(by, when, DrawUpAct(incident=incident, number=number, date=on, annuls=annuls))
        (act,) = set(self.incident(incident).acts) - before
        for member in members:
            self.do(member, when, SignAct(incident=incident, act=act))
        return act

    def act(self, incident: UUID, when: str, *, by: str = "Носов", **more: object) -> UUID:
        """The Act, finalised."""
        act = self.drawn_up(incident, when, by=by, **more)  # type: ignore[arg-type]
        self.do(by, when, FinaliseAct(incident=incident, act=act))
        return act
