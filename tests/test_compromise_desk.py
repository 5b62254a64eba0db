"""A breach of access at a served school: sessions end on every worker, rows follow the entries (R-175, E-15), an
unsigned report tells nothing, and what is on its way while the account is being blocked is not written."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

import psycopg
import pytest

from commands.acts import AppointCommission, DrawUpAct, FinaliseAct, SignAct
from commands.by_order import OrderNamed
from commands.compromise import ConfirmNotice, ReportCompromise
from commands.deciding import Refusal
from commands.dictionary import SetTerm
from commands.handle import Answer, Asking, handle
from ledger import accounts, people, sessions
from ledger.account import fold_account
from ledger.dictionary import WORK_KIND
from ledger.entry import Entry, Origin, Role
from ledger.events.accounts import AccountBlocked
from ledger.events.calendar import TermSet
from ledger.events.compromise import CompromiseReported
from ledger.events.voids import EntriesVoided
from ledger.incident import fold_incident
from ledger.people import Name
from tests.small_school import PASSWORD, Place, _append, _draft, _role, config_for, form_token, serve
from web import account_desk, cli_doctor, compromise_desk
from web.account_desk import asked_by_system
from web.app import create_app
from web.premises import Settings


class School:
    """The small school with a director, a second administrator and three colleagues; everybody has an account."""

    def __init__(self, place: Place, database) -> None:
        self.place, self.database, self.here = place, database, place.here
        self.persons: dict[str, UUID] = {"Носов": place.people.nosov, "Соколова": place.people.sokolova}
        colleagues = {
            "Орлова": Role.DIRECTOR,
            "Тынетегина": Role.ADMINISTRATOR,
            "Громова": Role.TEACHER,
            "Лебедева": Role.TEACHER,
            "Петров": Role.TEACHER,
        }
        for name, role in colleagues.items():
            self.persons[name] = uuid4()
            _append(self.here.store, place.school, _draft(self.persons[name], _role(role)))
        named = {id: Name(last=name, first="А.") for name, id in self.persons.items() if name in colleagues}
        with self.here.pool.connection() as connection:
            people.put_many(connection, place.school, named, since=datetime(2020, 9, 1, tzinfo=UTC))
        self.accounts = {
            name: place.add_account(person, f"login{n}")
            for n, (name, person) in enumerate(self.persons.items())
        }
        self.logins = {name: f"login{n}" for n, name in enumerate(self.persons)}

    def asking(self, by: str, command: object, id: UUID | None = None) -> Asking:
        tick, account = time.monotonic(), self.accounts[by]
        with self.here.pool.connection() as connection:
            row = accounts.by_id(connection, self.place.school, account)
        assert row is not None
        return Asking(
            school=self.place.school,
            account=account,
            person=self.persons[by],
            credential=row.credential_id,
            command_id=id or uuid4(),
            received_at=datetime.now(UTC),
            origin=Origin.UI,
            body_sha256=sha256(repr(command).encode()).digest(),
            age=lambda: time.monotonic() - tick,
        )

    def do(self, by: str, command: object, id: UUID | None = None) -> Answer:
        return compromise_desk.carry_out(command, self.asking(by, command, id), self.here)

    def entries(self, stream: UUID) -> tuple[Entry, ...]:
        return self.here.store.load(self.place.school, streams=[stream]).streams[stream]

    def row(self, account: UUID) -> accounts.AccountRow:
        with self.here.pool.connection() as connection:
            found = accounts.by_id(connection, self.place.school, account)
        assert found is not None
        return found

    def token(self, who: str, app=None) -> str | None:
        browser = (app or self.place.app).test_client()
        answer = browser.post("/api/v1/session", json={"login": self.logins[who], "password": PASSWORD})
        return answer.json.get("token")

    def status(self, token: str, app=None) -> int:
        browser = (app or self.place.app).test_client()
        return browser.get("/api/v1/journals", headers=_bearer(token)).status_code

    def give(self, token: str, command: str, **body: object):
        headers = {**_bearer(token), "Idempotency-Key": str(uuid4())}
        return self.place.browser().post(f"/api/v1/commands/{command}", json=body, headers=headers)

    def now(self) -> datetime:
        return self.here.school(self.place.school).local(datetime.now(UTC)).replace(microsecond=0)

    def notice(self, owner: str, minutes: int = 30, by: str = "Тынетегина") -> UUID:
        incident, account = uuid4(), self.accounts[owner]
        moment = self.now() - timedelta(minutes=minutes)
        self.do(
            "Громова",
            ReportCompromise(incident=incident, account=account, detected_at=moment, reported_at=moment),
        )
        self.do(by, ConfirmNotice(incident=incident, account=account, received_at=moment))
        return incident

    def drawn_up(self, incident: UUID, by: str = "Тынетегина", annuls: UUID | None = None) -> UUID:
        today = self.now().date()
        before = set(self.incident(incident).acts)
        members = ("Громова", "Лебедева", "Петров")
        order = OrderNamed(number=f"{uuid4()}"[:8], on=today)
        ids = tuple(self.persons[each] for each in members)
        self.do("Орлова", AppointCommission(incident=incident, members=ids, order=order))
        self.do(by, DrawUpAct(incident=incident, number="1", date=today, annuls=annuls))
        (act,) = set(self.incident(incident).acts) - before
        for member in members:
            self.do(member, SignAct(incident=incident, act=act))
        return act

    def incident(self, id: UUID):
        return fold_incident(id, self.entries(id))

    def parted(self) -> list[str]:
        """What `letopis doctor` would name."""
        return cli_doctor._parted(self.here.pool, self.place.school)


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", "Accept": "application/json"}


@pytest.fixture
def school(database, tmp_path):
    with serve(database, tmp_path) as place:
        yield School(place, database)


@pytest.mark.case("AT-19")
def test_ones_own_report_ends_every_session_on_every_worker_at_once(school: School) -> None:
    other = create_app(config_for(school.database, school.place.master_key_file), Settings())
    try:
        mine, elsewhere = school.token("Соколова"), school.token("Соколова", other)
        assert (school.status(mine), school.status(elsewhere, other)) == (200, 200)
        told = school.give(
            mine,
            "ReportCompromise",
            incident=str(uuid4()),
            account=str(school.accounts["Соколова"]),
            detected_at=(school.now() - timedelta(minutes=5)).isoformat(),
        )
        assert told.status_code == 200, told.json
        assert (school.status(mine), school.status(elsewhere, other)) == (401, 401)
        assert school.token("Соколова") is None
        assert school.parted() == []
    finally:
        other.extensions["letopis"].pool.close()


@pytest.mark.case("AT-19")
def test_the_first_receipt_ends_the_sessions_of_the_account_and_of_those_given_a_password_with_it(
    school: School,
) -> None:
    account_desk.reissue(school.here, school.asking("Носов", "x"), school.accounts["Соколова"])
    mine, support = school.token("Носов"), school.token("Тынетегина")
    incident = str(uuid4())
    body = {"incident": incident, "account": str(school.accounts["Носов"])}
    moment = (school.now() - timedelta(minutes=5)).isoformat()
    assert (
        school.give(school.token("Громова"), "ReportCompromise", **body, detected_at=moment).status_code
        == 200
    )
    assert school.status(mine) == 200, "another's word ends nothing until it is confirmed"
    assert school.give(support, "ConfirmNotice", **body, received_at=moment).status_code == 200
    assert school.status(mine) == 401
    assert {name for name in school.accounts if school.row(school.accounts[name]).blocked_at} == {
        "Носов",
        "Соколова",
    }
    assert school.parted() == []


def test_a_session_ends_with_the_entry_though_the_row_was_never_written(school: School) -> None:
    """kill -9 between the entry and the row: nobody goes on, and the same command sent again mends the row."""
    mine, incident, id = school.token("Соколова"), uuid4(), uuid4()
    account = school.accounts["Соколова"]
    school.do("Громова", ReportCompromise(incident=incident, account=account, detected_at=school.now()))
    confirm = ConfirmNotice(incident=incident, account=account)
    handle(confirm, school.asking("Тынетегина", confirm, id), school.here.house(school.place.school))
    assert school.row(account).blocked_at is None
    assert school.parted() == [school.logins["Соколова"]]
    assert school.status(mine) == 401
    assert school.do("Тынетегина", confirm, id).repeated
    assert school.row(account).blocked_at is not None
    assert school.parted() == []


@pytest.mark.case("E-15")
def test_after_the_act_the_rows_of_accounts_say_what_the_entries_say(school: School) -> None:
    """Носов's access made an account and gave Соколова a password."""
    stranger = uuid4()
    by = school.asking("Носов", "x")
    made = account_desk.create(school.here, by, person=stranger, login="postoronnij", password=PASSWORD)
    account_desk.reissue(school.here, school.asking("Носов", "x"), school.accounts["Соколова"])
    incident = school.notice("Носов")
    act = school.drawn_up(incident)
    before = school.row(school.accounts["Соколова"]).credential_id
    school.do("Тынетегина", FinaliseAct(incident=incident, act=act))
    assert school.parted() == []
    hers = school.row(school.accounts["Соколова"])
    assert hers.blocked_at is not None
    assert hers.credential_id not in (before, None)
    assert school.row(made).blocked_at is not None
    assert school.token("Соколова") is None
    again = account_desk.create(
        school.here,
        asked_by_system(school.place.school),
        person=stranger,
        login="postoronnij",
        password=PASSWORD,
    )
    assert school.row(again).person_id == stranger, "login and person are free for an honest account"
    school.do("Тынетегина", FinaliseAct(incident=incident, act=school.drawn_up(incident, annuls=act)))
    assert fold_account(made, school.entries(made)).person == stranger
    assert school.row(made).blocked_at is not None


