"""The permission table (requirements section 3) asked by every door: who may do what, and to whose things."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.access import TABLE, Target, acting_role
from ledger.entry import Role
from ledger.events.roster import GuardianLinked
from ledger.events.staff import RoleGranted
from tests.world import given_school, named

ON = date(2026, 10, 12)
SCHOOL = given_school(
    (named("Каляна Мария"), GuardianLinked(guardian=named("мать Каляны"), kinship="мать")),
    (named("Проверяющий"), RoleGranted(role="inspector", first=ON, until=ON, competence=None)),
)
OWN_PAGE = Target(on=ON, journal=named("7А Алгебра"))
PHYSICS = Target(on=ON, journal=named("7А Физика"))
OTHER_CLASS = Target(on=ON, journal=named("6А Русский язык"))
KALYANA = Target(on=ON, pupil=named("Каляна Мария"))
YASHCHENKO = Target(on=ON, pupil=named("Ященко Ольга"))
OF_6A = Target(on=ON, pupil=named("Эттувги Роман"))
HERSELF = Target(on=ON, person=named("Соколова"))
NOTHING = Target(on=ON)
KALYANAS_CELL = Target(on=ON, journal=named("7А Алгебра"), pupil=named("Каляна Мария"))
YASHCHENKOS_CELL = Target(on=ON, journal=named("7А Алгебра"), pupil=named("Ященко Ольга"))

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
            "Кеулькут": Role.METHODIST,
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
            "Кеулькут": Role.METHODIST,
            "Проверяющий": Role.INSPECTOR,
        },
    ),
    ("write_lesson", OWN_PAGE, {"Соколова": Role.TEACHER}),
    ("write_lesson", PHYSICS, {"Петров": Role.TEACHER}),
    ("request_late_entry", OWN_PAGE, {"Соколова": Role.TEACHER}),
    ("decide_late_entry", OWN_PAGE, {"Ефимова": Role.DEPUTY, "Дьячкова": Role.DEPUTY}),
    (
        "withdraw_late_entry",
        OWN_PAGE,
        {"Ефимова": Role.DEPUTY, "Дьячкова": Role.DEPUTY, "Соколова": Role.TEACHER},
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
            "Каляна Мария": Role.PUPIL,
            "мать Каляны": Role.GUARDIAN,
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
            "Ященко Ольга": Role.PUPIL,
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


def test_every_action_of_the_table_is_tried() -> None:
    assert {action for action, _, _ in MATRIX} | {"change_own_password"} == set(TABLE)


def test_a_role_ends_with_its_last_day() -> None:
    assert acting_role(named("Проверяющий"), "view_journal", OWN_PAGE, SCHOOL) is Role.INSPECTOR
    tomorrow = Target(on=date(2026, 10, 13), journal=named("7А Алгебра"))
    assert acting_role(named("Проверяющий"), "view_journal", tomorrow, SCHOOL) is None


def test_a_journal_of_nowhere_is_nobodys_page() -> None:
    assert acting_role(named("Соколова"), "write_lesson", Target(on=ON, journal=named("нет")), SCHOOL) is None
