"""What an import would do to days gone by, and to what somebody has arranged, is named before it is applied."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from commands.extra_lessons import ScheduleExtraLesson
from commands.files.csv_rows import Holiday, SchoolBundle
from commands.handle import Asking, rehearse
from commands.importing import ids
from commands.importing.school import ImportSchool, names_of
from commands.single_lessons import MoveLesson
from commands.substitutions import RecordSubstitutions, SubstitutionItem
from ledger.entry import Origin
from ledger.substitutes import taken_at
from ledger.timetable import Lesson
from projections import import_preview
from projections.import_touches import touches
from tests.importing import SCHOOL, Ground, at, day, demo_bundle

BUNDLE = demo_bundle()
NAMES = names_of(BUNDLE, SCHOOL)
MONDAY = "2026-10-12 15:00"
KEULKUT = ids.person(SCHOOL, "keulkut")
TEACHERS = tuple(ids.person(SCHOOL, code) for code in ("kim", "sokolova", "lebedeva", "rybakova", "fomina"))


@pytest.fixture
def ground() -> Ground:
    made = Ground()
    made.found(BUNDLE)
    return made


def touched(ground: Ground, bundle: SchoolBundle, when: str = MONDAY) -> dict[str, tuple[str, ...]]:
    """Kind → its lines, of the preview of `bundle`."""
    asking = Asking(
        school=SCHOOL,
        account=KEULKUT,
        person=ids.person(SCHOOL, "nosov"),
        command_id=SCHOOL,
        received_at=at(when),
        origin=Origin.IMPORT,
        body_sha256=bytes(32),
    )
    drafts, school = rehearse(ImportSchool(bundle=bundle), asking, ground.house)
    then = import_preview.after(school, drafts, ground.entries()[-1].stamp)
    found = touches(school, then, drafts, NAMES, school.local(at(when)))
    assert all(group.count == len(group.lines) for group in found)
    return {group.event: group.lines for group in found}


def physics(ground: Ground, on: str) -> Lesson:
    page = ids.journal(SCHOOL, 2026, ids.klass(SCHOOL, 2026, "7А"), None, ids.subject(SCHOOL, "Физика"))
    return next(each for each in ground.school.timetable.by_journal[page] if each.date == day(on))


def in_another_room(lesson: Lesson) -> SchoolBundle:
    """The bundle with the place of that lesson changed: it would be another lesson."""

    def meant(row: object) -> bool:
        return (row.class_name, row.subject, row.weekday) == ("7А", "Физика", lesson.date.isoweekday())  # type: ignore[attr-defined]

    rows = tuple(replace(row, room="актовый зал") if meant(row) else row for row in BUNDLE.timetable)
    assert rows != BUNDLE.timetable
    return replace(BUNDLE, timetable=rows)


def test_a_substitution_whose_lesson_would_be_no_more_is_named_with_its_teachers(ground: Ground) -> None:
    lesson = physics(ground, "2026-10-14")
    free = next(each for each in TEACHERS if taken_at(each, lesson, ground.school) is None)
    item = SubstitutionItem(lesson=lesson.id, substitute=free, manner="same_subject")
    command = RecordSubstitutions(items=(item,), confirmed=True)
    ground.do(command, when=MONDAY, person=KEULKUT, origin=Origin.UI)
    found = touched(ground, in_another_room(lesson))
    assert found["SubstitutionLost"] == (
        f"7А Физика · 14.10.2026, {lesson.number}-й урок · Петров О. А. → {NAMES[free].short}",
    )
    assert touched(ground, BUNDLE) == {}


def test_a_move_whose_lesson_would_be_no_more_is_named(ground: Ground) -> None:
    lesson = physics(ground, "2026-10-14")
    move = MoveLesson(lesson=lesson.id, on=day("2026-10-23"), number=9, starts=time(16, 0), ends=time(16, 40))
    ground.do(move, when=MONDAY, person=KEULKUT, origin=Origin.UI)
    (line,) = touched(ground, in_another_room(lesson))["ChangeLost"]
    assert line == f"7А Физика · 14.10.2026, {lesson.number}-й урок · Петров О. А. · перенесён на 23.10.2026"


def test_an_extra_lesson_that_would_stand_in_new_holidays_is_named(ground: Ground) -> None:
    extra = ScheduleExtraLesson(
        journal=physics(ground, "2026-10-14").journal,
        on=day("2026-10-23"),
        number=9,
        starts=time(16, 0),
        ends=time(16, 40),
    )
    ground.do(extra, when=MONDAY, person=KEULKUT, origin=Origin.UI)
    storm = Holiday(line=99, title="Пурга", first=day("2026-10-23"), last=day("2026-10-23"))
    found = touched(ground, replace(BUNDLE, holidays=(*BUNDLE.holidays, storm)))
    assert found["ExtraOnHoliday"] == ("7А Физика · 23.10.2026, 9-й урок · Петров О. А.",)


def test_a_period_shows_its_days_before_and_after(ground: Ground) -> None:
    row = next(each for each in BUNDLE.periods if each.level == "ООО" and each.title == "II триместр")
    periods = tuple(replace(each, last=day("2027-02-26")) if each is row else each for each in BUNDLE.periods)
    (line,) = touched(ground, replace(BUNDLE, periods=periods))["ReportingPeriodDefined"]
    assert line == "II триместр (ООО): 30.11.2026 – 19.02.2027 → 30.11.2026 – 26.02.2027"


def enrolled(on: str) -> SchoolBundle:
    """The bundle with one more pupil of 7А."""
    row = next(each for each in BUNDLE.pupils if each.class_name == "7А")
    new = replace(row, id="p999", last_name="Новенький", enrolled=day(on))
    return replace(BUNDLE, pupils=(*BUNDLE.pupils, new))


def test_a_pupil_enrolled_on_a_day_of_lessons_held_is_named_and_one_of_tomorrow_is_not(
    ground: Ground,
) -> None:
    (line,) = touched(ground, enrolled("2026-10-12"))["PupilEnrolled"]
    assert "с 12.10.2026" in line
    assert touched(ground, enrolled("2026-10-13")) == {}


def test_a_first_import_touches_nothing() -> None:
    made = Ground()
    made.found(replace(BUNDLE, timetable=()), opened=False)
    assert touched(made, BUNDLE) == {}
