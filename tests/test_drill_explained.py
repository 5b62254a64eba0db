"""The drill of tests/test_drill.py after its Act: the 51 marks are explained wherever somebody reads of them — in the
annex, in the history of each cell, in the diaries of the eight families and of no other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from exports import act as act_form
from exports.act_paper import Words
from exports.act_paper import paper as paper_of
from projections import diary, incident_page, trail
from projections.diary_voids import DiaryVoid
from tests.databases import Database, copy_of
from tests.projections.pouring import KEY_OF, Paper, caught_up, paper_over
from tests.test_drill import CHANGED, EIGHT, Month, lived, marks
from tests.world import PUPILS, named
from web.embedded import Server

SATURDAY, AFTER, WEEK = "2026-11-14 12:00", "2026-11-14 13:00", date(2026, 11, 9)
ACT = "Акт № 1 от 14.11.2026"


@pytest.fixture(scope="module")
def month() -> Month:
    found = lived()
    found.story.act(found.incident, SATURDAY, by="Тынетегина")
    return found


@pytest.fixture(scope="module")
def paper(server: Server, template: Database, month: Month) -> Iterator[Paper]:
    with copy_of(server, template.name) as database, paper_over(database.app_dsn) as found:
        found.pour(month.story.store)
        caught_up(found)
        yield found


def test_the_annex_of_the_act_names_all_51_marks_and_the_eight(month: Month, paper: Paper) -> None:
    found = month.story.selection(month.incident)
    with paper.reading(AFTER) as reading:
        page = incident_page.page(reading, paper.store, month.incident, found, KEY_OF)
    (act,) = page.card.acts
    names = {named(pupil): pupil for pupil in EIGHT}
    words = Words(
        school="Школа",
        zone=ZoneInfo("Asia/Anadyr"),
        names=dict.fromkeys(page.people, "Имя") | names,
        posts={},
        event=str,
        delay=str,
        login="nosov",
        address="letopis",
    )
    printed = paper_of(page, act, words)
    assert printed.pupils == tuple(sorted(EIGHT))
    lines = {each.position: each for each in printed.void}
    for entry in marks(found.void):
        line = lines[entry.position]
        honest = month.honest[entry.stream, names[entry.event.pupil]]
        assert (line.whom, line.value, line.now) == (names[entry.event.pupil], "5", str(honest))
    _, *annex = (each.extract_text() for each in PdfReader(BytesIO(act_form.pdf(printed))).pages)
    assert sum(text.count("mark-given") for text in annex) == CHANGED


def test_the_history_of_each_cell_says_the_number_of_the_act(month: Month, paper: Paper) -> None:
    for lesson, pupil in month.stolen:
        with paper.reading(AFTER) as reading:
            page = trail.cell(reading, paper.store, lesson, lesson, named(pupil), KEY_OF)
        told = sorted((line.value, line.fate, line.act_title) for line in page.lines)
        assert told == [(str(month.honest[lesson, pupil]), "stands", ""), ("5", "voided", ACT)]


def test_the_eight_families_read_what_was_taken_away_and_what_stands_and_no_other_family_does(
    month: Month, paper: Paper
) -> None:
    everybody = {*EIGHT, *(pupil for each in PUPILS.values() for pupil in each)}
    told = {pupil: _counter_notice(paper, named(pupil)) for pupil in everybody}
    assert {pupil for pupil, voids in told.items() if voids} == set(EIGHT)
    assert {str(each.act) for voids in told.values() for each in voids} == {ACT}
    assert {
        (each.place.lesson, pupil): (each.was, each.now) for pupil, voids in told.items() for each in voids
    } == {place: ("5", str(month.honest[place])) for place in month.stolen}


def _counter_notice(paper: Paper, pupil: UUID) -> tuple[DiaryVoid, ...]:
    """In the diary of the week the Act was made in."""
    with paper.reading(AFTER) as reading:
        return diary.week(reading, pupil, WEEK, KEY_OF).voids
