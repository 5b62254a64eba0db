"""Contacts of pupils and guardians (R-054, Padun 2.4): values beside the ledger, the fact of a change in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from commands.contacts import ChangeContacts, VerifyContacts, checked
from commands.deciding import Refusal
from ledger import contacts, views_log
from ledger.appending import Append
from ledger.entry import Category, Draft, Origin, Role, Stamp
from ledger.events.calendar import YearSet
from ledger.events.roster import (
    ClassFormed,
    ClassTeacherAppointed,
    ContactsChanged,
    ContactsVerified,
    PupilMoved,
)
from ledger.store import SYSTEM
from ledger.streams import calendar
from tests.small_school import SINCE, Place, send, serve, sign_in
from tests.story import Story
from tests.world import SCHOOL_ID, named

MARIYA = named("Каляна Мария")
TODAY = date(2026, 9, 10)


@pytest.fixture
def place(database, tmp_path) -> Iterator[Place]:
    with serve(database, tmp_path) as found:
        led = ClassTeacherAppointed(person=found.people.sokolova, first=SINCE, until=None)
        # A year that lasts: the ledger keeps the real clock.
        year = YearSet(year=2026, first=SINCE, last=date(2090, 5, 28))
        _append(found, (found.people.klass, led), (calendar(found.school), year))
        found.add_account(found.people.sokolova, "sokolova")
        found.add_account(found.people.nosov, "nosov")
        found.add_account(found.people.mother, "mother")
        yield found


def _append(place: Place, *events: tuple[UUID, object]) -> None:
    stamp = Stamp(
        school=place.school,
        account=SYSTEM,
        person=SYSTEM,
        role=Role.SYSTEM,
        command_id=uuid4(),
        received_at=datetime.now(UTC),
        origin=Origin.SYSTEM,
    )
    drafts = tuple(Draft(category=Category.SCHOOL, stream=s, version=None, event=e) for s, e in events)
    place.here.store.append(Append(stamp=stamp, body_sha256=bytes(32), answer="{}", drafts=drafts))


def signed_in(place: Place, login: str):
    browser = place.browser()
    assert sign_in(browser, login).status_code == 302
    return browser


def address(place: Place) -> str:
    return f"/class/{place.people.klass}/contacts/{place.people.kalyana}"


def kept(place: Place, person: UUID) -> dict[str, str]:
    with place.here.pool.connection() as connection:
        return contacts.of(connection, place.school, [person]).get(person, {})


def facts(place: Place) -> list[object]:
    stream = place.people.kalyana
    entries = place.here.store.load(place.school, streams=[stream]).streams[stream]
    return [e.event for e in entries if isinstance(e.event, ContactsChanged | ContactsVerified)]


def test_the_class_teacher_writes_a_phone_and_the_ledger_learns_only_that(place):
    browser, mother = signed_in(place, "sokolova"), place.people.mother
    typed = {"phone": " +7 924  123-45-67 ", "email": "kalyana@example.ru"}
    assert send(browser, address(place), about=str(mother), **typed).status_code == 302
    assert kept(place, mother) == {
        "phone": "+7 924 123-45-67",
        "email": "kalyana@example.ru",
    }
    assert facts(place) == [ContactsChanged(about=mother, fields=("phone", "email"))]
    page = browser.get(f"/class/{place.people.klass}/contacts").text
    assert "+7 924 123-45-67" in page
    assert "Каляна Анна Сергеевна" in page


def test_what_did_not_change_is_no_entry_and_an_emptied_field_is_forgotten(place):
    browser, pupil = signed_in(place, "sokolova"), place.people.kalyana
    first = {"about": str(pupil), "birth_date": "2013-03-14", "phone": "89241234567"}
    send(browser, address(place), **first)
    send(browser, address(place), **first)
    send(browser, address(place), about=str(pupil), birth_date="2013-03-14")
    assert kept(place, pupil) == {"birth_date": "2013-03-14"}
    assert [fact.fields for fact in facts(place)] == [("birth_date", "phone"), ("phone",)]
    assert "14.03.2013" in browser.get(f"/class/{place.people.klass}/contacts").text


def test_a_wrong_value_is_refused_in_a_sentence_and_stays_typed(place):
    browser, pupil = signed_in(place, "sokolova"), place.people.kalyana
    answer = send(browser, address(place), about=str(pupil), phone="нет телефона")
    assert answer.status_code == 422
    assert "Телефон пишут цифрами" in answer.text
    assert "нет телефона" in answer.text
    assert (kept(place, pupil), facts(place)) == ({}, [])


def test_a_stranger_to_the_child_is_no_one_to_write_about(place):
    browser = signed_in(place, "sokolova")
    assert (
        send(browser, address(place), about=str(place.people.nosov), phone="89241234567").status_code == 400
    )
    assert kept(place, place.people.nosov) == {}


def test_a_page_of_the_past_has_the_list_and_no_contacts(place):
    """Whoever was in the class then may be in another's today: ?at= is no way to that one's phone."""
    browser, mother = signed_in(place, "sokolova"), place.people.mother
    send(browser, address(place), about=str(mother), phone="89241234567")
    page = f"/class/{place.people.klass}/contacts"
    assert "89241234567" in browser.get(page).text
    place.clock.pass_(timedelta(minutes=2))
    then = browser.get(page, query_string={"at": datetime.now(UTC).isoformat()})
    assert then.status_code == 200
    assert "Каляна Анна Сергеевна" in then.text
    assert "89241234567" not in then.text


def test_whoever_moved_is_with_the_contacts_of_the_new_class_only(place):
    browser, pupil = signed_in(place, "sokolova"), place.people.kalyana
    send(browser, address(place), about=str(pupil), phone="89241234567")
    today, other, before = datetime.now(UTC).date(), uuid4(), datetime.now(UTC)
    _append(
        place,
        (other, ClassFormed(year=2026, title="7Б", grade=7, level="ООО")),
        (pupil, PupilMoved(class_id=other, first=today - timedelta(days=2), order=None)),
    )
    place.here.runner.catch_up(place.school, patience=30)
    place.clock.pass_(timedelta(minutes=2))
    page = f"/class/{place.people.klass}/contacts"
    now, then = (browser.get(page, query_string=at).text for at in ({}, {"at": before.isoformat()}))
    assert ("Каляна Мария" in now, "Каляна Мария" in then) == (False, True)
    assert ("89241234567" in now, "89241234567" in then) == (False, False)


def test_verified_is_said_once_a_year(place):
    browser, pupil = signed_in(place, "sokolova"), place.people.kalyana
    page = f"/class/{place.people.klass}/contacts"
    assert "Не проверено" in browser.get(page).text
    for _ in range(2):
        verified = f"{page}/verified"
        assert send(browser, verified, page=page, pupil=str(pupil)).status_code == 302
    assert facts(place) == [ContactsVerified(year=2026)]
    assert "Не проверено" not in browser.get(page).text


def test_the_administrator_sees_contacts_and_no_attendance_and_a_mother_neither(place):
    klass = place.people.klass
    admin, mother = signed_in(place, "nosov"), signed_in(place, "mother")
    assert admin.get(f"/class/{klass}/contacts").status_code == 200
    assert admin.get(f"/class/{klass}").status_code == 403
    assert admin.get("/absences").status_code == 403
    for page in (f"/class/{klass}", f"/class/{klass}/contacts", address(place), f"/class/{klass}/absences"):
        assert mother.get(page).status_code == 403
    assert mother.get(f"/absences/{place.people.kalyana}").status_code == 404


def test_every_look_at_contacts_is_kept(place):
    signed_in(place, "sokolova").get(f"/class/{place.people.klass}/contacts")
    with place.here.pool.connection() as connection:
        account = connection.execute(
            "SELECT account_id FROM access.accounts WHERE login = 'sokolova'"
        ).fetchone()[0]
        span = {"first": datetime(2020, 1, 1, tzinfo=UTC), "last": datetime(2090, 1, 1, tzinfo=UTC)}
        views = views_log.of_account(connection, place.school, account, **span)
    assert ("contacts", place.people.klass) in {(view.page, view.class_id) for view in views}


def test_erased_contacts_are_gone(place):
    browser, pupil = signed_in(place, "sokolova"), place.people.kalyana
    send(browser, address(place), about=str(pupil), phone="89241234567")
    with place.here.pool.connection() as connection:
        contacts.erase(connection, place.school, pupil)
    assert kept(place, pupil) == {}


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("birth_date", "2013-03-14", "2013-03-14"),
        ("birth_date", "2026-09-09", "2026-09-09"),
        ("birth_date", "2026-09-10", None),
        ("birth_date", "1899-12-31", None),
        ("birth_date", "14 марта", None),
        ("phone", "8 (924) 123-45-67", "8 (924) 123-45-67"),
        ("home_phone", "2-15-44", "2-15-44"),
        ("home_phone", "2154", None),
        ("phone", "+7924123456789012", None),
        ("email", "мама@почта.рф", "мама@почта.рф"),
        ("email", "мама", None),
        ("email", "a b@c.ru", None),
        ("address", "  ", ""),
        ("address", "ул.\u202eНабережная", None),
        ("address", "д" * 301, None),
    ],
)
def test_a_value_is_what_its_kind_says(kind, text, value):
    if value is None:
        with pytest.raises(Refusal) as refused:
            checked(kind, text, TODAY)
        assert refused.value.sentence
    else:
        assert checked(kind, text, TODAY) == value


@pytest.mark.parametrize(
    ("by", "command", "code"),
    [
        ("Соколова", ChangeContacts(pupil=MARIYA, about=MARIYA, fields=("phone",)), "not-allowed"),
        ("Громова", ChangeContacts(pupil=MARIYA, about=named("Ким"), fields=("phone",)), "no-guardian"),
        ("Громова", ChangeContacts(pupil=MARIYA, about=MARIYA, fields=("паспорт",)), "contact-kind"),
        ("Носов", ChangeContacts(pupil=named("никто"), about=MARIYA, fields=("phone",)), "no-pupil"),
        ("Носов", VerifyContacts(pupils=(named("никто"),)), "no-pupil"),
        ("Громова", VerifyContacts(pupils=(named("Эттувги Роман"),)), "not-allowed"),
    ],
)
def test_contacts_are_kept_by_the_class_teacher_and_the_administrator(by, command, code):
    story = Story()
    with pytest.raises(Refusal) as refused:
        story.do(by, "2026-09-10 12:00", command)
    assert refused.value.code == code


def test_contacts_are_checked_within_the_study_year():
    story = Story()
    story.do("Громова", "2026-09-01 00:00", VerifyContacts(pupils=(MARIYA, MARIYA)))
    assert story.house.schools.current(SCHOOL_ID).pupils[MARIYA].verified == 2026
    assert story.entries(MARIYA)[-1].event == ContactsVerified(year=2026)
    with pytest.raises(Refusal) as refused:
        story.do("Громова", "2027-05-29 00:00", VerifyContacts(pupils=(MARIYA,)))
    assert refused.value.code == "no-year"
