"""The school as OneRoster 1.2 tables: who, in which classes, with which marks (R-236).

Rostering is told whole (bulk); results are told with their state, so that a mark that was voided, withdrawn or taken
back reaches the other side as `tobedeleted`. Source: 1EdTech OneRoster 1.2 CSV binding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid5

from ledger.entry import Role
from ledger.people import NO_NAME, Name
from ledger.school import Journal, School
from ledger.span import Span
from projections.as_of import Filled
from projections.filling import fillings
from projections.reading import Reading

Row = tuple[str, ...]
ACTIVE, GONE = "active", "tobedeleted"
BULK = ("", "")  # status and dateLastModified of a table told whole are empty
# Roles of OneRoster 1.2, the weightiest first.
ROLES = (
    (Role.DIRECTOR, "principal"),
    (Role.ADMINISTRATOR, "systemAdministrator"),
    (Role.DEPUTY, "siteAdministrator"),
    (Role.TEACHER, "teacher"),
    (Role.PUPIL, "student"),
    (Role.GUARDIAN, "guardian"),
)
HEADS: dict[str, Row] = {
    "academicSessions": ("title", "type", "startDate", "endDate", "parentSourcedId", "schoolYear"),
    "orgs": ("name", "type", "identifier", "parentSourcedId"),
    "courses": (
        *("schoolYearSourcedId", "title", "courseCode", "grades", "orgSourcedId", "subjects", "subjectCodes"),
    ),
    "classes": (
        *("title", "grades", "courseSourcedId", "classCode", "classType", "location", "schoolSourcedId"),
        *("termSourcedIds", "subjects", "subjectCodes", "periods"),
    ),
    "users": (
        *("enabledUser", "username", "userIds", "givenName", "familyName", "middleName", "identifier"),
        *("email", "sms", "phone", "agentSourcedIds", "grades", "password", "userMasterIdentifier"),
        *(
            "preferredGivenName",
            "preferredMiddleName",
            "preferredFamilyName",
            "primaryOrgSourcedId",
            "pronouns",
        ),
    ),
    "roles": (
        *(
            "userSourcedId",
            "roleType",
            "role",
            "beginDate",
            "endDate",
            "orgSourcedId",
            "userProfileSourcedId",
        ),
    ),
    "enrollments": (
        *("classSourcedId", "schoolSourcedId", "userSourcedId", "role", "primary", "beginDate", "endDate"),
    ),
    "categories": ("title", "weight"),
    "lineItems": (
        *("title", "description", "assignDate", "dueDate", "classSourcedId", "categorySourcedId"),
        *("gradingPeriodSourcedId", "resultValueMin", "resultValueMax", "schoolSourcedId"),
    ),
    "results": (
        *("lineItemSourcedId", "studentSourcedId", "scoreStatus", "score", "scoreDate", "comment"),
        *("textScore", "classSourcedId"),
    ),
}
BASE = ("sourcedId", "status", "dateLastModified")
DELTA = frozenset({"lineItems", "results"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """`rows` is read once, a page of the journal at a time."""

    name: str
    head: Row
    rows: Iterator[Row]


def tables(reading: Reading) -> tuple[Table, ...]:
    """Of the running study year, in the order a reader needs them."""
    made = {
        "academicSessions": _sessions(reading.school, _year(reading)),
        "orgs": iter([_row(reading.school.id, reading.school.title, "school", "", "")]),
        "courses": _courses(reading),
        "classes": _classes(reading),
        "users": _users(reading),
        "roles": _roles(reading),
        "enrollments": _enrollments(reading),
        "categories": _categories(reading),
        "lineItems": _line_items(reading),
        "results": _results(reading),
    }
    return tuple(Table(name=name, head=(*BASE, *HEADS[name]), rows=rows) for name, rows in made.items())


def _row(id: object, *values: object, state: tuple[str, str] = BULK) -> Row:
    return (str(id), *state, *(_said(value) for value in values))


def _said(value: object) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return "" if value is None else str(value)


def _year(reading: Reading) -> int:
    known = reading.school.year_of(reading.today)
    return known if known is not None else max(reading.school.years, default=reading.today.year)


def _pages(reading: Reading) -> list[Journal]:
    year = _year(reading)
    return [page for page in reading.school.journals.values() if page.year == year]


def _session(school: School, year: int) -> UUID:
    return uuid5(school.id, f"oneroster/year/{year}")


def _course(school: School, grade: int, subject: UUID, year: int) -> UUID:
    return uuid5(school.id, f"oneroster/course/{year}/{grade}/{subject}")


def _sessions(school: School, year: int) -> Iterator[Row]:
    span, id = school.years[year], _session(school, year)
    yield _row(id, f"{year}/{year + 1}", "schoolYear", span.first, span.last, "", year + 1)
    for period in school.periods.values():
        if period.year == year:
            title = f"{period.title} ({period.level})"
            yield _row(period.id, title, "gradingPeriod", period.span.first, period.span.last, id, year + 1)


def _courses(reading: Reading) -> Iterator[Row]:
    school, year = reading.school, _year(reading)
    known = {(school.klass_of(page.id).grade, page.subject) for page in _pages(reading)}
    for grade, subject in sorted(known, key=lambda each: (each[0], school.subjects[each[1]].title)):
        title = school.subjects[subject].title
        id = _course(school, grade, subject, year)
        yield _row(id, _session(school, year), f"{title}, {grade}", "", grade, school.id, title, "")


def _classes(reading: Reading) -> Iterator[Row]:
    school, year = reading.school, _year(reading)
    for page in _pages(reading):
        klass, subject = school.klass_of(page.id), school.subjects[page.subject]
        group = school.group_title(page.id)
        title = ", ".join(each for each in (klass.title, group, subject.title) if each)
        course = _course(school, klass.grade, page.subject, year)
        told = (title, klass.grade, course, klass.title, "scheduled", "", school.id)
        yield _row(page.id, *told, _session(school, year), subject.title, "", "")


def _people(reading: Reading) -> dict[UUID, str]:
    """Everybody with a role of OneRoster today, and which."""
    school, found = reading.school, {}
    pupils = {each.id: each for each in school.pupils.values() if each.class_on(reading.today) is not None}
    guardians = {person for pupil in pupils.values() for person in pupil.guardians}
    staff = {person for page in _pages(reading) for person, _ in page.teachers} | school.roles.keys()
    for person in sorted({*pupils, *guardians, *staff}):
        held = school.roles_of(person, reading.today)
        role = next((name for known, name in ROLES if known in held), None)
        if role is not None:
            found[person] = role
    return found


def _users(reading: Reading) -> Iterator[Row]:
    """Without logins, passwords and contacts: those are nobody's but ours."""
    school, people = reading.school, _people(reading)
    names = reading.names(people)
    for person in people:
        name: Name = names.get(person, NO_NAME)
        pupil = school.pupils.get(person)
        class_id = pupil.class_on(reading.today) if pupil is not None else None
        grade = school.classes[class_id].grade if class_id is not None else ""
        agents = ",".join(str(each) for each in pupil.guardians) if pupil is not None else ""
        told = ("true", "", "", name.first, name.last, name.middle, "", "", "", "", agents, grade, "", "")
        yield _row(person, *told, "", "", "", school.id, "")


