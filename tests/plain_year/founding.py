"""The school of the year: that of tests.world, larger by a primary class, pupils, plans, families and whoever makes
counting hard: a pupil who moves in mid-period, one who comes and one who goes, one exempt, one taught at home."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from ledger import streams
from ledger.events import accounts, calendar, families, journals, orders, roster, staff, timetable
from tests.world import FIRST, LAST, PUPILS, ROLES, SCHOOL_ID, named

Said = tuple[UUID, object]

NEW_PUPILS = {
    "3А": ("Гырголкау Денис", "Ёлкина Алёна", "Ӄаляна Ӈутэӈэвыт", "Ким-Вуквукай Тимур", "Омрувье Нина"),
    "6А": ("Рентувги Марк", "Тегрет Вера", "Ятгыргин Лев"),
    "10А": ("Антипин Глеб", "Кеулькут Софья", "Мальцев Олег"),
}
NEWCOMER, MOVED = "Эттувги Роман", date(2026, 10, 19)
AT_HOME, HOME_FROM = "Ященко Ольга", date(2026, 10, 5)
EXEMPT, EXEMPT_SPAN = "Рультытегин Артём", (date(2026, 9, 14), date(2026, 12, 11))
LATECOMER, CAME = "Нутэскин Пётр", date(2027, 1, 18)
LEAVER, LEFT = "Тегрет Вера", date(2027, 2, 5)
ON_PAPER, OF_AGE = "Тынетегин Павел", "Мальцев Олег"
# Who writes lessons and is away; who approves corrections and is away.
AWAY = (
    ("Петров", "illness", date(2026, 10, 7), date(2026, 10, 9)),
    ("Ефимова", "leave", date(2026, 9, 14), date(2026, 10, 2)),
)
DISTANCE = date(2027, 1, 25), date(2027, 1, 29)
CLASS_TEACHERS = {"3А": "Дьячкова", "6А": "Лебедева", "10А": "Петров"}
# page → teacher and places; beside those of tests.world
NEW_PAGES: dict[tuple[str, str], tuple[str, tuple[tuple[int, int], ...]]] = {
    ("3А", "Математика"): ("Дьячкова", ((1, 3), (3, 3), (4, 3))),
    ("3А", "Русский язык"): ("Дьячкова", ((2, 3), (5, 3))),
    ("3А", "Физкультура"): ("Ким", ((3, 4),)),
    ("6А", "Математика"): ("Соколова", ((2, 4), (4, 4))),
    ("8А", "Математика"): ("Соколова", ((3, 1),)),
}
PLANNED = (("7А", "Алгебра"), ("7А", "Русский язык"), ("6А", "Математика"), ("10А", "Литература"))
HOME_PAGE = named("Алгебра на дому")
PUPILS_OF = {title: (*PUPILS.get(title, ()), *NEW_PUPILS.get(title, ())) for title in (*PUPILS, "3А")}
EVERYBODY = (*(who for own in PUPILS_OF.values() for who in own), LATECOMER)
WITHOUT_ACCOUNT = ("Вуквукай Илья", "Омрувье Нина")


def guardians(pupil: str) -> tuple[str, ...]:
    return tuple(f"{pupil}, {kin}" for kin in (("мать", "отец") if len(pupil) % 3 == 0 else ("мать",)))


def founding() -> tuple[Said, ...]:
    return tuple(_all())


def _all() -> Iterator[Said]:
    yield from _classes()
    for (title, subject), (teacher, places) in NEW_PAGES.items():
        yield from _page(title, subject, teacher, places)
    yield from _movements()
    for title, subject in PLANNED:
        yield from _planned(title, subject)
    for title, each in CLASS_TEACHERS.items():
        led = roster.ClassTeacherAppointed(person=named(each), first=FIRST, until=None)
        yield named(title), led
    for pupil in EVERYBODY:
        for guardian in guardians(pupil):
            yield named(pupil), roster.GuardianLinked(guardian=named(guardian), kinship="мать")
    yield named(ON_PAPER), families.PaperInformingDeclared(first=date(2026, 9, 14))


def _classes() -> Iterator[Said]:
    home = streams.calendar(SCHOOL_ID)
    for title, grade, level in (("3А", 3, "НОО"), ("8А", 8, "ООО")):
        yield named(title), roster.ClassFormed(year=2026, title=title, grade=grade, level=level)
        for weekday in range(1, 6):
            ring = calendar.BellsAssigned(
                class_id=named(title), weekday=weekday, schedule=named("звонки"), first=FIRST
            )
            yield home, ring
    for n, (first, last) in enumerate(
        ((date(2026, 11, 30), date(2027, 2, 19)), (date(2027, 3, 1), date(2027, 5, 28)))
    ):
        title = f"{'I' * (n + 2)} триместр"
        yield (
            home,
            calendar.ReportingPeriodDefined(
                period=named(f"НОО {title}"),
                year=2026,
                level="НОО",
                kind="trimester",
                title=title,
                first=first,
                last=last,
            ),
        )
    for title, pupils in NEW_PUPILS.items():
        for pupil in pupils:
            yield named(pupil), roster.PupilEnrolled(class_id=named(title), first=FIRST, order="12")


def _page(title: str, subject: str, teacher: str, places: tuple[tuple[int, int], ...]) -> Iterator[Said]:
    page = named(f"{title} {subject}")
    yield (
        page,
        journals.JournalListed(class_id=named(title), group=None, subject=named(subject), year=2026),
    )
    hours = 100 * len(places)
    yield (
        page,
        journals.WorkloadAssigned(teacher=named(teacher), first=FIRST, until=None, hours=hours),
    )
    for weekday, number in places:
        yield named(f"{title} {subject} {weekday} {number}"), _slot(page, weekday, number, FIRST)


def _slot(page: UUID, weekday: int, number: int, first: date) -> timetable.SlotScheduled:
    return timetable.SlotScheduled(
        journal=page, weekday=weekday, number=number, week="all", first=first, last=LAST, room=None
    )


def _movements() -> Iterator[Said]:
    yield named(NEWCOMER), roster.PupilMoved(class_id=named("7А"), first=MOVED, order="27")
    yield named(LATECOMER), roster.PupilEnrolled(class_id=named("7А"), first=CAME, order="3")
    yield named(LEAVER), roster.PupilDeparted(last=LEFT, order="5")
    free = roster.ExemptionGranted(
        exemption=named("осв"), first=EXEMPT_SPAN[0], until=EXEMPT_SPAN[1], document=None
    )
    yield named(EXEMPT), free
    home = roster.HomeTuitionStarted(tuition=named("на дому"), first=HOME_FROM, until=None, order=None)
    yield named(AT_HOME), home
    page = journals.HomeJournalListed(
        pupil=named(AT_HOME), class_id=named("7А"), subject=named("Алгебра"), year=2026
    )
    yield HOME_PAGE, page
    load = journals.WorkloadAssigned(teacher=named("Соколова"), first=HOME_FROM, until=None, hours=100)
    yield HOME_PAGE, load
    yield named("слот на дому"), _slot(HOME_PAGE, 3, 1, HOME_FROM)
    yield named("приказ дистант"), orders.OrderIssued(kind="distance", number="31", date=DISTANCE[0])
    away = calendar.DistanceDeclared(
        distance=named("дистант"),
        mode="quarantine",
        first=DISTANCE[0],
        last=DISTANCE[1],
        classes=(named("10А"),),
        order=named("приказ дистант"),
    )
    yield streams.calendar(SCHOOL_ID), away
    for who, kind, first, until in AWAY:
        gone = staff.StaffAbsenceRecorded(absence=named(f"нет {who}"), kind=kind, first=first, until=until)
        yield named(who), gone


def _planned(title: str, subject: str) -> Iterator[Said]:
    plan = named(f"КТП {title} {subject}")
    opened = journals.PlanOpened(
        plan=plan, subject=named(subject), grade=int(title[:-1]), year=2026, title=subject
    )
    yield streams.plan_head(plan), opened
    yield named(f"{title} {subject}"), journals.PlanBound(plan=plan)
    hours = 300 if subject == "Алгебра" else 200
    yield (
        named(title),
        journals.StudyPlanSet(subject=named(subject), week_hours=hours, year_hours=hours * 34 // 100),
    )


def account_of(person: UUID) -> UUID:
    return UUID(int=person.int ^ 2)


def holders() -> Iterator[str]:
    """Who has an account: the staff, all families but two, pupils of 7А and 10А."""
    yield from ROLES
    for pupil in EVERYBODY:
        if pupil not in WITHOUT_ACCOUNT:
            yield from guardians(pupil)
    yield from (*PUPILS_OF["7А"], *PUPILS_OF["10А"])


def account_events(person: UUID) -> tuple[object, ...]:
    issued = accounts.CredentialIssued(
        credential=UUID(int=account_of(person).int ^ 1), procedure="administrator", parent=None
    )
    return accounts.AccountCreated(person=person), issued
