"""Справки at the door: whoever they are for, their figures at the moment they were drawn up at, their paper (R-209,
C-30, matrix row 46); the director's month (R-210)."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
import requests

from tests import doors
from tests.browser.school import SCHOOL, Site, named
from tests.doors import PEOPLE
from tests.papers import text_of
from tests.test_api import Caller

FINDING = UUID(int=4747)
WRITERS, READERS = {"deputy", "working_group"}, {"director", "inspector"}


@pytest.fixture(scope="module")
def everybody(site: Site) -> dict[str, Caller]:
    doors.populate(site)
    return {login: Caller(site, doors.login_of(login)) for login in PEOPLE}


def get(site: Site, who: Caller, address: str) -> requests.Response:
    return requests.get(site.url + address, headers=who.headers, timeout=30)


def done(caller: Caller, command: str, **body: object) -> None:
    answer = caller.do(command, **body)
    assert answer.status_code == 200, answer.text


def drawn_up(site: Site, caller: Caller) -> str:
    """In words and with one finding of Соколова's."""
    certificate = str(uuid4())
    done(
        caller,
        "DrawUpCertificate",
        certificate=certificate,
        number="3",
        title="Ведение журнала",
        first=str(site.today.replace(day=1)),
        last=str(site.today),
        position=site.here.store.head(SCHOOL).position,
        indicators=["C-01", "C-07", "C-08"],
        classes=[str(named("7А"))],
    )
    done(caller, "WordCertificate", certificate=certificate, text="Проверено.\nТемы записаны не все.")
    done(
        caller,
        "SetFinding",
        certificate=certificate,
        finding=str(FINDING),
        responsible=str(named("Соколова")),
        text="Внести темы.",
        due=str(site.today),
    )
    return certificate


@pytest.fixture(scope="module")
def draft(site: Site, everybody: dict[str, Caller]) -> str:
    return drawn_up(site, everybody["deputy"])


@pytest.fixture(scope="module")
def issued(site: Site, everybody: dict[str, Caller]) -> str:
    certificate = drawn_up(site, everybody["working_group"])
    done(everybody["deputy"], "IssueCertificate", certificate=certificate, people=[str(named("Кеулькут"))])
    return certificate


def who_opens(site: Site, everybody: dict[str, Caller], address: str) -> set[str]:
    answers = {login: get(site, caller, address).status_code for login, caller in everybody.items()}
    assert set(answers.values()) <= {200, 403, 404}, answers
    return {login for login, status in answers.items() if status == 200}


@pytest.mark.parametrize("address", ["/certificates/{}", "/certificates/{}.pdf", "/api/v1/certificates/{}"])
def test_a_draft_is_its_writers_an_issued_one_the_directors_and_of_those_it_names(
    site: Site, everybody: dict[str, Caller], draft: str, issued: str, address: str
) -> None:
    assert who_opens(site, everybody, address.format(draft)) == WRITERS
    named_by_it = {"teacher", "methodist"}
    assert who_opens(site, everybody, address.format(issued)) == WRITERS | READERS | named_by_it
    assert who_opens(site, everybody, address.format(uuid4())) == set()


@pytest.mark.parametrize(
    ("login", "sees_draft", "sees_issued"),
    [
        ("deputy", True, True),
        ("director", False, True),
        ("inspector", False, True),
        ("teacher", False, True),
        ("stranger", False, False),
    ],
)
def test_the_list_has_what_one_may_open(
    everybody: dict[str, Caller], draft: str, issued: str, login: str, sees_draft: bool, sees_issued: bool
) -> None:
    found = {line["certificate"] for line in everybody[login].get("/certificates").json()["lines"]}
    assert (draft in found, issued in found) == (sees_draft, sees_issued)


def test_its_figures_are_those_of_its_own_entry(site: Site, everybody: dict[str, Caller], draft: str) -> None:
    deputy, shown = everybody["deputy"], everybody["deputy"].get(f"/certificates/{draft}").json()
    first, second, per_class = shown["indicators"]
    at = f"entry-{shown['position']}"
    asked = {
        "class": str(named("7А")),
        "from": str(site.today.replace(day=1)),
        "to": str(site.today),
        "at": at,
        "moment": shown["counted_at"],
    }
    for indicator in (first, second, per_class):
        report = deputy.get(f"/control/{indicator['code']}", **asked).json()["report"]
        assert indicator["figures"] == report["figures"], indicator["code"]
    page = get(site, deputy, f"/certificates/{draft}").text
    assert re.search(rf'href="/control/C-07\?[^"]*at={at}', page)


def test_who_gave_the_lessons_is_ticked_beforehand(
    site: Site, everybody: dict[str, Caller], draft: str
) -> None:
    page = get(site, everybody["deputy"], f"/certificates/{draft}").text
    ticked = set(re.findall(r'value="([^"]+)" class="form-check-input" checked', page))
    assert str(named("Соколова")) in ticked
    assert str(named("Кеулькут")) not in ticked


def test_a_teacher_sees_no_way_into_reports_that_are_not_for_teachers(
    site: Site, everybody: dict[str, Caller], issued: str
) -> None:
    page = get(site, everybody["teacher"], f"/certificates/{issued}").text
    assert "Полнота" in page
    assert "/control/C-07?" not in page


def test_the_paper_says_it_all_and_the_same_at_the_same_moment(
    site: Site, everybody: dict[str, Caller], issued: str
) -> None:
    done(everybody["teacher"], "AcknowledgeCertificate", certificate=issued)
    address = f"/certificates/{issued}.pdf?at=entry-{site.here.store.head(SCHOOL).position}"
    first = get(site, everybody["deputy"], address)
    done(
        everybody["teacher"], "ResolveFinding", certificate=issued, finding=str(FINDING), text="Темы внесены."
    )
    again = get(site, everybody["deputy"], address)
    assert first.content == again.content
    said = text_of(first.content)
    for words in ("СПРАВКА № 3", "Темы записаны не все.", "C-07", "Внести темы.", "ознакомлен(а) в журнале"):
        assert words in said
    assert "Темы внесены." not in said
    now = get(site, everybody["deputy"], f"/certificates/{issued}.pdf")
    assert "Темы внесены." in text_of(now.content)


def test_whoever_it_names_is_asked_in_tasks_until_it_is_read(
    site: Site, everybody: dict[str, Caller]
) -> None:
    certificate = drawn_up(site, everybody["deputy"])
    done(everybody["deputy"], "IssueCertificate", certificate=certificate, people=[])
    teacher = everybody["teacher"]

    def waits() -> list[str]:
        groups = teacher.get("/tasks").json()["groups"]
        return [t["kind"] for g in groups for t in g["tasks"] if t["certificate"] == certificate]

    assert waits() == ["finding", "certificate"]
    done(teacher, "AcknowledgeCertificate", certificate=certificate)
    assert waits() == ["finding"]
    assert f"/certificates/{certificate}" in get(site, teacher, "/tasks").text


def test_the_director_writes_down_the_month_and_the_deputy_reads_it(
    site: Site, everybody: dict[str, Caller]
) -> None:
    position = site.here.store.head(SCHOOL).position
    month = str(site.today.replace(day=1))
    done(everybody["director"], "RecordControl", month=month, position=position, text="Просмотрены 7А и 9А.")
    for login in ("director", "deputy", "inspector"):
        page = get(site, everybody[login], "/control/director").text
        assert "Просмотрены 7А и 9А." in page
        assert ('data-command="RecordControl"' in page) == (login == "director")
    found = everybody["deputy"].get("/control/director").json()["months"][0]
    assert (found["first"], found["missing"]) == (month, False)
    assert found["records"][0]["position"] == position
