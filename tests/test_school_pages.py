"""The pages of the school's structure at their doors: who sees which list, newcomers with their names, years."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from ledger import people
from ledger.appending import Append
from ledger.entry import Category, Draft, Origin, Role, Stamp
from ledger.events import calendar, journals, roster, staff
from ledger.people import NO_NAME, Name
from ledger.store import SYSTEM
from ledger.streams import calendar as home
from tests.browser.school import SCHOOL, Site, named
from tests.small_school import PASSWORD
from tests.test_api import Caller
from web import account_desk

OLD_CLASS, OLD_PAGE = named("6А прошлого года"), named("6А Алгебра")
CLASS, OTHER, MARIA = named("7А"), named("7Б"), named("Каляна Мария")


def year_before(site: Site) -> int:
    """In January the running year is not the calendar's."""
    running = site.here.school(SCHOOL).year_of(site.today)
    assert running is not None
    return running - 1


@pytest.fixture(scope="module")
def school(site: Site) -> Site:
    """With an administrator, and the year before: Соколова taught algebra in 6А to its last day."""
    year = year_before(site)
    opened = site.here.school(SCHOOL).years[year + 1].first
    first, last = date(year, 9, 1), min(date(year + 1, 5, 28), opened - timedelta(days=1))
    events = [
        (named("Носов"), staff.RoleGranted(role="administrator", first=first, until=None, competence=None)),
        (home(SCHOOL), calendar.YearSet(year=year, first=first, last=last)),
        (OLD_CLASS, roster.ClassFormed(year=year, title="6А", grade=6, level="ООО")),
        (
            OLD_PAGE,
            journals.JournalListed(class_id=OLD_CLASS, group=None, subject=named("Алгебра"), year=year),
        ),
        (
            OLD_PAGE,
            journals.WorkloadAssigned(teacher=named("Соколова"), first=first, until=last, hours=300),
        ),
    ]
    stamp = Stamp(
        school=SCHOOL,
        account=SYSTEM,
        person=SYSTEM,
        role=Role.SYSTEM,
        command_id=uuid4(),
        received_at=datetime.now(UTC),
        origin=Origin.SYSTEM,
    )
    drafts = tuple(Draft(category=Category.SCHOOL, stream=s, version=None, event=e) for s, e in events)
    site.here.store.append(Append(stamp=stamp, body_sha256=bytes(32), answer="{}", drafts=drafts))
    site.here.runner.catch_up(SCHOOL, patience=30)
    by = account_desk.asked_by_system(SCHOOL)
    account_desk.create(
        site.here, by, person=named("Носов"), login="admin", password=PASSWORD, must_change=False
    )
    return site


@pytest.fixture(scope="module")
def callers(school: Site) -> dict[str, Caller]:
    logins = ("teacher", "colleague", "deputy", "class-teacher", "parent", "admin")
    return {login: Caller(school, login) for login in logins}


def page(caller: Caller, path: str) -> tuple[int, str]:
    """Of the screen, not of the API."""
    caller.base, api = caller.base.removesuffix("/api/v1"), caller.base
    try:
        answer = caller.get(path)
    finally:
        caller.base = api
    return answer.status_code, answer.text


@pytest.mark.parametrize(
    ("path", "seen"),
    [
        ("/school/", {"deputy", "admin"}),
        ("/school/staff", {"deputy", "admin"}),
        (f"/school/class/{CLASS}", {"deputy", "admin", "class-teacher"}),
        (f"/school/class/{OTHER}", {"deputy", "admin"}),
        (f"/pupils/{MARIA}", {"deputy", "admin", "class-teacher"}),
        (f"/pupils/{named('Кергитваль Олег')}", {"deputy", "admin"}),
        (f"/pupils/{named('никто')}", set()),
    ],
)
def test_a_list_is_for_the_office_and_the_class_teacher_of_the_class(
    path: str, seen: set[str], callers: dict[str, Caller]
) -> None:
    status = {login: page(caller, path)[0] for login, caller in callers.items()}
    assert {login for login, code in status.items() if code == 200} == seen
    assert set(status.values()) <= {200, 403, 404}
    api = [caller.get(path).status_code for caller in callers.values()]
    if "/class/" in path or "/pupil/" in path:  # one function decides for all doors
        assert api == list(status.values())