@pytest.mark.case("E-15")
def test_an_honest_owner_gets_a_new_password_from_the_second_administrator(school: School) -> None:
    account_desk.reissue(school.here, school.asking("Носов", "x"), school.accounts["Соколова"])
    incident = school.notice("Носов")
    school.do("Тынетегина", FinaliseAct(incident=incident, act=school.drawn_up(incident)))
    account = school.accounts["Соколова"]
    password = account_desk.reissue(school.here, school.asking("Тынетегина", "x"), account)
    account_desk.unblock(school.here, school.asking("Тынетегина", "x"), account, "compromise")
    browser = school.place.browser()
    came = browser.post("/api/v1/session", json={"login": school.logins["Соколова"], "password": password})
    assert came.status_code == 201
    assert school.parted() == []


def report(school: School, login: str, detected: datetime | None = None, **more: str):
    browser = school.place.browser()
    token = form_token(browser.get("/report-breach").text)
    moment = (detected or school.now() - timedelta(minutes=10)).strftime("%Y-%m-%dT%H:%M")
    return browser.post(
        "/report-breach", data={"csrf_token": token, "login": login, "detected_at": moment, **more}
    )


def reports(school: School) -> list[Entry]:
    entries = school.here.store.entries(school.place.school, limit=10_000)
    return [entry for entry in entries if isinstance(entry.event, CompromiseReported)]


