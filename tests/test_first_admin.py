"""letopis create-admin and letopis issue-passwords (issue 2, access)."""

from __future__ import annotations

import argparse

import pytest

from commands.accounts import administrators
from ledger.people import Name
from tests.databases import Database
from tests.small_school import Place, config_for, serve, sign_in
from web import account_desk, cli_accounts
from web.account_desk import asked_by_system
from web.cli_accounts import NotFound
from web.first_admin import NoFirstAdmin, create_first

ORLOVA = Name(last="Орлова", first="Надежда", middle="Кирилловна")


@pytest.fixture
def place(database, tmp_path):
    with serve(database, tmp_path) as served:
        yield served


@pytest.fixture
def deserted(database, tmp_path):
    with serve(database, tmp_path, administrator=False) as served:
        yield served


def school_of(place: Place):
    return place.here.school(place.school)


def run(place: Place, database: Database, command, arguments, words):
    parser = argparse.ArgumentParser()
    arguments(parser)
    config = config_for(database, place.master_key_file)
    return command(config, parser.parse_args(words))


def test_the_administrator_of_the_schools_files_gets_the_first_account(place):
    issued = create_first(place.here, school_of(place), None)
    assert (issued.name, issued.login) == ("Носов Денис Андреевич", "nosov.da")
    browser = place.browser()
    assert sign_in(browser, "nosov.da", issued.password).status_code == 302
    assert browser.get("/accounts/").location.startswith("/password")


def test_a_second_time_nobody_is_created(place):
    create_first(place.here, school_of(place), None)
    with pytest.raises(NoFirstAdmin, match="уже есть администратор"):
        create_first(place.here, school_of(place), ORLOVA)


def test_where_nobody_is_administrator_a_new_person_is_appointed(deserted):
    with pytest.raises(NoFirstAdmin, match="--last"):
        create_first(deserted.here, school_of(deserted), None)
    issued = create_first(deserted.here, school_of(deserted), ORLOVA)
    assert issued.login == "orlova.nk"
    school = school_of(deserted)
    assert len(administrators(school, school.local(deserted.clock()).date())) == 1


def test_an_administrator_with_closed_access_does_not_keep_a_new_one_out_of_the_school(place):
    blocked = place.add_account(place.people.nosov, "nosov")
    account_desk.block(place.here, asked_by_system(place.school), blocked, "compromise")
    with pytest.raises(NoFirstAdmin, match="--last"):
        create_first(place.here, school_of(place), None)
    assert create_first(place.here, school_of(place), ORLOVA).login == "orlova.nk"


def test_create_admin_prints_the_password_once_and_refuses_the_next_time(place, database, capsys):
    assert run(place, database, cli_accounts.create_admin, cli_accounts.admin_arguments, []) == 0
    printed = capsys.readouterr().out
    assert "имя входа: nosov.da" in printed
    with pytest.raises(NoFirstAdmin, match="уже есть администратор"):
        run(place, database, cli_accounts.create_admin, cli_accounts.admin_arguments, [])
    assert capsys.readouterr().out == ""


def test_issue_passwords_prints_a_class_as_csv(place, database, capsys):
    words = ["--class", "7а", "--csv"]
    assert run(place, database, cli_accounts.issue_passwords, cli_accounts.password_arguments, words) == 0
    head, mother, pupil = capsys.readouterr().out.splitlines()
    assert head == "имя;имя входа;пароль"
    assert mother.startswith("Каляна Анна Сергеевна;kalyana.as;")
    assert sign_in(place.browser(), "kalyana.m", pupil.rsplit(";", 1)[1]).status_code == 302
    assert run(place, database, cli_accounts.issue_passwords, cli_accounts.password_arguments, words) == 0
    assert capsys.readouterr().out.splitlines() == [head]


def test_issue_passwords_replaces_one_password(place, database, capsys):
    place.add_account(place.people.sokolova, "sokolova.iv")
    words = ["--login", "Sokolova.IV"]
    assert run(place, database, cli_accounts.issue_passwords, cli_accounts.password_arguments, words) == 0
    password = capsys.readouterr().out.split("первого входа: ")[1].split()[0]
    assert sign_in(place.browser(), "sokolova.iv", password).status_code == 302


def test_issue_passwords_leaves_a_closed_access_alone_and_says_whose(place, database, capsys):
    account = place.add_account(place.people.sokolova, "sokolova.iv")
    account_desk.block(place.here, asked_by_system(place.school), account, "compromise")
    words = ["--login", "sokolova.iv"]
    assert run(place, database, cli_accounts.issue_passwords, cli_accounts.password_arguments, words) == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "доступ закрыт: Соколова Ирина Владимировна." in printed.err


@pytest.mark.parametrize(("words", "said"), [(["--class", "13Ю"], "Есть: 7А"), (["--login", "x"], "«x» нет")])
def test_what_is_not_there_is_named(place, database, words, said):
    with pytest.raises(NotFound, match=said):
        run(place, database, cli_accounts.issue_passwords, cli_accounts.password_arguments, words)
