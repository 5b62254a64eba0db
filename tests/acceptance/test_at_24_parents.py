"""AT-24, the parents' doors: the own child and nobody else's, by any route; a pupil of age lets the parents read or
not; «Ознакомлен» on «н/а»; individual homework only the own (UstBelaya 5.7, 5.11, 7.3, 9.2(b14); Perm 3.8)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import requests

from ledger import streams, views_log
from ledger.entry import Category, Draft, Role
from ledger.events.families import PupilCameOfAge
from ledger.events.period_marks import PeriodMarkGiven
from ledger.family import fold_family
from tests import doors
from tests.browser.school import SCHOOL, Site, named
from tests.doors import PEOPLE
from tests.test_api import Caller

KALYANA, ILYA, KERGITVAL = named("Каляна Мария"), named("Вуквукай Илья"), named("Кергитваль Олег")
PAGE, PERIOD = named("7А Алгебра"), named("I")
SHEET = streams.period_sheet(SCHOOL, PAGE, PERIOD)
FOREIGN = (ILYA, KERGITVAL)
OF_A_CHILD = (  # every address that names a pupil, and its twin in JSON
    *("/diary/{}", "/diary/{}/month", "/diary/{}/about", "/trail/pupil/{}", "/absences/{}", "/pupils/{}"),
    *("/api/v1/diary/{}", "/api/v1/diary/{}/month", "/api/v1/diary/{}/about", "/api/v1/trail/pupil/{}"),
    *("/api/v1/absences/{}", "/api/v1/pupils/{}", "/papers/pupils/{}/extract.pdf"),
    f"/explanations/{PAGE}/{PERIOD}/period/{{}}",
)


@pytest.fixture(scope="module")
def everybody(site: Site) -> dict[str, Caller]:
    doors.populate(site)
    return {login: Caller(site, doors.login_of(login)) for login in PEOPLE}


@pytest.fixture
def grown_up(site: Site) -> None:
    """Каляна is eighteen."""
    site.append(Draft(category=Category.SCHOOL, stream=KALYANA, version=None, event=PupilCameOfAge()))


def get(site: Site, caller: Caller, address: str) -> requests.Response:
    return requests.get(site.url + address, headers=caller.headers, timeout=30, allow_redirects=False)


def refused_looks(site: Site, pupil: UUID, login: str, since: datetime) -> list[str]:
    account = named(f"account {login}")
    with site.here.pool.connection() as connection:
        views = views_log.of_account(
            connection, SCHOOL, account, first=since, last=datetime.now(UTC) + timedelta(minutes=1)
        )
    return [view.page for view in views if view.pupil_id == pupil]


def period_mark(pupil: UUID, value: str) -> Draft:
    event = PeriodMarkGiven(
        journal=PAGE, period=PERIOD, kind="period", pupil=pupil, value=value, proposed=value, rests_on=()
    )
    return Draft(category=Category.PERIOD, stream=SHEET, version=None, event=event)


@pytest.mark.case("AT-24")
@pytest.mark.parametrize("address", OF_A_CHILD)
def test_somebody_elses_child_is_nowhere(address: str, site: Site, everybody: dict[str, Caller]) -> None:
    began = datetime.now(UTC)
    for pupil in FOREIGN:
        answer = get(site, everybody["guardian"], address.format(pupil))
        assert answer.status_code in (403, 404)
        assert "Вуквукай" not in answer.text
        assert "Кергитваль" not in answer.text
    assert refused_looks(site, ILYA, "parent", began) == [views_log.REFUSED]


@pytest.mark.case("AT-24")
def test_a_refused_look_is_no_look_at_the_child(site: Site, everybody: dict[str, Caller]) -> None:
    began = datetime.now(UTC)
    get(site, everybody["foreign_guardian"], f"/diary/{KALYANA}")
    get(site, everybody["guardian"], f"/diary/{KALYANA}")
    with site.here.pool.connection() as connection:
        views = views_log.of_pupil(connection, SCHOOL, KALYANA, first=began, last=datetime.now(UTC))
    assert {view.account_id for view in views} == {named("account parent")}


@pytest.mark.parametrize("address", ["/children", *(a for a in OF_A_CHILD if a.startswith("/diary"))])
def test_every_page_of_the_diary_is_a_look_at_the_child(
    address: str, site: Site, everybody: dict[str, Caller]
) -> None:
    """The class teacher is told from these looks who has not opened it for a week (R-195)."""
    began = datetime.now(UTC)
    assert get(site, everybody["guardian"], address.format(KALYANA)).status_code == 200
    with site.here.pool.connection() as connection:
        (view,) = views_log.of_pupil(connection, SCHOOL, KALYANA, first=began, last=datetime.now(UTC))
    assert view.account_id == named("account parent")


@pytest.mark.case("AT-24")
def test_the_first_page_shows_the_own_children_and_nobody_else(
    site: Site, everybody: dict[str, Caller]
) -> None:
    for login, own in (("guardian", KALYANA), ("pupil", KALYANA), ("foreign_guardian", KERGITVAL)):
        page = get(site, everybody[login], "/api/v1/children").json()
        assert [child["pupil"] for child in page["children"]] == [str(own)]
    assert "Вуквукай" not in get(site, everybody["guardian"], "/children").text
    assert get(site, everybody["teacher"], "/api/v1/children").json()["children"] == []


@pytest.mark.case("AT-24")
def test_individual_homework_is_read_by_its_own_family_only(site: Site, everybody: dict[str, Caller]) -> None:
    lesson = str(site.lesson())
    for pupil, text in ((KALYANA, "карточка Марии"), (ILYA, "карточка Ильи")):
        given = {"lesson": lesson, "pupil": str(pupil), "text": text}
        answer = everybody["substitute"].do("SetIndividualHomework", **given)
        assert answer.status_code == 200, answer.text
    tomorrow = f"/diary/{KALYANA}?week={site.today + timedelta(days=1)}"
    found = [get(site, everybody["guardian"], address).text for address in ("/children", tomorrow)]
    assert all("карточка Марии" in page for page in found)
    assert not any("карточка Ильи" in page for page in found)


@pytest.mark.case("AT-24")
def test_a_mean_is_of_the_own_marks_and_another_pupils_changes_nothing(
    site: Site, everybody: dict[str, Caller]
) -> None:
    lesson = str(site.lesson())

    def means() -> list[tuple[str, int]]:
        page = get(site, everybody["guardian"], f"/api/v1/diary/{KALYANA}/month").json()
        return [(row["mean"], row["counted"]) for row in page["subjects"]]

    own = {"lesson": lesson, "work": lesson, "pupil": str(KALYANA), "value": "4"}
    assert everybody["substitute"].do("GiveMark", **own).status_code == 200
    before = means()
    assert before == [("4,00", 1)]
    for name, value in (("Антипина Дарья", "2"), ("Вуквукай Илья", "3"), ("Ященко Ольга", "5")):
        other = {**own, "pupil": str(named(name)), "value": value, "confirmed": True}
        assert everybody["substitute"].do("GiveMark", **other).status_code == 200
    assert means() == before
    text = get(site, everybody["guardian"], f"/diary/{KALYANA}/month").text
    assert "4,00" in text
    assert "3,50" not in text  # the class's


@pytest.mark.case("AT-24")
def test_not_attested_waits_until_the_mother_says_that_she_has_read_it(
    site: Site, everybody: dict[str, Caller]
) -> None:
    site.append(period_mark(KALYANA, "н/а"), period_mark(ILYA, "2"), by=named("Соколова"), role=Role.TEACHER)
    mother = everybody["guardian"]
    (child,) = mother.get("/children").json()["children"]
    (waits,) = child["awaits"]
    assert (waits["value"], waits["stream"]) == ("н/а", str(SHEET))
    assert "Ждёт «Ознакомлен»: 1" in get(site, mother, "/children").text
    said = mother.do("Acknowledge", pupil=str(KALYANA), entries=[{k: waits[k] for k in ("stream", "entry")}])
    assert said.status_code == 200, said.text
    stream = streams.family(SCHOOL, KALYANA)
    state = fold_family(site.here.store.load(SCHOOL, streams=[stream]).streams[stream])
    assert set(state.acknowledged) == {(named("мать Каляны"), waits["entry"])}
    assert mother.get("/children").json()["children"][0]["awaits"] == []
    week = get(site, mother, f"/diary/{KALYANA}").text
    assert "Кто ознакомлен с этими отметками" in week
    assert "ознакомлены: мать" in week
    # What the mother has read still waits for the pupil, who says it for herself.
    assert len(everybody["pupil"].get("/children").json()["children"][0]["awaits"]) == 1


@pytest.mark.case("AT-24")
def test_the_parents_of_a_pupil_of_age_wait_for_the_pupils_consent(
    site: Site, everybody: dict[str, Caller], grown_up: None
) -> None:
    mother, pupil = everybody["guardian"], everybody["pupil"]
    for address in OF_A_CHILD:
        assert get(site, mother, address.format(KALYANA)).status_code in (403, 404), address
    page = get(site, mother, "/children").text
    assert "ждёт согласия самого ученика" in page
    assert "Каляна М" not in page
    assert mother.get("/children").json()["children"] == []
    own = get(site, pupil, "/children").text
    assert "Родители читают мой дневник" in own
    assert "согласия ещё нет" in own
    assert pupil.do("AdmitGuardians", pupil=str(KALYANA), allowed=True).status_code == 200
    assert get(site, mother, f"/diary/{KALYANA}").status_code == 200
    assert "ждёт согласия" not in get(site, mother, "/children").text
    assert "Закрыть дневник от родителей" in get(site, pupil, "/children").text
    assert pupil.do("AdmitGuardians", pupil=str(KALYANA), allowed=False).status_code == 200
    assert get(site, mother, f"/diary/{KALYANA}").status_code == 404
    assert pupil.do("AdmitGuardians", pupil=str(KALYANA), allowed=True).status_code == 200


@pytest.mark.parametrize(
    ("asked", "status"), [("2026-10", 200), ("2026-10-14", 200), ("2026-13", 400), ("2026-1", 400)]
)
def test_a_month_of_the_diary_is_asked_for_by_its_name_or_by_any_day_of_it(
    site: Site, everybody: dict[str, Caller], asked: str, status: int
) -> None:
    page = get(site, everybody["guardian"], f"/diary/{KALYANA}/month?month={asked}")
    assert page.status_code == status
    assert ("октябрь 2026" in page.text) is (status == 200)
