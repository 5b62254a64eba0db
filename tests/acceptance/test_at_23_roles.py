"""AT-23, the part of roles: under Padun's act the class teacher opens the parents' access (R-046, Padun 2.2); the
inspector and the working group look at everything and write nothing."""

# ruff: noqa: F811 - `paper` is the fixture

from __future__ import annotations

from pathlib import Path

import pytest

from commands.accounts import CreateAccount
from commands.attendance import TakeAttendance
from commands.deciding import Refusal
from commands.lessons import RecordTopic
from commands.rights import role_for
from commands.table import BY_NAME, COMMANDS
from ledger.access import TABLE, Target, acting_role
from ledger.entry import Role
from ledger.events.staff import RoleGranted
from ledger.school import School
from projections.control import REPORTS as REPORTS_OF_CONTROL
from projections.control.report import Asked
from tests.databases import Database
from tests.fifth_class import ISAKOV, MOTHER, PAGE, browser, password_in, served
from tests.projections.conftest import paper  # noqa: F401
from tests.projections.pouring import Paper, caught_up
from tests.small_school import form_token, send, sign_in
from tests.story import Story
from tests.world import FIRST, given_lesson, given_school, named

WITHOUT = "Нет учётной записи родителя"
LOOKING_ON = {"Проверяющая": Role.INSPECTOR, "Член группы": Role.WORKING_GROUP}
GRANTED = tuple(
    (named(who), RoleGranted(role=role.value, first=FIRST, until=None, competence=None))
    for who, role in LOOKING_ON.items()
)
WATCHED = given_school(*GRANTED)
LESSON = given_lesson("7А Алгебра", "2026-10-12")


@pytest.mark.case("AT-23")
def test_the_class_teacher_opens_the_access_of_a_parent_and_the_list_is_empty(
    database: Database, tmp_path: Path
) -> None:
    with served(database, tmp_path, "padun") as place:
        teacher = browser(place, "gromova")
        before = teacher.get(PAGE).text
        assert f"{WITHOUT}: 1" in before
        assert "Исаков Денис" in before.split(WITHOUT)[1].split("</details>")[0]
        shown = send(teacher, PAGE, person=str(MOTHER)).text
        assert "isakova.vi" in shown
        assert WITHOUT not in teacher.get(PAGE).text
        mother = place.browser()
        sign_in(mother, "isakova.vi", password_in(shown))
        assert mother.get(f"/diary/{ISAKOV}").location.startswith("/password")  # for the first sign-in only
        own = "сопка-туман-21"
        send(mother, "/password", current=password_in(shown), new=own, again=own, obliged="yes")
        assert mother.get(f"/diary/{ISAKOV}").status_code == 200


@pytest.mark.case("AT-23")
def test_the_class_teacher_of_another_class_finds_no_such_page(database: Database, tmp_path: Path) -> None:
    with served(database, tmp_path, "padun") as place:
        other = browser(place, "sokolova")
        head = place.here.store.head(place.school).position
        token = form_token(other.get("/password").text)
        assert other.get(PAGE).status_code == 404
        assert other.post(PAGE, data={"csrf_token": token, "person": str(ISAKOV)}).status_code == 404
        assert place.here.store.head(place.school).position == head


@pytest.mark.case("AT-23")
def test_where_the_act_names_the_administrator_the_class_teacher_is_refused_by_its_clause(
    database: Database, tmp_path: Path
) -> None:
    with served(database, tmp_path, "ust-belaya") as place:
        teacher = browser(place, "gromova")
        page = teacher.get(PAGE).text
        assert "выдаёт администратор" in page
        assert "Основание: 9.6." in page
        assert 'name="person"' not in page
        head = place.here.store.head(place.school).position
        refused = send(teacher, PAGE, person=str(MOTHER))
        assert refused.status_code == 403
        assert "выдаёт администратор" in refused.text
        assert place.here.store.head(place.school).position == head
        (kept,) = place.here.store.refusals(place.school)
        assert (kept.refused.code, kept.refused.clause) == ("P-32", "9.6(b2)")
        assert "isakova.vi" in send(browser(place, "nosov"), PAGE, person=str(MOTHER)).text


