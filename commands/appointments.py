"""Roles, competences and responsibilities from one day to another (R-022, R-028, R-033, P-06). Stream: the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from commands.by_order import OrderNamed, ordered
from commands.deciding import Refusal, Sight
from commands.importing.terms import numbered
from commands.known import a_member_of_staff, in_order
from ledger.entry import Draft, Role
from ledger.events.staff import (
    ActingDeputyAppointed,
    ResponsibleAppointed,
    ResponsibleReleased,
    RoleGranted,
    RoleWithdrawn,
)
from ledger.regulation import Regulation
from ledger.school import School, Span
from ledger.school_folds.staff import WORKING_GROUP
from ledger.span import DAY
from ledger.windows import spoken

COMPETENCES = ("УВР", "УМР")
# What is granted by hand; the other roles follow from a class, a child, being enrolled, an appointment.
GRANTED = (
    Role.TEACHER,
    Role.DEPUTY,
    Role.METHODIST,
    Role.DIRECTOR,
    Role.ADMINISTRATOR,
    Role.INSPECTOR,
)
SCOPES = ("journal", "support", "personal_data", WORKING_GROUP)


@dataclass(frozen=True, kw_only=True, slots=True)
class GrantRole:
    """`role` is one of GRANTED; `competence`, УВР or УМР, a deputy's. `person` may be new: minted by whoever asks."""

    person: UUID
    role: str
    first: date
    until: date | None = None
    competence: str | None = None
    order: OrderNamed | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawRole:
    """`last` is the last day the person holds it."""

    person: UUID
    role: str
    last: date


@dataclass(frozen=True, kw_only=True, slots=True)
class AppointResponsible:
    """`scope` is one of SCOPES."""

    person: UUID
    scope: str
    first: date
    until: date | None = None
    order: OrderNamed


@dataclass(frozen=True, kw_only=True, slots=True)
class ReleaseResponsible:
    person: UUID
    scope: str
    last: date


@dataclass(frozen=True, kw_only=True, slots=True)
class AppointActingDeputy:
    """For these days, both included, what waits for a deputy goes to this person as well (E-05)."""

    person: UUID
    competence: str | None = None
    first: date
    until: date
    order: OrderNamed


def grant_role(command: GrantRole, sight: Sight) -> tuple[Draft, ...]:
    school, role = sight.school, _granted(command.role)
    in_order(command.first, command.until)
    if command.person == sight.stamp.person:
        # Whoever hands out the keys would otherwise approve what he asks for.
        raise Refusal("role-own", "Себе роли не дают: попросите другого администратора.", status=403)
    if command.person in school.pupils and school.pupils[command.person].classes:
        raise Refusal("role-pupil", "Ученику не дают ролей сотрудника.")
    competence = _competence(command.competence) if role is Role.DEPUTY else None
    span = Span(first=command.first, last=command.until)
    held = school.roles.get(command.person, ())
    if any((r, c) == (role, competence) and s.overlaps(span) for r, c, s in held):
        raise Refusal("role-twice", "В эти дни эта роль у сотрудника уже есть.")
    order, issued = ordered(command.order, "appointment", sight)
    granted = RoleGranted(
        role=role.value, first=command.first, until=command.until, competence=competence, order=order
    )
    return numbered([*issued, (command.person, granted)], school)


def withdraw_role(command: WithdrawRole, sight: Sight) -> tuple[Draft, ...]:
    school, role = sight.school, _granted(command.role)
    today = sight.now.date()
    if command.last < today - DAY:
        raise Refusal("role-past", "Роль снимают с сегодняшнего дня или позже: прошлое уже подписано ею.")
    held = school.roles.get(command.person, ())
    if not any(r == role and (s.last is None or s.last > command.last) for r, _, s in held):
        raise Refusal("role-held", f"После {spoken(command.last)} этой роли у сотрудника и так нет.")
    if role is Role.ADMINISTRATOR and not _another(command.person, command.last, school):
        raise Refusal(
            "administrator-last",
            "Это последний администратор: сначала дайте эту роль кому-то ещё.",
            status=409,
        )
    withdrawn = RoleWithdrawn(role=role.value, last=command.last)
    return numbered([(command.person, withdrawn)], school)


def other_administrators(
    command: WithdrawRole, school: School, regulation: Regulation | None
) -> tuple[UUID, ...]:
    """Who stays, so that two who leave at once do not leave nobody."""
    if command.role != Role.ADMINISTRATOR.value:
        return ()
    return tuple(
        person
        for person, held in school.roles.items()
        if person != command.person and any(role is Role.ADMINISTRATOR for role, _, _ in held)
    )


def _another(person: UUID, last: date, school: School) -> bool:
    """Whether somebody else is an administrator on that day already, with no end set."""
    return any(
        role is Role.ADMINISTRATOR and span.last is None and span.first <= last
        for each, held in school.roles.items()
        if each != person
        for role, _, span in held
    )


def appoint_responsible(command: AppointResponsible, sight: Sight) -> tuple[Draft, ...]:
    school = sight.school
    a_member_of_staff(command.person, sight)
    in_order(command.first, command.until)
    if command.scope not in SCOPES:
        raise Refusal("responsible-scope", "За что отвечает, выбирается из списка.")
    if command.scope == WORKING_GROUP and not sight.regulation.working_group:
        raise Refusal("P-82", "Порядок школы не предусматривает рабочей группы.")
    span = Span(first=command.first, last=command.until)
    known = school.responsible.get(command.person, ())
    if any(each.scope == command.scope and each.span.overlaps(span) for each in known):
        raise Refusal("responsible-twice", "В эти дни сотрудник уже за это отвечает.")
    order, issued = ordered(command.order, "responsible", sight)
    appointed = ResponsibleAppointed(
        scope=command.scope, first=command.first, until=command.until, order=order
    )
    return numbered([*issued, (command.person, appointed)], school)


def release_responsible(command: ReleaseResponsible, sight: Sight) -> tuple[Draft, ...]:
    known = sight.school.responsible.get(command.person, ())
    held = [each.span for each in known if each.scope == command.scope and command.last in each.span]
    if not held:
        raise Refusal("responsible-held", f"{spoken(command.last)} сотрудник за это не отвечает.")
    if held[-1].last == command.last:
        return ()
    released = ResponsibleReleased(scope=command.scope, last=command.last)
    return numbered([(command.person, released)], sight.school)


def appoint_acting_deputy(command: AppointActingDeputy, sight: Sight) -> tuple[Draft, ...]:
    a_member_of_staff(command.person, sight)
    in_order(command.first, command.until)
    competence = _competence(command.competence)
    span = Span(first=command.first, last=command.until)
    held = sight.school.roles.get(command.person, ())
    if any((r, c) == (Role.DEPUTY, competence) and s.overlaps(span) for r, c, s in held):
        raise Refusal("role-twice", "В эти дни эти полномочия у сотрудника уже есть.")
    order, issued = ordered(command.order, "acting", sight)
    appointed = ActingDeputyAppointed(
        competence=competence, first=command.first, until=command.until, order=order
    )
    return numbered([*issued, (command.person, appointed)], sight.school)


def _granted(role: str) -> Role:
    found = next((each for each in GRANTED if each.value == role), None)
    if found is None:
        raise Refusal("role-known", "Роль выбирается из списка.")
    return found


def _competence(competence: str | None) -> str | None:
    if competence is not None and competence not in COMPETENCES:
        raise Refusal("competence", f"Компетенция заместителя: {' или '.join(COMPETENCES)}.")
    return competence
