"""Random Acts, annulments and reinstatements on top of tests.test_machine: folds, rows and the plain model agree
whatever is void, and an Act names exactly what was done with the stolen credential from the receipt on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from commands.accounts import BlockAccount, IssueCredential, UnblockAccount
from commands.corrections import ApproveCorrections, CorrectionItem, CorrectionRef
from commands.reinstatement import RequestReinstatement
from ledger.correction import fold_corrections
from ledger.entry import Entry
from ledger.events.accounts import AccountBlocked
from ledger.events.marks import MarkGiven
from ledger.events.voids import EntriesVoided
from ledger.streams import corrections
from tests.breach import Breach, account_of
from tests.plain_model import plain_sheet
from tests.test_machine import LONG, START, Journal, position
from tests.world import SCHOOL_ID

TEACHER = "Лебедева"
COMMISSION = ("Громова", "Петров", "Ким")


@dataclass(kw_only=True)
class Acted:
    incident: UUID
    act: UUID
    since: str
    in_force: bool = True


class Voided(Journal):
    """The journal of tests.test_machine, whose teacher has accounts stolen again and again."""

    def __init__(self) -> None:
        super().__init__()
        self.story: Breach = Breach()
        self.now = self.story.at(START)
        self.acts: list[Acted] = []
        # credentials, until when they were hers, and whether the support blocked them before the notice was registered
        self.replaced: list[tuple[UUID, datetime, bool]] = []

    def local(self, earlier: int = 0) -> str:
        school = self.story.house.schools.current(SCHOOL_ID)
        return str(school.local(self.now - timedelta(minutes=earlier)).replace(microsecond=0, tzinfo=None))

    def all_entries(self) -> tuple[Entry, ...]:
        return self.story.store.entries(SCHOOL_ID, limit=100_000)

    @rule(minutes=st.sampled_from([0, 1, 6, 31, 91]), by_hand=st.booleans())
    def an_access_is_stolen_and_an_act_is_drawn_up(self, minutes: int, by_hand: bool) -> None:
        self.done += 1
        since = self.local(minutes)
        start = self.story.instant(since)
        self.replaced.append((self.story.using[TEACHER], self.now, by_hand))
        stolen = self.may_be_stolen(start)
        incident = uuid5(SCHOOL_ID, f"incident {self.done}")
        if by_hand:
            block = BlockAccount(account=account_of(TEACHER), reason="compromise")
            self.story.do("Носов", self.now, block)
            self.is_given_a_new_access()
        self.story.notice_as(incident, TEACHER, since, self.local())
        assert self.story.account(TEACHER).blocked is (self.story.using[TEACHER] in stolen)
        if not by_hand:
            self.is_given_a_new_access()
        act = self.story.act(incident, self.local(), number=str(self.done), members=COMMISSION)
        self.acts.append(Acted(incident=incident, act=act, since=since))
        self.names_what_was_done_with(stolen, start, act)

    def may_be_stolen(self, start: datetime) -> set[UUID]:
        """Any access she had from the detection (and receipt) on, up to the one that was blocked by hand for it."""
        had = [(credential, by_hand) for credential, until, by_hand in self.replaced if until >= start]
        ended = next((n for n, (_, by_hand) in enumerate(had, 1) if by_hand), len(had))
        return {credential for credential, _ in had[:ended]}

    def is_given_a_new_access(self) -> None:
        new, account = uuid5(SCHOOL_ID, f"credential {self.done}"), account_of(TEACHER)
        self.story.do("Носов", self.now, IssueCredential(account=account, credential=new))
        self.story.do("Носов", self.now, UnblockAccount(account=account, reason="compromise"))
        self.story.using[TEACHER] = new

    def names_what_was_done_with(self, stolen: set[UUID], start: datetime, act: UUID) -> None:
        """By brute force over the whole ledger."""
        wanted = {
            e.position
            for e in self.all_entries()
            if e.stamp.credential in stolen
            and e.stamp.account == account_of(TEACHER)
            and e.stamp.received_at >= start
            and not isinstance(e.event, AccountBlocked)
        }
        named_by = {
            p
            for e in self.all_entries()
            if isinstance(e.event, EntriesVoided) and e.event.act == act
            for p in e.event.positions
        }
        assert named_by == wanted

    @precondition(lambda self: any(each.in_force for each in self.acts))
    @rule(n=st.integers(0, 5))
    def an_act_is_annulled(self, n: int) -> None:
        self.done += 1
        known = [each for each in self.acts if each.in_force]
        each = known[n % len(known)]
        self.story.act(
            each.incident, self.local(), number=f"о{self.done}", members=COMMISSION, annuls=each.act
        )
        each.in_force = False

    @precondition(lambda self: any(each.in_force for each in self.acts))
    @rule(n=st.integers(0, 9), again=st.booleans())
    def a_void_mark_is_reinstated(self, n: int, again: bool) -> None:
        found = [
            (each, e)
            for each in self.acts
            if each.in_force
            for e in self.voided_by(each.act)
            if isinstance(e.event, MarkGiven)
        ]
        if not found:
            return
        each, e = found[n % len(found)]
        standing = plain_sheet(self.entries(e.stream)).marks.get((e.event.work, e.event.pupil))
        item = CorrectionItem(
            target="mark",
            lesson=e.stream,
            work=e.event.work,
            pupil=e.event.pupil,
            new="/".join(map(str, e.event.value)),
            seen=position(standing),
        )
        command = RequestReinstatement(
            incident=each.incident, act=each.act, items=(item,), reason="подтверждаю", confirmed=True
        )
        self.do(TEACHER, command)
        stream = corrections(SCHOOL_ID, e.stream)
        cases = fold_corrections(self.entries(stream)).cases.values()
        for case in [case for case in cases if case.status == "asked"][: 1 if again else 9]:
            ref = CorrectionRef(case=case.case, lesson=e.stream)
            self.do("Ефимова", ApproveCorrections(cases=(ref,), confirmed=True))

    def voided_by(self, act: UUID) -> list[Entry]:
        entries = self.all_entries()
        words = [e.event for e in entries if isinstance(e.event, EntriesVoided) and e.event.act == act]
        return [entries[p - 1] for word in words for p in word.positions]


TestVoided = pytest.mark.filterwarnings("error")(Voided.TestCase)
TestVoided.settings = settings(
    max_examples=300 if LONG else 40, stateful_step_count=80 if LONG else 30, deadline=None
)