def everything(school: School) -> list[Target]:
    """Whatever a command may be about: the whole school, each lesson of a day, page, class, subject, pupil, person."""
    today = LESSON.date
    targets = [Target(today=today)]
    targets += [
        Target(today=today, on=each.date, lesson=each, journal=each.journal)
        for each in school.timetable.by_day[today]
    ]
    targets += [Target(today=today, journal=each) for each in school.journals]
    targets += [Target(today=today, class_id=each) for each in school.classes]
    targets += [Target(today=today, subject=each) for each in school.subjects]
    targets += [Target(today=today, pupil=each) for each in school.pupils]
    return targets + [Target(today=today, person=each) for each in school.roles]


REPORTS = {"ReportCompromise", "ReportError"}  # matrix rows 31 and 14: whoever sees it says so
WRITES_OF_CONTROL = {
    "write_certificate"
}  # matrix row 46: the working group writes its own findings, no journal


@pytest.mark.case("AT-23")
@pytest.mark.parametrize("name", sorted(set(BY_NAME) - REPORTS))
def test_no_command_is_for_the_inspector_or_the_working_group(name: str) -> None:
    action = COMMANDS[BY_NAME[name]].action
    own = {Role.WORKING_GROUP} if action in WRITES_OF_CONTROL else set()
    for who in (each for each, role in LOOKING_ON.items() if role not in own):
        found = [acting_role(named(who), action, target, WATCHED) for target in everything(WATCHED)]
        assert set(found) == {None}, who
    assert TABLE[action], "somebody may: the act is not simply unknown"


@pytest.mark.case("AT-23")
@pytest.mark.parametrize(("who", "role"), LOOKING_ON.items())
def test_both_look_at_every_journal(who: str, role: Role) -> None:
    on = LESSON.date
    for journal in WATCHED.journals:
        assert acting_role(named(who), "view_journal", Target(today=on, journal=journal), WATCHED) is role
    assert role_for(named(who), "view_journal", (LESSON.id,), (), {}, WATCHED, on) is role


@pytest.mark.case("AT-23")
def test_both_see_how_completely_the_journal_is_kept(paper: Paper) -> None:
    """C-07 of the whole school."""
    for who, role in LOOKING_ON.items():
        assert acting_role(named(who), "view_control", Target(today=LESSON.date), WATCHED) is role
    story = Story(*GRANTED)
    story.do("Соколова", "2026-10-12 09:40", RecordTopic(lesson=LESSON.id, text="Степень"))
    paper.pour(story.store)
    caught_up(paper)
    with paper.reading("2026-10-12 16:00") as reading:
        report = REPORTS_OF_CONTROL["C-07"].report(reading, Asked(first=LESSON.date, last=LESSON.date))
    sokolova = next(line for line in report.lines if line.key == str(named("Соколова")))
    said = dict(zip((column.key for column in report.columns), sokolova.values, strict=True))
    assert (said["topic"], said["homework"], said["completeness"]) == (1, 0, 0.0)


@pytest.mark.case("AT-23")
@pytest.mark.parametrize("who", LOOKING_ON)
def test_what_they_try_is_refused_and_kept(who: str) -> None:
    story = Story(*GRANTED)
    head = story.store.head(WATCHED.id).position
    with pytest.raises(Refusal) as refused:
        story.do(who, "2026-10-12 10:00", TakeAttendance(lesson=LESSON.id))
    assert (refused.value.code, refused.value.status) == ("W-19", 403)
    with pytest.raises(Refusal, match="не для вашей роли"):
        made = CreateAccount(account=named("новая"), person=named("Ким"), credential=named("пароль"))
        story.do(who, "2026-10-12 10:01", made)
    assert story.store.head(WATCHED.id).position == head
    assert [each.person for each in story.store.refusals(WATCHED.id)] == [named(who)] * 2
