"""The permission table (requirements section 3) asked by every door: who may do what, and to whose things."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.access import Target, acting_role
from ledger.entry import Role
from ledger.events.journals import WorkloadEnded
from ledger.events.roster import GuardianLinked
from ledger.events.staff import RoleGranted, RoleWithdrawn
from tests.world import given_school, named

ON = date(2026, 10, 12)
SCHOOL = given_school(
    (named("Каляна Мария"), GuardianLinked(guardian=named("мать Каляны"), kinship="мать")),
    (named("Проверяющий"), RoleGranted(role="inspector", first=ON, until=ON, competence=None)),
)
OWN_PAGE = Target(today=ON, journal=named("7А Алгебра"))
PHYSICS = Target(today=ON, journal=named("7А Физика"))
OTHER_CLASS = Target(today=ON, journal=named("6А Русский язык"))
KALYANA = Target(today=ON, pupil=named("Каляна Мария"))
YASHCHENKO = Target(today=ON, pupil=named("Ященко Ольга"))
OF_6A = Target(today=ON, pupil=named("Эттувги Роман"))
HERSELF = Target(today=ON, person=named("Соколова"))
NOTHING = Target(today=ON)
KALYANAS_CELL = Target(today=ON, journal=named("7А Алгебра"), pupil=named("Каляна Мария"))
YASHCHENKOS_CELL = Target(today=ON, journal=named("7А Алгебра"), pupil=named("Ященко Ольга"))

# action, target -> everybody of this school who may, and in which role; whoever is not named may not
MATRIX: list[tuple[str, Target, dict[str, Role]]] = [
    (
        "view_journal",
        OWN_PAGE,
        {
            "Соколова": Role.TEACHER,
            "Громова": Role.CLASS_TEACHER,
            "Ефимова": Role.DEPUTY,
            "Дьячкова": Role.DEPUTY,
            "Орлова": Role.DIRECTOR,
            "Проверяющий": Role.INSPECTOR,
        },
    ),
    (
        "view_journal",
        OTHER_CLASS,
        {
            "Лебедева": Role.TEACHER,
            "Ефимова": Role.DEPUTY,
            "Дьячкова": Role.DEPUTY,
            "Орлова": Role.DIRECTOR,
            "Проверяющий": Role.INSPECTOR,
        },
    ),
    ("write_lesson", OWN_PAGE, {"Соколова": Role.TEACHER}),
    ("write_attendance", OWN_PAGE, {"Соколова": Role.TEACHER, "Громова": Role.CLASS_TEACHER}),
    ("write_lesson", PHYSICS, {"Петров": Role.TEACHER}),
    ("request_late_entry", OWN_PAGE, {"Соколова": Role.TEACHER}),
    (
        "decide_late_entry",
        OWN_PAGE,
        {"Ефимова": Role.DEPUTY, "Дьячкова": Role.DEPUTY, "Орлова": Role.DIRECTOR},
    ),
    (
        "withdraw_late_entry",
        OWN_PAGE,
        {
            "Ефимова": Role.DEPUTY,
            "Дьячкова": Role.DEPUTY,
            "Орлова": Role.DIRECTOR,
            "Соколова": Role.TEACHER,
        },
    ),
    ("view_inbox", NOTHING, {"Ефимова": Role.DEPUTY, "Дьячкова": Role.DEPUTY, "Орлова": Role.DIRECTOR}),
    (
        "view_day",
        HERSELF,
        {"Соколова": Role.TEACHER, "Ефимова": Role.DEPUTY, "Дьячкова": Role.DEPUTY, "Орлова": Role.DIRECTOR},
    ),
    (
        "view_diary",
        KALYANA,
        {
            "Каляна Мария": Role.PUPIL,
            "мать Каляны": Role.GUARDIAN,
            "Громова": Role.CLASS_TEACHER,
            "Ефимова": Role.DEPUTY,
            "Дьячкова": Role.DEPUTY,
            "Орлова": Role.DIRECTOR,
            "Проверяющий": Role.INSPECTOR,
        },
    ),
    (
        "view_diary",
        OF_6A,
        {
            "Эттувги Роман": Role.PUPIL,
            "Ефимова": Role.DEPUTY,
            "Дьячкова": Role.DEPUTY,
            "Орлова": Role.DIRECTOR,
            "Проверяющий": Role.INSPECTOR,
        },
    ),
    (
        "view_cell_trail",
        KALYANAS_CELL,
        {
            "Соколова": Role.TEACHER,
            "Громова": Role.CLASS_TEACHER,
            "Ефимова": Role.DEPUTY,
            "Дьячкова": Role.DEPUTY,
            "Орлова": Role.DIRECTOR,
            "Проверяющий": Role.INSPECTOR,
        },
    ),
    (
        "view_cell_trail",
        YASHCHENKOS_CELL,
        {
            "Соколова": Role.TEACHER,
            "Громова": Role.CLASS_TEACHER,
            "Ефимова": Role.DEPUTY,
            "Дьячкова": Role.DEPUTY,
            "Орлова": Role.DIRECTOR,
            "Проверяющий": Role.INSPECTOR,
        },
    ),
    (
        "view_pupil_trail",
        YASHCHENKO,
        {
            "Громова": Role.CLASS_TEACHER,
            "Ефимова": Role.DEPUTY,
            "Дьячкова": Role.DEPUTY,
            "Орлова": Role.DIRECTOR,
            "Проверяющий": Role.INSPECTOR,
        },
    ),
    (
        "view_account_trail",
        HERSELF,
        {
            "Соколова": Role.TEACHER,
            "Ефимова": Role.DEPUTY,
            "Дьячкова": Role.DEPUTY,
            "Орлова": Role.DIRECTOR,
            "Проверяющий": Role.INSPECTOR,
        },
    ),
    ("manage_accounts", NOTHING, {"Носов": Role.ADMINISTRATOR}),
    ("import_school", NOTHING, {"Носов": Role.ADMINISTRATOR}),
    ("adopt_regulation", NOTHING, {"Носов": Role.ADMINISTRATOR}),
]
EVERYBODY = (
    "Орлова",
    "Ефимова",
    "Дьячкова",
    "Кеулькут",
    "Носов",
    "Громова",
    "Соколова",
    "Петров",
    "Лебедева",
    "Ким",
    "Проверяющий",
    "мать Каляны",
    "Каляна Мария",
    "Ященко Ольга",
    "Эттувги Роман",
    "прохожий",
)


@pytest.mark.parametrize(
    ("action", "target", "allowed"), MATRIX, ids=[f"{a} {n}" for n, (a, _, _) in enumerate(MATRIX)]
)
def test_exactly_these_people_may(action: str, target: Target, allowed: dict[str, Role]) -> None:
    found = {who: role for who in EVERYBODY if (role := acting_role(named(who), action, target, SCHOOL))}
    assert found == allowed


def test_a_role_ends_with_its_last_day() -> None:
    assert acting_role(named("Проверяющий"), "view_journal", OWN_PAGE, SCHOOL) is Role.INSPECTOR
    tomorrow = Target(today=date(2026, 10, 13), journal=named("7А Алгебра"))
    assert acting_role(named("Проверяющий"), "view_journal", tomorrow, SCHOOL) is None


def test_a_journal_of_nowhere_is_nobodys_page() -> None:
    assert (
        acting_role(named("Соколова"), "write_lesson", Target(today=ON, journal=named("нет")), SCHOOL) is None
    )


def test_a_deputy_whose_term_ended_decides_nothing_about_lessons_of_that_term() -> None:
    """Roles are those of today; the lesson's day says only whose page it is."""
    lesson_day, today = ON, date(2026, 10, 20)
    ended = given_school(
        (named("Дьячкова"), RoleWithdrawn(role="deputy", last=date(2026, 10, 12))),
        (named("Новая"), RoleGranted(role="deputy", first=date(2026, 10, 13), until=None, competence=None)),
    )
    target = Target(today=today, on=lesson_day, journal=named("7А Алгебра"))
    assert acting_role(named("Дьячкова"), "decide_late_entry", target, ended) is None
    assert acting_role(named("Новая"), "decide_late_entry", target, ended) is Role.DEPUTY


def test_a_mandate_opens_the_past() -> None:
    target = Target(today=ON, on=date(2026, 9, 7), journal=named("7А Алгебра"))
    assert acting_role(named("Проверяющий"), "view_cell_trail", target, SCHOOL) is Role.INSPECTOR


def test_a_teacher_who_has_handed_over_the_page_still_has_its_earlier_lessons() -> None:
    """E-06: works held before the change are completed inside their windows by who held them."""
    handed = given_school(
        (named("7А Алгебра"), WorkloadEnded(teacher=named("Соколова"), last=date(2026, 10, 16)))
    )
    before = Target(today=date(2026, 10, 19), on=date(2026, 10, 16), journal=named("7А Алгебра"))
    after = Target(today=date(2026, 10, 19), on=date(2026, 10, 19), journal=named("7А Алгебра"))
    assert acting_role(named("Соколова"), "write_lesson", before, handed) is Role.TEACHER
    assert acting_role(named("Соколова"), "write_lesson", after, handed) is None
