"""C-06: which families look into the diary (Perm 3.4, 3.6, Усть-Белая 9.4). Signing in is no entry of the ledger, so
accounts and visits are those known today, up to the page's moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ledger import accounts, sessions
from ledger.people import Name
from ledger.school import School
from projections.control.instants import days_of
from projections.control.report import Asked, Behind, Chart, Column, Figure, Line, Report, share
from projections.control.scope import classes_asked, span_of
from projections.reading import Reading

CODE, TITLE = "C-06", "Участие семей"
COLUMNS = (
    Column(key="class", title="Класс"),
    Column(key="pupil", title="Ученик"),
    Column(key="state", title="Родители"),
    Column(key="days", title="Дней входили", kind="count", better="more"),
    Column(key="last", title="Последний раз", kind="moment"),
    Column(key="own_days", title="Дней входил ученик", kind="count", better="more"),
    Column(key="own_last", title="Последний раз ученик", kind="moment"),
)
VISITED, ABSENT, NO_ACCOUNT, ON_PAPER = "входили", "не входили", "нет доступа", "получают на бумаге"


@dataclass(frozen=True, kw_only=True, slots=True)
class Visits:
    """Of one person: the days of the report, and the last visit ever (local); `account` that there is one."""

    account: bool
    days: frozenset[date]
    last: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Family:
    """`state` of the guardians; `days` any of them came."""

    pupil: UUID
    class_id: UUID
    state: str
    guardians: Mapping[UUID, Visits]
    own: Visits

    @property
    def days(self) -> frozenset[date]:
        return frozenset().union(*(each.days for each in self.guardians.values()))

    @property
    def last(self) -> datetime | None:
        return max((each.last for each in self.guardians.values() if each.last is not None), default=None)


def report(reading: Reading, asked: Asked) -> Report:
    found, school = families(reading, asked), reading.school
    names = reading.names({each.pupil for each in found})
    order = {pupil: n for n, pupil in enumerate(reading.sorted(list(names), names))}
    classes = {klass.id: n for n, klass in enumerate(classes_asked(school, asked))}
    lines = sorted(found, key=lambda each: (classes[each.class_id], order[each.pupil]))
    return Report(
        code=CODE,
        title=TITLE,
        asked=asked,
        columns=COLUMNS,
        lines=tuple(_line(each, names, school) for each in lines),
        figures=_figures(found),
        charts=_charts(lines, school),
        notes=_notes(lines, names),
        as_of=reading.as_of,
        regulation=reading.regulation_position(),
    )


def behind(reading: Reading, asked: Asked, key: str) -> Iterator[Behind]:
    """Each guardian, then the pupil."""
    found = next((each for each in families(reading, asked) if each.pupil == UUID(key)), None)
    if found is None:
        return
    people = {**found.guardians, found.pupil: found.own}
    names = reading.names(people)
    for person, visits in people.items():
        words = f"{names[person].full}: {_visits(visits)}"
        yield Behind(words=words, pupil=found.pupil, class_id=found.class_id)


def families(reading: Reading, asked: Asked) -> list[Family]:
    """Of the pupils who are in the classes on the last day of the report, or today where it is yet to come."""
    school, on = reading.school, min(asked.last, reading.today)
    pupils = _pupils(reading, asked, on)
    visits = _visitors(
        reading, asked, {p for pupil in pupils for p in (pupil, *school.pupils[pupil].guardians)}
    )
    return [_family(pupil, class_id, on, visits, school) for pupil, class_id in pupils.items()]


def _pupils(reading: Reading, asked: Asked, on: date) -> dict[UUID, UUID]:
    """With their classes; of a teacher the classes led, of a subject those on its pages."""
    school = reading.school
    pages = [p.id for p in school.journals.values() if p.subject == asked.subject]
    return {
        pupil: klass.id
        for klass in classes_asked(school, asked)
        if asked.teacher is None
        or any(p == asked.teacher and span.overlaps(span_of(asked)) for p, span in klass.teachers)
        for pupil in school.pupils_of_class(klass.id, on)
        if asked.subject is None or any(school.enrolled(pupil, page, on) for page in pages)
    }


def _visitors(reading: Reading, asked: Asked, persons: set[UUID]) -> dict[UUID, Visits]:
    connection, school = reading.connection, reading.school
    now = reading.as_of.instant
    rows = accounts.of_persons(connection, school.id, persons)
    known = {p: row.account_id for p, row in rows.items() if row.created_at <= now}
    since, until = days_of(asked, reading)
    days = sessions.days_of_use(
        connection, school.id, known.values(), since=since, until=min(until, now), zone=school.zone_name
    )
    last = sessions.last_use(connection, school.id, known.values(), until=now)
    return {
        person: Visits(
            account=person in known,
            days=days.get(account, frozenset()) if (account := known.get(person)) else frozenset(),
            last=school.local(last[account]) if account in last else None,
        )
        for person in persons
    }


def _family(pupil: UUID, class_id: UUID, on: date, visits: Mapping[UUID, Visits], school: School) -> Family:
    known = school.pupils[pupil]
    guardians = {person: visits[person] for person in known.guardians}
    if known.on_paper(on):
        state = ON_PAPER
    elif not any(each.account for each in guardians.values()):
        state = NO_ACCOUNT
    else:
        state = VISITED if any(each.days for each in guardians.values()) else ABSENT
    return Family(pupil=pupil, class_id=class_id, state=state, guardians=guardians, own=visits[pupil])


def _line(each: Family, names: Mapping[UUID, Name], school: School) -> Line:
    return Line(
        key=str(each.pupil),
        values=(
            school.classes[each.class_id].title,
            names[each.pupil].listed,
            each.state,
            *(len(each.days), each.last, len(each.own.days), each.own.last),
        ),
    )


def _figures(found: list[Family]) -> tuple[Figure, ...]:
    counted = [each for each in found if each.state != ON_PAPER]
    families = sum(each.state == VISITED for each in counted)
    pupils = sum(bool(each.own.days) for each in found)
    without = sum(each.state == NO_ACCOUNT for each in counted)
    return (
        Figure(
            key="families",
            title="Участие семей",
            value=share(families, len(counted)),
            kind="share",
            part=families,
            whole=len(counted),
            better="more",
        ),
        Figure(
            key="pupils",
            title="Участие учеников",
            value=share(pupils, len(found)),
            kind="share",
            part=pupils,
            whole=len(found),
            better="more",
        ),
        Figure(key="without", title="Без доступа родителей", value=without, kind="count", better="less"),
        Figure(key="paper", title="Получают на бумаге", value=len(found) - len(counted), kind="count"),
    )


def _charts(lines: list[Family], school: School) -> tuple[Chart, ...]:
    """By class, where there are several."""
    classes: dict[UUID, list[Family]] = {}
    for each in lines:
        if each.state != ON_PAPER:
            classes.setdefault(each.class_id, []).append(each)
    if len(classes) < 2:
        return ()
    shares = (share(sum(each.state == VISITED for each in own), len(own)) for own in classes.values())
    titles = tuple(school.classes[class_id].title for class_id in classes)
    series = (("Родители", tuple(shares)),)
    return (Chart(title="Семьи, которые входили, %", shape="bars", labels=titles, series=series, unit="%"),)


def _notes(lines: list[Family], names: Mapping[UUID, Name]) -> tuple[str, ...]:
    """Families on paper are left out of the share and named."""
    paper = [names[each.pupil].listed for each in lines if each.state == ON_PAPER]
    return (f"Получают сведения на бумаге и в долю не входят: {', '.join(paper)}.",) if paper else ()


def _visits(visits: Visits) -> str:
    if not visits.account:
        return NO_ACCOUNT
    if visits.last is None:
        return "ни одного входа"
    return f"дней с входом {len(visits.days)}, последний раз {visits.last:%d.%m.%Y %H:%M}"
