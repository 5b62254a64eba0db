"""An inspector at every door: nothing after the mandate's last day, and of a scope only its classes (R-024)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
import requests

from commands.rights import role_for
from commands.table import BY_NAME, COMMANDS
from ledger import accounts, views_log
from ledger.appending import Append
from ledger.entry import Category, Draft, Origin, Role, Stamp
from ledger.events.accounts import AccountCreated, CredentialIssued
from ledger.events.mandates import MandateEnded, MandateGranted
from ledger.events.orders import OrderIssued
from ledger.store import SYSTEM
from tests import doors
from tests.browser import school as base
from tests.browser.school import SCHOOL, Site, named
from tests.test_api import Caller
from tests.test_every_door import DOORS, KALYANA, KERGITVAL, LESSON
from web.schemas import schema_of

SCOPED, OVER = "Проверяющая Анна", "Бывший Проверяющий"
OTHERS = (named("7Б"), named("7Б Физика"), named("7Б Алгебра"), KERGITVAL)
# Nothing of the school is in them: a mandate of any scope opens them.
OF_ANYBODY = {
    "calendar.year",
    "api.calendar",
    "landing.start",
    "api.start",
    "search.results",
    "api.search",
    "readiness.matrix",
    "api.readiness",
    "klass.absences",
}


def written(site: Site, *facts: tuple[UUID, object, Category]) -> None:
    drafts = tuple(Draft(category=c, stream=s, version=None, event=e) for s, e, c in facts)
    stamp = Stamp(
        school=SCHOOL,
        account=SYSTEM,
        person=SYSTEM,
        role=Role.SYSTEM,
        command_id=uuid4(),
        received_at=datetime.now(UTC),
        origin=Origin.SYSTEM,
    )
    site.here.store.append(Append(stamp=stamp, body_sha256=bytes(32), answer="{}", drafts=drafts))
    site.here.runner.catch_up(SCHOOL, patience=30)


def mandate(person: str, first: date, last: date, *classes: UUID) -> tuple[UUID, object, Category]:
    event = MandateGranted(
        mandate=named(f"mandate {person}"),
        classes=classes,
        first=first,
        last=last,
        order=named("приказ о проверке"),
    )
    return named(person), event, Category.SCHOOL


def with_account(site: Site, person: str, login: str) -> Caller:
    account, issued = named(f"account {login}"), named(f"credential {login}")
    written(
        site,
        (account, AccountCreated(person=named(person)), Category.ACCOUNT),
        (
            account,
            CredentialIssued(credential=issued, procedure="founding", parent=None),
            Category.ACCOUNT,
        ),
    )
    with site.here.pool.connection() as connection:
        accounts.add(connection, base._account(login, named(person), datetime.now(UTC)))
    return Caller(site, login)


@pytest.fixture(scope="module")
def checked(site: Site) -> tuple[Caller, Caller]:
    """Somebody with a mandate for 7А until tomorrow, and somebody whose mandate for the school ended yesterday."""
    doors.populate(site)
    order = OrderIssued(kind="mandate", number="77", date=site.today)
    days = timedelta(days=1)
    written(
        site,
        (named("приказ о проверке"), order, Category.SCHOOL),
        mandate(SCOPED, site.today - days, site.today + days, named("7А")),
        mandate(OVER, site.today - 9 * days, site.today - days),
    )
    return with_account(site, SCOPED, "scoped"), with_account(site, OVER, "over")


def status_of(caller: Caller, site: Site, address: str) -> int:
    url = site.url + address.replace(LESSON, str(site.lesson()))
    return requests.get(url, headers=caller.headers, timeout=20, allow_redirects=False).status_code


ADDRESSES = [(endpoint, each.address) for endpoint, found in DOORS.items() for each in found]


@pytest.mark.parametrize(
    ("endpoint", "address"), ADDRESSES, ids=[f"{e} {n}" for n, (e, _) in enumerate(ADDRESSES)]
)
def test_a_door_opens_within_the_scope_and_never_after_the_last_day(
    endpoint: str, address: str, site: Site, checked: tuple[Caller, Caller]
) -> None:
    scoped, over = checked
    of_another = any(str(each) in address for each in OTHERS)
    assert status_of(over, site, address) in (403, 404)
    if of_another:
        assert status_of(scoped, site, address) in (403, 404)
    elif endpoint in OF_ANYBODY:
        assert status_of(scoped, site, address) in (200, 302)  # a list with one class in it leads there


def text_of(caller: Caller, site: Site, address: str) -> str:
    answer = requests.get(site.url + address, headers=caller.headers, timeout=20)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.text


@pytest.mark.parametrize(
    "address",
    [
        "/journals",
        "/api/v1/journals",
        "/readiness",
        "/api/v1/readiness",
        "/absences",
        "/start",
        "/changes",
        "/api/v1/changes",
        "/programme",
        "/export/entries.jsonl",
        f"/control-works?class_id={named('7А')}",
    ],
)
def test_what_lists_many_lists_the_classes_in_scope_alone(
    address: str, site: Site, checked: tuple[Caller, Caller]
) -> None:
    said = text_of(checked[0], site, address)
    assert "7Б" not in said
    assert not any(str(each) in said for each in OTHERS)


def test_the_menu_names_nothing_that_is_shut(site: Site, checked: tuple[Caller, Caller]) -> None:
    """Breaches of access are of the whole school: not even their word stands there."""
    menu, *_ = re.findall(r"<nav.*?</nav>", text_of(checked[0], site, "/start"), re.DOTALL)
    addresses = set(re.findall(r'href="([^"]+)"', menu))
    assert {"/journals", "/readiness"} <= addresses
    assert {each: status_of(checked[0], site, each) for each in addresses if each != "/"} == {
        each: 302 if each == "/absences" else 200 for each in addresses if each != "/"
    }


def test_the_search_finds_no_pupil_of_another_class(site: Site, checked: tuple[Caller, Caller]) -> None:
    scoped, _ = checked
    assert "Кергитваль" not in text_of(scoped, site, "/api/v1/search?q=Олег")
    assert str(KALYANA) in text_of(scoped, site, "/api/v1/search?q=Каляна")


def test_a_mandate_whose_last_day_is_today_still_opens_and_ended_it_shuts_tomorrow(
    site: Site, checked: tuple[Caller, Caller]
) -> None:
    written(site, mandate("Проверяющий до сегодня", site.today, site.today))
    school = site.here.school(SCHOOL)
    person = named("Проверяющий до сегодня")
    assert school.inspects(person, site.today) == frozenset()
    assert school.inspects(person, site.today + timedelta(days=1)) is None
    ended = MandateEnded(mandate=named("mandate Проверяющий до сегодня"), last=site.today - timedelta(days=1))
    written(site, (person, ended, Category.SCHOOL))
    assert site.here.school(SCHOOL).inspects(person, site.today) is None


@pytest.mark.parametrize(
    ("address", "page"),
    [
        (f"/journal/{named('7А Алгебра')}", "journal"),
        (f"/journal/{named('7А Алгебра')}/extract.pdf", "extract"),
        ("/export/entries.jsonl", "export entries"),
        ("/changes", "changes"),
        (f"/classes/{named('7А')}/register", "register"),
        (f"/trail/pupil/{KALYANA}", "pupil trail"),
        (f"/diary/{KALYANA}", "diary"),
        (f"/pupils/{KALYANA}", "pupil card"),
        ("/readiness", "readiness"),
        ("/api/v1/search?q=Каляна", "search"),
        ("/start", "first page"),
    ],
)
def test_each_look_is_logged(address: str, page: str, site: Site, checked: tuple[Caller, Caller]) -> None:
    before = datetime.now(UTC)
    answer = requests.get(site.url + address, headers=checked[0].headers, timeout=20)
    assert answer.status_code == 200
    with site.here.pool.connection() as connection:
        views = views_log.of_account(
            connection, SCHOOL, named("account scoped"), first=before, last=datetime.now(UTC)
        )
    assert page in {view.page for view in views}


def test_the_director_reads_what_the_inspector_looked_at_and_the_inspector_does_not(
    site: Site, checked: tuple[Caller, Caller]
) -> None:
    director, address = Caller(site, doors.login_of("director")), f"/mandates/{named(SCOPED)}/views"
    text_of(checked[0], site, f"/diary/{KALYANA}")
    said = text_of(director, site, f"{address}?mandate={named(f'mandate {SCOPED}')}")
    assert "дневник" in said
    assert "Каляна" in said
    looks = requests.get(f"{site.url}/api/v1{address}", headers=director.headers, timeout=20).json()["looks"]
    assert (looks[-1]["page"], looks[-1]["pupil"]) == ("diary", str(KALYANA))
    assert status_of(checked[0], site, address) == 403
    yesterday = (site.today - timedelta(days=1)).isoformat()
    assert "ничего не открывали" in text_of(director, site, f"{address}?day={yesterday}")
    for nobody in (f"/mandates/{named('Соколова')}/views", f"{address}?mandate={named('другой')}"):
        assert status_of(director, site, nobody) == 404, "a teacher's looks are asked about a breach only"


def test_an_inspector_writes_nothing(site: Site, checked: tuple[Caller, Caller]) -> None:
    own = {"ChangeOwnPassword", "ReportCompromise", "ConfirmNotice"}  # one's own access
    known = site.here.school(SCHOOL)
    for name, command in BY_NAME.items():
        row = COMMANDS[command]
        given = schema_of(command)().load(doors.body_for(command, row.action, site))
        role = role_for(
            named(SCOPED), row.action, row.lessons(given), row.about(given, known), {}, known, site.today
        )
        assert role is None or name in own, name
