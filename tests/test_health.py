"""Exemptions from physical education and health groups (R-074, P-94, E-07)."""

from __future__ import annotations

from datetime import date

import pytest

from commands.attendance import NoteAbsence, TakeAttendance
from commands.deciding import Refusal
from commands.health import EndExemption, GrantExemption, SetHealthGroup
from ledger.personal import unseal
from ledger.school import Pupil
from tests.story import KEY, Story
from tests.world import SCHOOL_ID, given_lesson, named

PAVEL, EXEMPTION = named("Тынетегин Павел"), named("справка")
FIRST, UNTIL = date(2026, 10, 5), date(2026, 10, 30)


def granted(until: date = UNTIL, confirmed: bool = False) -> GrantExemption:
    return GrantExemption(
        pupil=PAVEL,
        exemption=EXEMPTION,
        first=FIRST,
        until=until,
        document="справка № 12",
        confirmed=confirmed,
    )


def known(story: Story) -> Pupil:
    return story.house.schools.current(SCHOOL_ID).pupils[PAVEL]


def refused(story: Story, when: str, command: object, by: str = "Громова") -> Refusal:
    with pytest.raises(Refusal) as said:
        story.do(by, when, command)
    return said.value


def absent(story: Story, on: str, when: str, page: str = "7А Физкультура") -> None:
    """Ким notes «н» on his page (Лебедева on hers)."""
    lesson = given_lesson(page, on)
    by = "Ким" if page == "7А Физкультура" else "Лебедева"
    story.do(by, when, NoteAbsence(lesson=lesson.id, pupil=PAVEL))


def test_an_exemption_has_both_its_ends_and_a_document_only_the_key_reads() -> None:
    story = Story()
    story.do("Громова", "2026-10-05 09:00", granted())
    held = [on for on in (4, 5, 30, 31) if known(story).exempt(date(2026, 10, on))]
    assert held == [5, 30]
    document = known(story).exemptions[0].document
    assert document is not None
    assert "справка" not in repr(document)
    assert unseal(document, lambda person: KEY) == "справка № 12"


def test_the_first_and_the_last_exempt_day_have_no_absence_and_the_days_beside_them_have() -> None:
    story = Story()
    story.do("Громова", "2026-10-05 09:00", granted(until=date(2026, 10, 14)))
    lessons = {on: given_lesson("7А Физкультура", on).starts for on in ("2026-10-05", "2026-10-14")}
    for on, starts in lessons.items():
        lesson = given_lesson("7А Физкультура", on)
        said = refused(story, f"{starts}", NoteAbsence(lesson=lesson.id, pupil=PAVEL), by="Ким")
        assert said.code == "P-94"
        assert "14.10.2026" in said.sentence
    absent(story, "2026-10-19", "2026-10-19 12:25")


def test_other_lessons_of_an_exempt_pupil_have_absences() -> None:
    story = Story()
    story.do("Громова", "2026-10-05 09:00", granted())
    absent(story, "2026-10-12", "2026-10-12 10:30", page="7А Русский язык")


def test_whoever_is_not_exempt_is_absent_as_ever() -> None:
    story = Story()
    story.do("Громова", "2026-10-05 09:00", granted())
    lesson = given_lesson("7А Физкультура", "2026-10-14")
    story.do("Ким", "2026-10-14 12:25", TakeAttendance(lesson=lesson.id, absent=(named("Ященко Ольга"),)))
    assert set(story.sheet(lesson).absences) == {named("Ященко Ольга")}


def test_an_exempt_pupil_is_neutral_in_the_counts_of_physical_education() -> None:
    story = Story()
    story.do("Громова", "2026-10-05 09:00", granted())
    school = story.house.schools.current(SCHOOL_ID)
    liable = {on: school.liable(PAVEL, named("7А Физкультура"), date(2026, 10, on)) for on in (2, 5, 30, 31)}
    assert liable == {2: True, 5: False, 30: False, 31: True}
    assert school.liable(PAVEL, named("7А Русский язык"), date(2026, 10, 14))


@pytest.mark.case("E-07")
def test_a_certificate_brought_afterwards_asks_about_the_absences_it_covers_and_takes_none_away() -> None:
    story = Story()
    absent(story, "2026-10-07", "2026-10-07 12:25")
    lesson = given_lesson("7А Физкультура", "2026-10-07")
    asked = refused(story, "2026-10-12 09:00", granted())
    assert (asked.mode, asked.sentence.split("\n")[1:]) == ("confirm", ["07.10.2026 Физкультура: «н»"])
    story.do("Громова", "2026-10-12 09:01", granted(confirmed=True))
    assert PAVEL in story.sheet(lesson).absences


@pytest.mark.case("E-07")
def test_an_exemption_revoked_early_makes_absences_possible_for_later_lessons_only() -> None:
    story = Story()
    story.do("Громова", "2026-10-05 09:00", granted())
    past = EndExemption(pupil=PAVEL, exemption=EXEMPTION, last=date(2026, 10, 13))
    assert refused(story, "2026-10-14 15:00", past).code == "exemption-past"
    today = EndExemption(pupil=PAVEL, exemption=EXEMPTION, last=date(2026, 10, 14))
    story.do("Громова", "2026-10-14 15:00", today)
    lesson = given_lesson("7А Физкультура", "2026-10-14")
    said = refused(story, "2026-10-14 15:01", NoteAbsence(lesson=lesson.id, pupil=PAVEL), by="Ким")
    assert said.code == "P-94"
    absent(story, "2026-10-19", "2026-10-19 12:25")


def test_an_exemption_is_not_made_longer_by_ending_it() -> None:
    story = Story()
    story.do("Громова", "2026-10-05 09:00", granted())
    longer = EndExemption(pupil=PAVEL, exemption=EXEMPTION, last=date(2026, 10, 31))
    assert refused(story, "2026-10-14 15:00", longer).code == "exemption-days"
    none = EndExemption(pupil=PAVEL, exemption=named("другая"), last=UNTIL)
    assert refused(story, "2026-10-14 15:00", none).code == "exemption-exists"


def test_an_exemption_needs_a_document_and_days_in_order() -> None:
    story = Story()
    backwards = granted(until=date(2026, 10, 4))
    assert refused(story, "2026-10-05 09:00", backwards).code == "dates-in-order"
    bare = GrantExemption(pupil=PAVEL, exemption=EXEMPTION, first=FIRST, until=UNTIL, document="  ")
    assert refused(story, "2026-10-05 09:00", bare).code == "document"
    assert refused(story, "2026-10-05 09:00", granted(), by="Ким").code == "not-allowed"
    assert refused(story, "2026-10-05 09:00", granted(), by="Носов").code == "not-allowed"


def test_a_health_group_holds_from_its_day() -> None:
    story = Story()
    special = SetHealthGroup(pupil=PAVEL, group="special", first=date(2026, 10, 12))
    story.do("Дьячкова", "2026-10-12 09:00", special)
    groups = [known(story).health_group(date(2026, 10, on)) for on in (11, 12)]
    assert groups == ["main", "special"]
    assert story.do("Дьячкова", "2026-10-12 09:01", special).first is None
    odd = SetHealthGroup(pupil=PAVEL, group="чемпион", first=date(2026, 10, 12))
    assert refused(story, "2026-10-12 09:02", odd).code == "health-group"