def test_the_list_of_a_class_is_of_the_day_that_is_asked(callers: dict[str, Caller]) -> None:
    found = callers["deputy"].get(f"/school/class/{CLASS}").json()
    assert [pupil["name"] for pupil in found["pupils"]][:2] == ["Антипина Дарья", "Вуквукай Илья"]
    assert callers["deputy"].get(f"/school/class/{CLASS}", on="2026-02-31").status_code == 400


def new_pupil(school: Site, pupil: UUID, last: str = "Эттувги", **command: object) -> dict[str, object]:
    said = {"pupil": str(pupil), "class_id": str(CLASS), "first": school.today.isoformat()}
    return {"name": {"last": last, "first": "Роман"}, "command": said | command}


def body(said: dict[str, object]) -> bytes:
    return json.dumps(said).encode()


def name_of(school: Site, person: UUID) -> Name:
    with school.here.pool.connection() as connection:
        return people.names_at(connection, SCHOOL, [person])[person]


def test_a_new_pupil_is_enrolled_with_a_name_that_stands_outside_the_ledger(
    school: Site, callers: dict[str, Caller]
) -> None:
    pupil, key = uuid4(), str(uuid4())
    first = callers["deputy"].do("EnrolPupil/named", key, raw=body(new_pupil(school, pupil)))
    assert first.status_code == 200, first.text
    assert name_of(school, pupil) == Name(last="Эттувги", first="Роман")
    again = callers["deputy"].do("EnrolPupil/named", key, raw=body(new_pupil(school, pupil)))
    assert again.json()["repeated"] is True
    listed = callers["deputy"].get(f"/school/class/{CLASS}").json()["pupils"]
    assert [p["movements"][0]["kind"] for p in listed if p["pupil"] == str(pupil)] == ["arrived"]
    entries = school.here.store.load(SCHOOL, streams=[pupil]).streams[pupil]
    assert "Эттувги" not in repr(entries)


def test_a_refused_newcomer_leaves_no_name_behind(school: Site, callers: dict[str, Caller]) -> None:
    pupil = uuid4()
    foreign = callers["teacher"].do("EnrolPupil/named", raw=body(new_pupil(school, pupil)))
    assert (foreign.status_code, foreign.json()["code"]) == (403, "not-allowed")
    far = (school.today + timedelta(days=900)).isoformat()
    outside = callers["deputy"].do("EnrolPupil/named", raw=body(new_pupil(school, pupil, first=far)))
    assert outside.json()["code"] == "date-in-year"
    blank = callers["deputy"].do("EnrolPupil/named", raw=body(new_pupil(school, pupil, last="  ")))
    assert blank.json()["code"] == "plain-text"
    assert name_of(school, pupil) == NO_NAME


def test_nobody_is_renamed_by_being_enrolled(school: Site, callers: dict[str, Caller]) -> None:
    said = callers["deputy"].do("EnrolPupil/named", raw=body(new_pupil(school, MARIA)))
    assert (said.status_code, said.json()["code"]) == (409, "person-known")
    assert name_of(school, MARIA).last == "Каляна"


def test_a_class_teacher_adds_a_guardian_by_name_and_only_the_administrator_a_colleague(
    school: Site, callers: dict[str, Caller]
) -> None:
    father, colleague = uuid4(), uuid4()
    link = {"pupil": str(MARIA), "guardian": str(father), "kinship": "отец"}
    name = {"last": "Каляна", "first": "Пётр", "middle": "Ильич"}
    done = callers["class-teacher"].do("LinkGuardian/named", raw=body({"name": name, "command": link}))
    assert done.status_code == 200, done.text
    assert name_of(school, father).middle == "Ильич"
    grant = {"person": str(colleague), "role": "teacher", "first": school.today.isoformat()}
    role = {"name": {"last": "Новый", "first": "Учитель"}, "command": grant}
    assert callers["deputy"].do("GrantRole/named", raw=body(role)).status_code == 403
    assert callers["admin"].do("GrantRole/named", raw=body(role)).status_code == 200
    status, html = page(callers["admin"], "/school/staff")
    assert status == 200
    assert "Новый Учитель" in html
    assert "нет учётной записи" in html


