"""A stolen password told over a whole term (AT-20): the intruder's 5 on 18.11 after the notice, an honest mark for the
period on 20.11, the Act on 25.11. Shared by the acceptance test and those of the pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from commands.accounts import IssueCredential, UnblockAccount
from commands.acts import AppointCommission, DrawUpAct, FinaliseAct, SignAct
from commands.by_order import OrderNamed
from commands.compromise import ConfirmNotice, ReportCompromise
from commands.corrections import ApproveCorrections, CorrectionItem, CorrectionRef
from commands.handle import Answer, handle
from commands.marks import GiveMark
from commands.period_marks import RecheckPeriodMark
from commands.reinstatement import RequestReinstatement
from ledger.events import staff
from ledger.events.accounts import AccountCreated, CredentialIssued
from ledger.incident import fold_incident
from ledger.period_sheet import PERIOD
from tests.correction_cases import asks as asks_corrected
from tests.story import Story
from tests.told_term import FIRST_TERM, Term, setting, sheet_of
from tests.world import FIRST, given_lesson, named

DARYA, PAGE = "Антипина Дарья", named("7А Алгебра")
ACCOUNT, STOLEN, NEW = named("account Соколова"), named("credential 1"), named("credential 2")
INCIDENT = named("incident")
LESSON = given_lesson("7А Алгебра", "2026-11-18")
SEVEN = (
    "control 3",
    "control 4",
    "3",
    "4",
    "3",
    "3",
    "3",
)  # 23 / 7 = 3,29; with the 5 of 18.11: 28 / 8 = 3,50
MEMBERS = ("Дьячкова", "Громова", "Петров")
SECOND_DEPUTY = (
    (named("Петров"), staff.RoleGranted(role="deputy", first=FIRST, until=None, competence=None)),
)


class Told(Story):
    """Whoever acts with Соколова's account acts with its credential."""

    def __init__(self, *more: tuple[UUID, object]) -> None:
        super().__init__(
            (ACCOUNT, AccountCreated(person=named("Соколова"))),
            (ACCOUNT, CredentialIssued(credential=STOLEN, procedure="administrator", parent=None)),
            *more,
        )
        self.credential = STOLEN

    def do(self, by: str, when: str | datetime, command: object, id: UUID | None = None) -> Answer:
        credential = self.credential if by == "Соколова" else named(f"credential of {by}")
        asking = replace(self.asking(by, when, command, id), credential=credential)
        return handle(command, asking, self.house)

    def intruder(self) -> None:
        """18.11 10:58, after the notice of 10:55."""
        give = GiveMark(lesson=LESSON.id, work=LESSON.id, pupil=named(DARYA), value="5")
        self.do("Соколова", "2026-11-18 10:58", give)

    def notified(self, day: str = "2026-11-18") -> None:
        detected, reported = (datetime.fromisoformat(f"{day} {at}") for at in ("10:20", "10:50"))
        report = ReportCompromise(
            incident=INCIDENT, account=ACCOUNT, detected_at=detected, reported_at=reported
        )
        self.do("Кеулькут", f"{day} 11:05", report)
        received = datetime.fromisoformat(f"{day} 10:55")
        told = ConfirmNotice(incident=INCIDENT, account=ACCOUNT, received_at=received)
        self.do("Носов", f"{day} 11:06", told)
        self.do("Носов", f"{day} 12:00", IssueCredential(account=ACCOUNT, credential=NEW))
        self.do("Носов", f"{day} 12:00", UnblockAccount(account=ACCOUNT, reason="compromise"))
        self.credential = NEW

    def act(self, number: str = "1", annuls: UUID | None = None, hour: int = 13) -> UUID:
        """Finalised on Wednesday 25.11."""
        members = tuple(named(who) for who in MEMBERS)
        order = OrderNamed(number=f"150-{number}", on=date(2026, 11, 25))
        appoint = AppointCommission(incident=INCIDENT, members=members, order=order)
        self.do("Орлова", f"2026-11-25 {hour}:00", appoint)
        drawn = DrawUpAct(incident=INCIDENT, number=number, date=date(2026, 11, 25), annuls=annuls)
        self.do("Носов", f"2026-11-25 {hour}:10", drawn)
        act = tuple(fold_incident(INCIDENT, self.entries(INCIDENT)).acts)[-1]
        for name in MEMBERS:
            self.do(name, f"2026-11-25 {hour}:20", SignAct(incident=INCIDENT, act=act))
        self.do("Носов", f"2026-11-25 {hour}:30", FinaliseAct(incident=INCIDENT, act=act))
        return act

    def value(self) -> tuple[int, ...] | None:
        return self.sheet(LESSON).mark(LESSON.id, named(DARYA))

    def changed(self, seen: int) -> int:
        """An ordinary case makes it a 4; the entry of it."""
        (ref,) = asks_corrected(self, "Соколова", "2026-11-26 14:00", item("4", seen))
        self.do("Ефимова", "2026-11-26 15:00", ApproveCorrections(cases=(ref,)))
        return self.sheet(LESSON).marks[LESSON.id, named(DARYA)].position

    def standing(self) -> int:
        return sheet_of(self).marks[PERIOD, named(DARYA)].position


def told(*more: tuple[UUID, object]) -> Told:
    """The mark 4 for the period is set on 20.11, while the 5 is contested; then the Act."""
    story, term = Told(*more), Term(marks={DARYA: SEVEN})
    story.credential = NEW  # until the 18th nobody has stolen anything: told with any credential
    term.tell(story, term.lessons(last="2026-11-17"))
    story.credential = STOLEN
    story.intruder()
    story.notified()
    term.tell(story, term.lessons(first="2026-11-19"))
    story.do("Соколова", "2026-11-20 10:05", setting((DARYA, "4"), confirmed=True))
    return story


def item(value: str = "5", seen: int = 0) -> CorrectionItem:
    return CorrectionItem(
        target="mark", lesson=LESSON.id, work=LESSON.id, pupil=named(DARYA), new=value, seen=seen
    )


def asks(
    story: Told, act: UUID, when: str = "2026-11-26 09:00", what: CorrectionItem | None = None
) -> CorrectionRef:
    command = RequestReinstatement(
        incident=INCIDENT, act=act, items=(what or item(),), reason="Отвечала у доски, есть в тетради учителя"
    )
    (part,) = story.do("Соколова", when, command).parts
    return CorrectionRef(case=UUID(part["case"]), lesson=LESSON.id)


def keeps(story: Told, by: str, when: str = "2026-11-26 10:00") -> Answer:
    command = RecheckPeriodMark(
        journal=PAGE,
        period=FIRST_TERM,
        kind=PERIOD,
        pupil=named(DARYA),
        reason="Контрольные на 4, поставлена добросовестно",
        seen=story.standing(),
    )
    return story.do(by, when, command)
