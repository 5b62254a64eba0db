"""Somebody used a teacher's password one evening some three weeks ago; the Act about it, and what came back (issue 5).

Лебедева telephones the director at once, so the notice is received while the stranger is still at work: what was done
before that stays and is listed as suspicious, what was done after it the Act makes void. She herself marks one answer
from home in between: that is void too, and reinstated. In the morning she reports it in writing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from commands.accounts import CreateAccount, IssueCredential, UnblockAccount
from commands.acts import AppointCommission, DrawUpAct, FinaliseAct, SignAct
from commands.by_order import OrderNamed
from commands.compromise import ConfirmNotice, ReportCompromise
from commands.corrections import ApproveCorrections, CorrectionItem, CorrectionRef
from commands.importing import ids
from commands.marks import GiveMark
from commands.reinstatement import RequestReinstatement
from ledger.lesson import Sheet
from ledger.school import School
from web.demo.school_days import at
from web.demo.steps import Access, Look, Step, command_id, system
from web.demo.theft import KEPT, Forged, Theft

COMMISSION = ("efimova", "dyachkova", "gromova")
NUMBER, ORDER = "1", "88-ОД"
TOLD = (
    "Пароль был записан на листке под стеклом учительского стола. Вечером позвонила ученица: в журнале меняются "
    "отметки за сочинение. Это не я; сразу сообщила директору и Денису Алексеевичу по телефону."
)
REAFFIRMED = (
    "Эту отметку поставила я сама в тот вечер из дома: ученик отвечал на уроке, запись в тетради есть."
)
AGREED = "Подтверждено записью в тетради учителя."


def steps(theft: Theft, school: School) -> Iterator[Step]:
    yield from _account(school, theft)
    for n, forged in enumerate(theft.marks):
        access = old_access(school.id, theft, own=forged.own)
        yield _by_owner(f"mark/{n}", forged.at, access, theft, _give(forged, forged.value))
    yield from _notice(theft, school)
    yield from _put_right(theft, school)
    yield from _act(theft, school)
    yield from _reinstated(theft, school)


def old_access(school: UUID, theft: Theft, *, own: bool = True) -> Access:
    """The stolen password: in the owner's own session, or in the stranger's."""
    return _access(school, theft, "old", "own" if own else "stranger")


def new_access(school: UUID, theft: Theft) -> Access:
    """What she has signed in with since."""
    return _access(school, theft, "new", "new")


def _access(school: UUID, theft: Theft, credential: str, session: str) -> Access:
    return Access(
        account=theft.account,
        credential=command_id(school, f"compromise/credential/{credential}"),
        session=command_id(school, f"compromise/session/{session}"),
    )


def _account(school: School, theft: Theft) -> Iterator[Step]:
    """Made with the others', before the year begins."""
    credential = old_access(school.id, theft).credential
    command = CreateAccount(account=theft.account, person=theft.owner, credential=credential)
    first = school.years[max(school.years)].first
    yield system(at(first, 9, 0, days_before=1), "compromise/account", command)


def _give(forged: Forged, value: str) -> Callable[[Look], GiveMark]:
    """Over whatever stands there by then."""

    def made(look: Look) -> GiveMark:
        return GiveMark(
            lesson=forged.lesson.id,
            work=forged.work,
            pupil=forged.pupil,
            value=value,
            seen=_standing(look(forged.lesson.id), forged),
            confirmed=True,
        )

    return made


def _standing(sheet: Sheet, forged: Forged) -> int:
    entry = sheet.marks.get((forged.work, forged.pupil))
    return 0 if entry is None else entry.position