def test_an_unsigned_report_tells_nobody_whether_there_is_such_a_login_and_blocks_nobody(
    school: School,
) -> None:
    times = []
    answers = []
    for login in (school.logins["Соколова"], "nobody.nn"):
        began = time.monotonic()
        answers.append(report(school, login, text="Потеряла листок с паролем"))
        times.append(time.monotonic() - began)
    assert [answer.status_code for answer in answers] == [200, 200]
    first, second = (re.sub(r'(csrf="|value=")[\w.-]{60,}"', "", answer.text) for answer in answers)
    assert first == second
    assert min(times) >= compromise_desk.SAME_FOR_ALL, "the search is over long before"
    (told,) = reports(school)
    assert (told.event.signed, told.stamp.role, told.event.owner) == (
        False,
        Role.SYSTEM,
        school.persons["Соколова"],
    )
    assert school.row(school.accounts["Соколова"]).blocked_at is None
    school.do("Тынетегина", ConfirmNotice(incident=told.stream, account=school.accounts["Соколова"]))
    assert school.row(school.accounts["Соколова"]).blocked_at is not None


def test_of_one_login_three_unsigned_reports_an_hour_are_taken(school: School) -> None:
    codes = [report(school, "Login1 ").status_code for _ in range(4)]
    assert codes == [200, 200, 200, 429]
    assert report(school, "other").status_code == 200


def test_an_unsigned_report_of_tomorrow_is_refused_for_any_login(school: School) -> None:
    tomorrow = school.now() + timedelta(days=1)
    for login in (school.logins["Соколова"], "nobody.nn"):
        answer = report(school, login, tomorrow)
        assert answer.status_code == 422
        assert "раньше" in answer.text
    assert reports(school) == []


