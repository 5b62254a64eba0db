"""AT-19 as the wizard shows it: what was done with Соколова's access, what comes back, the journals as they would be.

UstBelaya 10.3, 10.4; K-20, K-23; R-173…R-187."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from commands import history
from commands.accounts import BlockAccount, IssueCredential, UnblockAccount
from commands.acts import AppointCommission, DrawUpAct
from commands.by_order import OrderNamed
from commands.compromise import ConfirmNotice, ReportCompromise
from exports import act as act_form
from exports.act_paper import Words
from exports.act_paper import paper as paper_of
from ledger.appending import Append
from ledger.entry import Category, Draft, Entry
from ledger.events.lessons import LessonHeld
from ledger.events.marks import MarkGiven
from ledger.regulation import in_force
from ledger.sessions import SessionRow
from ledger.timetable import Lesson
from ledger.views_log import View
from ledger.void_selection import Selection
from projections import incident_card, incident_page
from projections.incident_card import clocks
from projections.incident_operations import Operation, around
from projections.incident_page import AT_ONCE, IncidentPage, grouped, groups, page, part
from projections.incident_preview import Changed
from projections.incident_signs import MANY, bursts, signs
from tests.acceptance.test_at_19_compromise import (
    ACCOUNT,
    DARIA,
    ILIA,
    INCIDENT,
    LESSON,
    MARIA,
    MEMBERS,
    STOLEN,
    Theft,
)
from tests.projections.pouring import KEY_OF, Paper, caught_up
from tests.story import Story
from tests.world import SCHOOL_ID, at, named, stamp


def local(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-18 {text}")


def stolen() -> Theft:
    story = Theft()
    story.mark("09:40", MARIA, "3")
    story.mark("10:30", ILIA, "5")
    story.mark("10:58", DARIA, "5")
    story.mark("11:04", MARIA, "5")
    story.reported()
    story.received("Носов", "10:55")
    story.received("Орлова", "11:02")
    return story


def selection(story: Theft) -> Selection:
    school = story.house.schools.current(SCHOOL_ID)
    adopted = in_force(school, at("2026-11-18 12:00").date())
    assert adopted is not None
    return history.selection(story.incident(), school, adopted[1], story.store, now=story.clock)


def shown(paper: Paper, story: Theft, when: str = "2026-11-18 13:05") -> IncidentPage:
    paper.pour(story.store)
    paper.name_pupils()
    caught_up(paper)
    with paper.reading(when) as reading:
        return page(reading, paper.store, INCIDENT, selection(story), KEY_OF)


@pytest.fixture
def seen(paper: Paper) -> IncidentPage:
    return shown(paper, stolen())


@pytest.mark.case("AT-19")
def test_the_times_are_kept_apart_and_the_notice_was_in_time(seen: IncidentPage) -> None:
    card = seen.card
    times = (card.detected_at, card.reported_at, card.support_at, card.director_at, card.registered_at)
    assert times == tuple(map(local, ("10:20", "10:50", "10:55", "11:02", "11:05")))
    assert card.blocked_at == local("11:06")
    assert (card.notice_minutes, card.notice_late) == (30, 0), "30 minutes of the 60 of P-60"
    assert card.void_from == local("10:55"), "the first receipt (P-61)"
    assert card.text == "вошли с чужого телефона"


@pytest.mark.case("E-16")
def test_an_access_closed_by_hand_before_the_report_was_registered_is_closed_since_then(paper: Paper) -> None:
    story = Theft()
    story.do("Носов", "2026-11-18 10:56", BlockAccount(account=ACCOUNT, reason="compromise"))
    story.reported()
    story.received("Носов", "10:55")
    assert shown(paper, story).card.blocked_at == local("10:56")


def test_the_card_says_since_when_the_access_is_open_again(paper: Paper) -> None:
    story = stolen()
    new = IssueCredential(account=ACCOUNT, credential=uuid5(ACCOUNT, "new"))
    story.do("Носов", "2026-11-18 12:00", new)
    story.do("Носов", "2026-11-18 12:01", UnblockAccount(account=ACCOUNT, reason="compromise"))
    assert shown(paper, story, "2026-11-18 11:50").card.opened_at is None
    with paper.reading("2026-11-18 13:05") as reading:
        assert incident_card.listed(reading, KEY_OF).incidents[0].opened_at == local("12:01")


@pytest.mark.case("AT-19")
def test_what_came_after_the_receipt_is_void_with_what_comes_back_and_what_came_before_is_suspicious(
    seen: IncidentPage,
) -> None:
    void = [(each.line.pupil, each.line.value, each.before, each.after) for each in seen.done.void]
    assert void == [(DARIA, "5", "", ""), (MARIA, "5", "3", "3")]
    assert [(each.line.pupil, each.line.value) for each in seen.done.suspicious] == [(ILIA, "5")]
    assert {each.line.class_title for each in seen.done.void} == {"7А"}
    assert seen.done.cascade == seen.done.contested == seen.tainted == ()


@pytest.mark.case("AT-19")
def test_the_preview_shows_only_the_cells_that_would_differ(seen: IncidentPage) -> None:
    (only,) = seen.pages
    assert (only.class_title, only.subject) == ("7А", "Алгебра")
    cells = {row.pupil: row.cells for row in only.pupils}
    assert cells == {
        DARIA: (Changed(before="5", after=""),),
        MARIA: (Changed(before="5", after="3"),),
    }
    assert only.lessons == ()


@pytest.mark.case("AT-19")
def test_the_page_reads_the_same_after_the_act_as_before_it(paper: Paper, seen: IncidentPage) -> None:
    story = stolen()
    story.act()
    paper.pour(story.store)
    caught_up(paper)
    with paper.reading("2026-11-18 13:35") as reading:
        after = page(reading, paper.store, INCIDENT, selection(story), KEY_OF)
    before = [(each.line.position, each.before, each.after) for each in seen.done.void]
    assert [(each.line.position, each.before, each.after) for each in after.done.void] == before
    assert after.pages == seen.pages
    assert {each.line.fate for each in after.done.void} == {"voided"}
    assert after.card.status == "voided"
    (act,) = after.card.acts
    assert (act.number, act.status, act.entries, act.unsigned) == ("1", "in_force", 2, ())


def words_of(found: IncidentPage) -> Words:
    return Words(
        school="Школа",
        zone=ZoneInfo("Asia/Anadyr"),
        names=dict.fromkeys(found.people, "Имя"),
        posts={},
        event=str,
        delay=lambda seconds: f"на {seconds // 60} мин",
        login="sokolova",
        address="letopis",
    )


@pytest.mark.case("E-16")
@pytest.mark.parametrize(
    ("received", "reported", "late"), [("10:55", "10:55", "нет"), ("11:50", "11:50", "на 30 мин")]
)
def test_the_act_says_no_report_after_its_own_receipt_and_how_late_it_was(
    received: str, reported: str, late: str, paper: Paper
) -> None:
    """Found out at 10:20, registered at 11:50; when it was told is left to «now»."""
    story = Theft()
    report = ReportCompromise(incident=INCIDENT, account=ACCOUNT, detected_at=local("10:20"))
    story.do("Кеулькут", "2026-11-18 11:50", report)
    heard = ConfirmNotice(incident=INCIDENT, account=ACCOUNT, received_at=local(received))
    story.do("Носов", "2026-11-18 11:50", heard)
    story.act()
    found = shown(paper, story, "2026-11-18 14:00")
    (act,) = found.card.acts
    text = PdfReader(BytesIO(act_form.pdf(paper_of(found, act, words_of(found))))).pages[0].extract_text()
    assert f"Сообщено: 18.11.2026 {reported}" in text
    assert f"Опоздание с сообщением: {late}" in text


@pytest.mark.case("E-18")
def test_an_act_that_annuls_another_prints_what_counts_again(paper: Paper) -> None:
    story = stolen()
    story.act()
    (first,) = story.incident().acts
    annulling = DrawUpAct(incident=INCIDENT, number="2", date=local("15:00").date(), annuls=first)
    story.do("Носов", "2026-11-18 15:00", annulling)
    found = shown(paper, story, "2026-11-18 15:05")
    words = words_of(found)
    annulled, second = found.card.acts
    assert (annulled.status, second.status) == ("in_force", "draft")
    pages = [
        each.extract_text() for each in PdfReader(BytesIO(act_form.pdf(paper_of(found, second, words)))).pages
    ]
    assert "Акт № 1 составлен ошибочно" in pages[0]
    assert "Вновь действительны записи: 2" in pages[0]
    assert "вновь действительны" in pages[1]
    final = paper_of(found, annulled, words)
    assert final.signatures == ("подписано в журнале 18.11.2026 13:20",) * 3
    assert act_form.pdf(final) == act_form.pdf(final), "the same paper, the same bytes"


def test_a_draft_names_whose_signature_is_wanted(paper: Paper) -> None:
    story = stolen()
    order = OrderNamed(number="150", on=local("13:00").date())
    story.do(
        "Орлова",
        local("13:00").isoformat(" "),
        AppointCommission(incident=INCIDENT, members=MEMBERS, order=order),
    )
    story.do(
        "Носов", "2026-11-18 13:01", DrawUpAct(incident=INCIDENT, number="1", date=local("13:00").date())
    )
    card = shown(paper, story).card
    assert card.draft is not None
    assert card.draft.unsigned == MEMBERS


def test_entries_are_read_by_page_by_pupil_and_by_command(seen: IncidentPage) -> None:
    sizes = {
        by: sorted(len(own) for own in grouped(seen.done.void, by).values()) for by in incident_page.GROUPS
    }
    assert sizes == {"journal": [2], "pupil": [1, 1], "command": [2]}


def test_of_ten_thousand_entries_a_hundred_stand_on_a_page_and_every_one_on_some(seen: IncidentPage) -> None:
    first = seen.done.void[0]
    many = [
        replace(first, command=uuid5(SCHOOL_ID, str(n)), whom=(DARIA, ILIA, MARIA)[n % 3])
        for n in range(10_000)
    ]
    shown: list[Operation] = []
    for pupil in map(str, (DARIA, ILIA, MARIA)):
        start: int | None = 0
        while start is not None:
            own = next(each for each in groups(many, "pupil", pupil, start) if each.key == pupil)
            assert 0 < len(own.shown) <= AT_ONCE
            assert own.before == (None if start == 0 else start - AT_ONCE)
            shown += own.shown
            start = own.after
    assert len(shown) == len(many)
    assert {each.command for each in shown} == {each.command for each in many}
    overview = groups(many, "pupil")
    assert [(each.count, len(each.shown)) for each in overview] == [(3334, 100), (3333, 0), (3333, 0)]
    assert [len(each.shown) for each in groups(many[:100], "pupil")] == [34, 33, 33], "few are shown at once"


def test_a_start_beyond_the_list_is_its_beginning(seen: IncidentPage) -> None:
    own = part("void", seen.done.void, 10_000)
    assert own is not None
    assert (own.start, own.shown, own.after) == (0, seen.done.void, None)
    assert part("void", ()) is None


def test_the_incident_of_a_moment_before_it_was_reported_is_not_there(
    paper: Paper, seen: IncidentPage
) -> None:
    with paper.reading("2026-11-18 11:04") as reading:
        assert incident_card.listed(reading, KEY_OF).incidents == ()
    with paper.reading("2026-11-18 11:05") as reading:
        (card,) = incident_card.listed(reading, KEY_OF).incidents
    assert card.status == "reported"


def test_the_clocks_of_the_law_run_from_the_first_receipt_and_are_over_after_their_last_second() -> None:
    day, three = clocks(local("10:55"), local("10:55") + timedelta(hours=24))
    assert (day.hours, three.hours) == (24, 72)
    assert not day.over
    late, _ = clocks(local("10:55"), local("10:55") + timedelta(hours=24, seconds=1))
    assert late.over


def session(address: str, first: str, last: str) -> SessionRow:
    return SessionRow(
        session_id=uuid5(SCHOOL_ID, address + first),
        created_at=at(f"2026-11-18 {first}"),
        last_seen=at(f"2026-11-18 {last}"),
        idle_locked_at=None,
        ended_at=None,
        end_reason=None,
        ip=address,
        user_agent="Firefox",
    )


def entries(*times: str) -> list[Entry]:
    story = Theft()
    (one, *_) = story.entries(ACCOUNT)
    return [replace(one, stamp=replace(one.stamp, received_at=at(f"2026-11-18 {each}"))) for each in times]


def test_two_places_at_once_are_seen_and_one_after_the_other_are_not() -> None:
    school = Story().house.schools.current(SCHOOL_ID)
    first, then = session("10.0.0.1", "10:00", "10:30"), session("81.1.1.1", "10:29", "10:40")
    assert signs(school, (), (first, then), (), ()).twice
    later = session("81.1.1.1", "10:30", "10:40")
    assert not signs(school, (), (first, later), (), ()).twice


def test_the_night_is_from_ten_to_six_by_the_schools_clock() -> None:
    school = Story().house.schools.current(SCHOOL_ID)
    assert signs(school, entries("05:59", "06:00", "21:59", "22:00"), (), (), ()).night == 2


def test_a_mass_change_is_so_many_entries_within_ten_minutes() -> None:
    every = [local("10:00") + timedelta(seconds=30 * n) for n in range(MANY)]
    (burst,) = bursts(every)
    assert burst.count == MANY
    assert list(bursts(every[1:])) == []


def test_what_was_viewed_is_counted_by_page_and_pupil() -> None:
    school = Story().house.schools.current(SCHOOL_ID)
    view = View(
        at=datetime(2026, 11, 18, tzinfo=UTC),
        account_id=ACCOUNT,
        session_id=None,
        credential_id=None,
        ip="10.0.0.1",
        page="diary",
        pupil_id=MARIA,
    )
    found = signs(school, (), (), (view, view, replace(view, page="journal", pupil_id=None)), ())
    assert [(each.page, each.count, each.pupils) for each in found.looked] == [
        ("diary", 2, 1),
        ("journal", 1, 0),
    ]
    assert found.pupils == (MARIA,)


def test_a_value_between_two_void_ones_is_what_stood_before_the_later_and_never_what_comes_back() -> None:
    story = stolen()
    every = story.entries(LESSON.id)
    void = {entry.position for entry in selection(story).void}
    places = around(every, void, void, (), KEY_OF)
    assert list(places.values()) == [("", ""), ("3", "3")]


LESSONS, OF_EACH = 20, 25


def five_hundred(paper: Paper, story: Theft) -> None:
    """Marks written with the stolen credential on twenty lessons, each over an honest one."""
    planned = story.house.schools.current(SCHOOL_ID).timetable.by_journal[named("7А Алгебра")]
    lessons = [lesson for lesson in planned if lesson.id != LESSON.id][:LESSONS]
    pupils = [uuid5(SCHOOL_ID, f"pupil {n}") for n in range(OF_EACH)]
    honest = stamp("Соколова", "2026-11-18 09:00")
    for made, value in ((honest, 3), (replace(honest, account=ACCOUNT, credential=STOLEN), 5)):
        marks = [
            draft(lesson.id, MarkGiven(work=lesson.id, pupil=pupil, value=(value,)))
            for lesson in lessons
            for pupil in pupils
        ]
        opened = [draft(lesson.id, held(lesson)) for lesson in lessons] if made is honest else []
        id = uuid5(SCHOOL_ID, f"five hundred {value}")
        now = replace(made, received_at=datetime.now(UTC), command_id=id)
        paper.store.append(Append(stamp=now, body_sha256=bytes(32), answer="{}", drafts=(*opened, *marks)))


def draft(lesson: UUID, event: object) -> Draft:
    return Draft(category=Category.LESSON, stream=lesson, version=None, event=event)


def held(lesson: Lesson) -> LessonHeld:
    return LessonHeld(
        slot=lesson.slot,
        journal=lesson.journal,
        date=lesson.date,
        number=lesson.number,
        starts=lesson.starts.time(),
        ends=lesson.ends.time(),
        answer_due=lesson.ends,
        tzdb="2026a",
    )


def test_the_preview_shows_all_of_five_hundred_operations(paper: Paper) -> None:
    story = stolen()
    paper.pour(story.store)
    five_hundred(paper, story)
    caught_up(paper)
    with paper.reading(None) as reading:
        found = history.selection(
            incident_card.incident(reading, INCIDENT),
            reading.school,
            reading.regulation(),
            paper.store,
            now=reading.as_of.instant,
        )
        whole = page(reading, paper.store, INCIDENT, found, KEY_OF)
    assert len(whole.done.void) >= 500
    changed = [cell for each in whole.pages for row in each.pupils for cell in row.cells if cell is not None]
    assert changed.count(Changed(before="5", after="3")) == 500 + 1, "and the one of the story, of 11:04"