def _roles(reading: Reading) -> Iterator[Row]:
    span = reading.school.years[_year(reading)]
    for person, role in _people(reading).items():
        id = uuid5(reading.school.id, f"oneroster/role/{person}/{role}")
        yield _row(id, person, "primary", role, span.first, span.last, reading.school.id, "")


def _enrollments(reading: Reading) -> Iterator[Row]:
    school, today = reading.school, reading.today
    for page in _pages(reading):
        span = school.years[page.year]
        for teacher in school.teachers_of(page.id, today):
            yield _enrolled(school, page.id, teacher, "teacher", "true", span)
        for pupil in school.pupils_of(page.id, today):
            yield _enrolled(school, page.id, pupil, "student", "false", span)


def _enrolled(school: School, page: UUID, person: UUID, role: str, primary: str, span: Span) -> Row:
    id = uuid5(school.id, f"oneroster/enrollment/{page}/{person}/{role}")
    return _row(id, page, school.id, person, role, primary, span.first, span.last)


def _categories(reading: Reading) -> Iterator[Row]:
    for key, kind in sorted(reading.regulation().work_kinds.items()):
        yield _row(_category(reading.school, key), kind.title, "")


def _category(school: School, kind: str) -> UUID:
    return uuid5(school.id, f"oneroster/category/{kind}")


def _line_items(reading: Reading) -> Iterator[Row]:
    """A work is a line item; the ready column of a lesson, «ответ на уроке», too."""
    for page in _pages(reading):
        for row in _last(reading.ever("works", _OF_PAGE, columns=_WORKS, journal=page.id), _work_key):
            yield _line_item(row, page, reading)
        rows = reading.rows("lessons", _OF_PAGE, columns=_LESSONS, journal=page.id)
        filled = fillings(reading, (row.lesson for row in rows))
        for row in rows:
            yield _line_item(row, page, reading, filled.get(row.lesson))


_OF_PAGE = "journal = %(journal)s"
_WORKS = "lesson, work, kind, title, date, due, since, until"
_LESSONS = "lesson, lesson AS work, 'answer' AS kind, '' AS title, date, ends AS due, since, until"


def _line_item(row: Any, page: Journal, reading: Reading, filled: Filled | None = None) -> Row:
    school, kinds = reading.school, reading.regulation().work_kinds
    kind = kinds.get(row.kind)
    period = school.period_on(school.klass_of(page.id).level, row.date)
    title = row.title or (kind.title if kind is not None else "Ответ на уроке")
    told = (title, "", row.date, row.due.date(), page.id, _category(school, row.kind))
    state = _state(row, reading, filled.at if filled is not None else None)
    return _row(row.work, *told, period.id if period else "", 1, 5, school.id, state=state)


def _results(reading: Reading) -> Iterator[Row]:
    """Each mark that ever stood in a cell, as it is now or as it was last."""
    school = reading.school
    for page in _pages(reading):
        rows = reading.ever("cells", f"{_OF_PAGE} AND value_kind = 'mark'", columns=_CELLS, journal=page.id)
        for row in _last(rows, lambda each: (each.lesson, each.work, each.pupil)):
            id = uuid5(school.id, f"oneroster/result/{row.lesson}/{row.work}/{row.pupil}")
            whole = row.value if row.value.isdigit() else ""
            told = (row.work, row.pupil, "fully graded", whole, row.date, "", "" if whole else row.value)
            yield _row(id, *told, page.id, state=_state(row, reading, row.entered_at))


_CELLS = "lesson, work, pupil, value, date, entered_at, since, until"


def _last(rows: Iterable[Any], key: Any) -> Iterable[Any]:
    """Of each place the row that came last."""
    return {key(row): row for row in rows}.values()


def _work_key(row: Any) -> tuple[UUID, UUID]:
    return row.lesson, row.work


def _state(row: Any, reading: Reading, entered: datetime | None) -> tuple[str, str]:
    ended = row.until is not None and row.until <= reading.as_of.position
    at = (entered or reading.as_of.instant).astimezone(UTC)
    return (GONE if ended else ACTIVE), f"{at:%Y-%m-%dT%H:%M:%S}.000Z"