@pytest.mark.case("AT-19")
def test_an_account_that_keeps_writing_while_it_is_blocked_writes_nothing_after_the_block(
    school: School,
) -> None:
    """The account's stream is among the guards of every append (two threads, PostgreSQL)."""
    house = school.here.house(school.place.school)
    asking, written = school.asking("Носов", "x"), []

    def write_on() -> None:
        while True:
            command = SetTerm(dictionary=WORK_KIND, title=f"Вид {len(written)}")
            again = replace(asking, command_id=uuid4(), received_at=datetime.now(UTC), age=lambda: 0.0)
            written.append(handle(command, again, house))

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write_on)
        deadline = time.monotonic() + 60
        while not written and time.monotonic() < deadline:
            time.sleep(0.01)
        school.notice("Носов")
        shut_out = writing.exception(timeout=60)
    assert isinstance(shut_out, Refusal)
    assert shut_out.code == "account-closed"
    entries = school.here.store.entries(school.place.school, limit=100_000)
    (blocked,) = [e.position for e in entries if isinstance(e.event, AccountBlocked)]
    own = [e.position for e in entries if e.stamp.account == school.accounts["Носов"]]
    assert own
    assert max(own) < blocked


def terms(school: School) -> list[Entry]:
    entries = school.here.store.entries(school.place.school, limit=100_000)
    return [entry for entry in entries if isinstance(entry.event, TermSet)]


def voids(school: School) -> list[Entry]:
    entries = school.here.store.entries(school.place.school, limit=100_000)
    return [entry for entry in entries if isinstance(entry.event, EntriesVoided)]


@pytest.mark.case("AT-19")
def test_of_two_who_finalise_at_once_one_does_and_the_other_is_told(school: School) -> None:
    for n in range(3):
        school.do("Носов", SetTerm(dictionary=WORK_KIND, title=f"Вид {n}"))
    incident = school.notice("Носов")
    act = school.drawn_up(incident)

    def finalise() -> str:
        try:
            school.do("Тынетегина", FinaliseAct(incident=incident, act=act))
        except Refusal as refusal:
            return f"{refusal.status} {refusal.code}"
        return "done"

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(lambda _: finalise(), range(2)))
    assert said == ["409 act-final", "done"]
    assert len(voids(school)) == 1


def _wait_for(seen: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not seen():
        assert time.monotonic() < deadline
        time.sleep(0.02)


KILLED = """
import sys
from uuid import UUID
from tests.finalising import finalise
finalise(sys.argv[1], *map(UUID, sys.argv[2:]))
"""


@pytest.mark.case("AT-19")
def test_a_process_killed_while_it_voids_has_voided_all_or_nothing(school: School) -> None:
    """The school's head is held, so that the append waits for it while its process is killed."""
    for n in range(3):
        school.do("Носов", SetTerm(dictionary=WORK_KIND, title=f"Вид {n}"))
    incident = school.notice("Носов")
    act = school.drawn_up(incident)
    words = [str(each) for each in (school.place.school, incident, act, school.accounts["Тынетегина"])]
    words.append(str(school.persons["Тынетегина"]))
    with psycopg.connect(school.database.superuser_dsn) as holding:
        holding.execute("SELECT FROM ledger.heads WHERE school_id = %s FOR UPDATE", (school.place.school,))
        process = subprocess.Popen([sys.executable, "-c", KILLED, school.database.app_dsn, *words])
        waits = """SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
                   AND state = 'active' AND pid <> pg_backend_pid() AND query LIKE '%ledger.append%'"""
        with psycopg.connect(school.database.superuser_dsn, autocommit=True) as watching:
            _wait_for(lambda: watching.execute(waits).fetchone() != (0,))
            process.kill()
            process.wait()
            holding.rollback()
            _wait_for(lambda: watching.execute(waits).fetchone() == (0,))
    done = school.incident(incident).acts[act].finalised is not None
    assert len(voids(school)) == (1 if done else 0), "all or nothing"
    if not done:
        school.do("Тынетегина", FinaliseAct(incident=incident, act=act))
    (void,) = voids(school)
    assert set(void.event.positions) == {entry.position for entry in terms(school)}


def test_no_session_is_open_of_an_account_that_was_shut(school: School) -> None:
    school.token("Соколова")
    school.notice("Соколова")
    with school.here.pool.connection() as connection:
        counts = sessions.open_counts(connection, school.place.school, at=datetime.now(UTC))
    assert school.accounts["Соколова"] not in counts