def _notice(theft: Theft, school: School) -> Iterator[Step]:
    """By telephone in the evening; entered the next morning, when the account is blocked and given a new password."""
    incident, day = incident_of(school.id), theft.days[1]
    report = ReportCompromise(
        incident=incident,
        account=theft.account,
        detected_at=at(theft.days[0], 21, 40),
        reported_at=theft.received - timedelta(minutes=2),
        text=TOLD,
        confirmed=True,
    )
    yield _by_owner("report", at(day, 8, 5), old_access(school.id, theft), theft, report)
    for code, heard, when in (
        ("orlova", theft.received, at(day, 8, 12)),
        ("nosov", theft.received + timedelta(minutes=15), at(day, 8, 20)),
    ):
        told = ConfirmNotice(incident=incident, account=theft.account, received_at=heard, confirmed=True)
        yield _by(code, f"received/{code}", when, told, school)
    issued = IssueCredential(account=theft.account, credential=new_access(school.id, theft).credential)
    yield _by("nosov", "issued", at(day, 8, 40), issued, school)
    opened = UnblockAccount(account=theft.account, reason="compromise")
    yield _by("nosov", "opened", at(day, 8, 42), opened, school)


def _put_right(theft: Theft, school: School) -> Iterator[Step]:
    """With the new password she sets right one mark the Act will not touch, and one it will."""
    replaced = [mark for mark in theft.marks if mark.before]
    for n, forged in enumerate((replaced[0], replaced[KEPT])):
        when = at(theft.days[1], 16, 40 + 2 * n)
        honest = _give(forged, forged.before)
        yield _by_owner(f"honest/{n}", when, new_access(school.id, theft), theft, honest)


def _act(theft: Theft, school: School) -> Iterator[Step]:
    incident, day, order = incident_of(school.id), theft.days[3], theft.days[1]
    members = tuple(ids.person(school.id, code) for code in COMMISSION)
    appointed = AppointCommission(
        incident=incident, members=members, order=OrderNamed(number=ORDER, on=order), confirmed=True
    )
    yield _by("orlova", "commission", at(order, 11, 30), appointed, school)
    drawn = DrawUpAct(incident=incident, number=NUMBER, date=day, confirmed=True)
    yield _by("nosov", "act", at(day, 14, 0), drawn, school)
    act = act_of(school.id)
    for n, code in enumerate(COMMISSION):
        signed = SignAct(incident=incident, act=act, confirmed=True)
        yield _by(code, f"signed/{code}", at(day, 14, 25 + 10 * n), signed, school)
    finalised = FinaliseAct(incident=incident, act=act, confirmed=True)
    yield _by("nosov", "finalised", at(day, 15, 10), finalised, school)


def _reinstated(theft: Theft, school: School) -> Iterator[Step]:
    """Her own mark of that evening comes back, by the deputy's word."""
    day, forged = theft.days[4], theft.marks[-1]
    item = CorrectionItem(
        target="mark", lesson=forged.lesson.id, work=forged.work, pupil=forged.pupil, new=forged.value
    )
    asked = RequestReinstatement(
        incident=incident_of(school.id),
        act=act_of(school.id),
        items=(item,),
        reason=REAFFIRMED,
        confirmed=True,
    )
    yield _by_owner("reaffirmed", at(day, 15, 20), new_access(school.id, theft), theft, asked)
    case = uuid5(command_id(school.id, "compromise/reaffirmed"), "0")
    agreed = ApproveCorrections(
        cases=(CorrectionRef(case=case, lesson=forged.lesson.id),), reason=AGREED, confirmed=True
    )
    yield _by("dyachkova", "agreed", at(day, 17, 5), agreed, school)


def incident_of(school: UUID) -> UUID:
    return command_id(school, "compromise/incident")


def act_of(school: UUID) -> UUID:
    return uuid5(command_id(school, "compromise/act"), "act")


def _by(code: str, key: str, when: datetime, command: object, school: School) -> Step:
    return Step(at=when, person=ids.person(school.id, code), key=f"compromise/{key}", command=command)


def _by_owner(
    key: str, when: datetime, access: Access, theft: Theft, command: object | Callable[[Look], object]
) -> Step:
    return Step(at=when, person=theft.owner, key=f"compromise/{key}", command=command, access=access)