def test_a_command_sent_without_its_name_or_key_is_told_what_is_missing(
    school: Site, callers: dict[str, Caller]
) -> None:
    bare = callers["deputy"].do("EnrolPupil/named", command={"pupil": str(uuid4())})
    assert bare.status_code == 400
    assert "name" in bare.json()["fields"]


def test_the_journals_of_another_year_stay_readable_by_whoever_taught_them(
    school: Site, callers: dict[str, Caller]
) -> None:
    year = year_before(school)
    status, html = page(callers["teacher"], "/journals")
    assert status == 200
    assert f"/journal/{OLD_PAGE}" not in html
    assert f'value="{year}"' in html  # the chooser
    status, html = page(callers["teacher"], f"/journals?year={year}")
    assert f"/journal/{OLD_PAGE}" in html
    assert page(callers["colleague"], f"/journals?year={year}")[1].count("/journal/") == 0
    status, html = page(callers["teacher"], f"/journal/{OLD_PAGE}")
    assert status == 200
    assert f'value="{year}" selected' in html
    assert page(callers["colleague"], f"/journal/{OLD_PAGE}")[0] == 404
    assert page(callers["deputy"], f"/journal/{OLD_PAGE}")[0] == 200
    assert page(callers["teacher"], "/journals?year=вчера")[0] == 400


def test_every_page_leads_to_the_journals_of_another_year(school: Site, callers: dict[str, Caller]) -> None:
    year = year_before(school)
    for login, address in (("teacher", "/today"), ("deputy", "/inbox"), ("teacher", "/plans")):
        html = page(callers[login], address)[1]
        assert 'action="/journals"' in html, address
        assert f'<option value="{year}"' in html, address


def test_the_school_of_another_year_shows_its_own_classes(school: Site, callers: dict[str, Caller]) -> None:
    status, html = page(callers["admin"], f"/school/?year={year_before(school)}")
    assert status == 200
    assert f"/school/class/{OLD_CLASS}" in html
    assert f"/school/class/{OTHER}" not in html
    assert page(callers["admin"], "/school/?year=2001")[0] == 404


def test_the_administrator_sees_that_something_is_to_be_put_right_and_no_marks(
    school: Site, callers: dict[str, Caller]
) -> None:
    pupil, lesson = named("Ященко Ольга"), str(school.lesson())
    mark = {"lesson": lesson, "work": lesson, "pupil": str(pupil), "value": "5"}
    assert callers["teacher"].do("GiveMark", **mark).status_code == 200
    move = {"pupil": str(pupil), "class_id": str(OTHER), "first": school.today.isoformat()}
    asked = callers["admin"].do("MovePupil", **move)
    assert (asked.status_code, asked.json()["mode"]) == (422, "confirm")
    assert asked.json()["sentence"].endswith("Алгебра: отметка")
    assert callers["admin"].do("MovePupil", **move, confirmed=True).status_code == 200
    cards = {login: page(callers[login], f"/pupils/{pupil}")[1] for login in ("admin", "deputy")}
    assert "Сверить: 1 запись" in cards["admin"]
    assert "<b>5</b>" not in cards["admin"]
    assert "<b>5</b>" in cards["deputy"]
    left = callers["deputy"].get(f"/pupils/{pupil}").json()["card"]["left"]
    assert [(each["value"], each["why"]) for each in left] == [("5", "not-listed")]
    assert callers["admin"].get(f"/pupils/{pupil}").json()["card"]["left"][0]["value"] == ""
