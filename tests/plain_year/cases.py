"""What follows lessons days later: corrections, disputes, error reports, absences explained, one stolen access."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from ledger import streams
from ledger.entry import Category, Draft
from ledger.events import (
    accounts,
    attendance,
    compromise,
    corrections,
    error_reports,
    families,
    marks,
    voids,
)
from ledger.timetable import Lesson
from tests.plain_year.founding import ON_PAPER, PUPILS_OF, account_of, guardians
from tests.plain_year.lessons import NAME_OF, there
from tests.plain_year.telling import MINUTE, Telling, of_case, of_lesson
from tests.world import SCHOOL_ID, named

WEEK = timedelta(days=7)
CATEGORIES = ("по болезни", "по уважительной причине", "без уважительной причины")
THIEF = "Лебедева"
STOLEN = datetime.fromisoformat("2026-12-07 00:00"), datetime.fromisoformat("2026-12-09 23:00")
ACT_DAY = date(2026, 12, 21)


def follow(telling: Telling, lesson: Lesson) -> None:
    who = NAME_OF[telling.school.teachers_of(lesson.journal, lesson.date)[0]]
    pupils = there(telling, lesson)
    if pupils and telling.chance(0.08):
        pupil = telling.random.choice(pupils)
        when = lesson.ends + timedelta(days=2, minutes=telling.random.randint(1, 90))
        telling.then(when, who, lambda: _corrected(telling, lesson, pupil, who, when))
    if pupils and telling.chance(0.04):
        telling.then(
            lesson.ends + timedelta(days=1), "Громова", lambda: _disputed(telling, lesson, pupils, who)
        )


def _corrected(telling: Telling, lesson: Lesson, pupil: UUID, who: str, when: datetime) -> tuple[Draft, ...]:
    """Asked by the teacher; approved, declined, withdrawn or left open. One of five is about «н»."""
    stood = telling.cells.get((lesson.id, lesson.id, pupil))
    absent = telling.notes.get((lesson.id, pupil))
    if stood is None and absent is None:
        return ()
    case, stream = uuid5(lesson.id, f"corrected {pupil}"), streams.corrections(SCHOOL_ID, lesson.id)
    old = "н" if stood is None else "/".join(map(str, stood[1]))
    new = "" if stood is None else str(min(5, stood[1][0] + 1))
    chance = telling.random.random()
    report = _reported(telling, lesson, pupil, when) if chance > 0.7 else None
    asked = corrections.CorrectionRequested(
        case=case,
        journal=lesson.journal,
        target="mark" if stood else "absence",
        old=old,
        new=new,
        seen=stood[0] if stood else absent or 0,
        ground="erroneous_entry" if chance < 0.6 else "other",
        reason=telling.text("Ошибка при вводе", who),
        lesson=lesson.id,
        work=lesson.id if stood else None,
        pupil=pupil,
        report=report,
    )
    later = when + timedelta(hours=telling.random.randint(1, 60))
    if chance < 0.15:
        no = corrections.CorrectionDeclined(case=case, reason=telling.text("Ошибки нет", who))
        telling.at(later, "Ефимова", of_case(stream, no))
    elif chance < 0.25:
        telling.at(later, who, of_case(stream, corrections.CorrectionWithdrawn(case=case)))
    elif chance < 0.9:
        changed = (
            marks.MarkGiven(work=lesson.id, pupil=pupil, value=(int(new),), correction=case)
            if stood
            else attendance.AbsenceWithdrawn(pupil=pupil, came_late=False, correction=case)
        )
        yes = of_case(stream, corrections.CorrectionApproved(case=case))
        telling.at(later, "Ефимова", yes, of_lesson(lesson, changed))
    return (of_case(stream, asked),)


def _reported(telling: Telling, lesson: Lesson, pupil: UUID, when: datetime) -> UUID:
    report = uuid5(lesson.id, f"reported {pupil}")
    said = error_reports.ErrorReported(
        report=report,
        journal=lesson.journal,
        target="mark",
        text=telling.text("В тетради другая", "Каляна Мария"),
        due=when + timedelta(days=3),
        lesson=lesson.id,
        work=lesson.id,
        pupil=pupil,
    )
    stream = streams.error_reports(SCHOOL_ID, lesson.id)
    telling.at(when + MINUTE, guardians("Каляна Мария")[0], of_case(stream, said))
    return report


def _disputed(telling: Telling, lesson: Lesson, pupils: list[UUID], who: str) -> tuple[Draft, ...]:
    absent = [pupil for pupil in pupils if (lesson.id, pupil) in telling.notes]
    if not absent:
        return ()
    case, stream = uuid5(lesson.id, "disputed"), streams.disputes(SCHOOL_ID, lesson.id)
    said = attendance.AbsenceDisputed(
        case=case,
        lesson=lesson.id,
        journal=lesson.journal,
        pupil=absent[0],
        reason=telling.text("Был на уроке", who),
    )
    upheld = telling.chance(0.6)
    decided = of_case(stream, attendance.AbsenceDisputeDecided(case=case, upheld=upheld, reason=None))
    gone = of_lesson(lesson, attendance.AbsenceWithdrawn(pupil=absent[0], came_late=False))
    telling.at(lesson.ends + timedelta(days=1, hours=3), who, *((decided, gone) if upheld else (decided,)))
    return (of_case(stream, said),)


def explain(telling: Telling, pupil: str, monday: date) -> None:
    """Two weeks of three are explained, some for days only, some twice, some explanations are taken back."""
    if telling.chance(0.35):
        return
    first = monday + timedelta(days=telling.random.randint(0, 2))
    said = attendance.AbsencesExplained(
        explanation=uuid5(named(pupil), monday.isoformat()),
        pupil=named(pupil),
        first=first,
        last=first + timedelta(days=telling.random.randint(0, 6)),
        category=telling.random.choice(CATEGORIES),
        document=None,
    )
    stream, when = streams.excuses(SCHOOL_ID, named(pupil)), datetime.combine(monday + WEEK, time(16))
    telling.at(when, "Громова", of_case(stream, said))
    if telling.chance(0.1):
        gone = attendance.ExplanationWithdrawn(explanation=said.explanation)
        telling.at(when + timedelta(days=2), "Громова", of_case(stream, gone))


def slips(telling: Telling, monday: date) -> None:
    stream = streams.slips(SCHOOL_ID, named("7А"), monday)
    when = datetime.combine(monday + timedelta(days=4), time(15))
    handed = families.SlipHandedOut(pupil=named(ON_PAPER), receiver=named(guardians(ON_PAPER)[0]))

    def prepare() -> tuple[Draft, ...]:
        prepared = families.SlipsPrepared(
            class_id=named("7А"), week=monday, position=telling.writer.position, pupils=(named(ON_PAPER),)
        )
        return (of_case(stream, prepared),)

    telling.then(when, "Громова", prepare)
    if telling.chance(0.8):
        telling.at(when + timedelta(minutes=20), "Громова", of_case(stream, handed))


def recommend(telling: Telling, on: date) -> None:
    """A recommendation to somebody of 7А on one of its pages."""
    pupil = telling.random.choice(PUPILS_OF["7А"])
    subject, who = telling.random.choice((("Алгебра", "Соколова"), ("Русский язык", "Лебедева")))
    said = families.RemarkWritten(
        remark=uuid5(named(pupil), f"remark {on}"),
        kind="recommendation",
        text=telling.text("Повторить правила", pupil),
        journal=named(f"7А {subject}"),
    )
    telling.at(datetime.combine(on, time(17)), who, of_case(streams.family(SCHOOL_ID, named(pupil)), said))


def void(telling: Telling) -> None:
    """Somebody wrote with a teacher's access for three days of December; the Act followed two weeks later."""
    incident, act = named("инцидент"), named("Акт 1")
    account = account_of(named(THIEF))
    noticed = datetime.fromisoformat("2026-12-10 09:00")
    report = compromise.CompromiseReported(
        account=account,
        owner=named(THIEF),
        detected_at=noticed - timedelta(minutes=40),
        reported_at=noticed,
        signed=True,
    )
    telling.at(noticed, THIEF, of_case(incident, report))
    for n, who in enumerate(("Орлова", "Носов"), 1):
        role = "director" if who == "Орлова" else "administrator"
        received = compromise.NoticeReceived(role=role, received_at=noticed + n * 10 * MINUTE)
        telling.at(noticed + n * 20 * MINUTE, who, of_case(incident, received))
    blocked = (
        accounts.AccountBlocked(reason="compromise"),
        accounts.AccountUnblocked(reason="новый доступ"),
    )
    for n, event in enumerate(blocked):
        draft = Draft(category=Category.ACCOUNT, stream=account, version=None, event=event)
        telling.at(noticed + (50 + n) * MINUTE, "Носов", draft)
    morning = datetime.combine(ACT_DAY, time(9))
    members = tuple(map(named, ("Ефимова", "Кеулькут", "Громова")))
    for event in (
        compromise.CommissionAppointed(members=members, order=named("приказ о комиссии")),
        compromise.ActDrawnUp(act=act, number="1", date=ACT_DAY, since=STOLEN[0]),
    ):
        telling.at(morning, "Носов", of_case(incident, event))
    for n, who in enumerate(("Ефимова", "Кеулькут", "Громова")):
        telling.at(morning + (n + 1) * MINUTE, who, of_case(incident, compromise.ActSigned(act=act)))
    telling.then(morning + timedelta(hours=3), "Носов", lambda: _finalised(telling, incident, act))


def _finalised(telling: Telling, incident: UUID, act: UUID) -> list[Draft]:
    first, last = telling.stolen
    found = {
        stream: [position for position in positions if first < position <= last]
        for (person, stream), positions in telling.by_account.items()
        if person == named(THIEF)
    }
    count = sum(map(len, found.values()))
    drafts = [of_case(incident, compromise.ActFinalised(act=act, entries=count))]
    for stream, positions in found.items():
        if positions:
            drafts.append(of_lesson(stream, voids.EntriesVoided(act=act, positions=tuple(positions))))
    return drafts


def marked_stolen(telling: Telling) -> None:
    """Where the ledger stood when the access was stolen and when the thief was gone."""
    begun: list[int] = []

    def note(last: bool) -> tuple[Draft, ...]:
        begun.append(telling.writer.position)
        if last:
            telling.stolen = (begun[0], begun[1])
        return ()

    for moment, last in zip(STOLEN, (False, True), strict=True):
        telling.then(moment, THIEF, lambda last=last: note(last))  # type: ignore[misc]
