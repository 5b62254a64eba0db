"""A school's files as commands: what is new becomes entries, the same files twice none."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import time

import pytest

from commands.deciding import Refusal
from commands.files.csv_bundle import read_bundle
from commands.files.csv_rows import SchoolBundle, SchoolClass
from commands.founding import AdoptRegulation, FoundSchool, OpenJournal
from commands.importing import ids
from commands.importing.leftovers import leftovers
from commands.importing.school import ImportSchool, names_of
from ledger.entry import Origin, Role
from ledger.events.journals import WorkloadAssigned, WorkloadEnded
from ledger.events.roster import PupilDeparted, PupilGrouped, PupilMoved, PupilUngrouped
from ledger.events.timetable import SlotEnded, SlotScheduled
from tests.importing import DEMO, SCHOOL, Ground, day, demo_bundle
from tests.world import TOML

BUNDLE = demo_bundle()
MONDAY = "2026-10-12 15:00"


@pytest.fixture
def ground() -> Ground:
    made = Ground()
    made.found(BUNDLE)
    return made


def changed(ground: Ground, bundle: SchoolBundle, when: str = MONDAY, **more: object) -> list[object]:
    """The events of importing `bundle` into a school that stands."""
    head = ground.head()
    ground.do(ImportSchool(bundle=bundle, **more), when=when)  # type: ignore[arg-type]
    return [entry.event for entry in ground.entries(after=head)]


def klass(name: str):
    return ids.klass(SCHOOL, 2026, name)


def test_the_whole_bundle_is_one_append_and_says_it_was_imported(ground: Ground) -> None:
    entries = ground.entries()
    commands = Counter(entry.stamp.command_id for entry in entries)
    assert max(commands.values()) == len(entries) - 3  # founding, regulation, opening
    assert {entry.stamp.origin for entry in entries} == {Origin.IMPORT}
    assert {entry.stamp.role for entry in entries} == {Role.SYSTEM}


def test_the_school_is_as_its_files_say(ground: Ground) -> None:
    school = ground.school
    assert (len(school.classes), len(school.pupils), len(school.slots)) == (14, 251, 403)
    assert school.opened == {2026}
    gromova = ids.person(SCHOOL, "gromova")
    assert [k.title for k in school.classes_led(gromova, day("2026-10-12"))] == ["7А"]
    algebra = ids.journal(SCHOOL, 2026, klass("7А"), None, ids.subject(SCHOOL, "Алгебра"))
    lesson = next(each for each in school.timetable.by_journal[algebra] if each.date == day("2026-10-12"))
    assert (lesson.number, lesson.starts.time(), lesson.ends.time()) == (2, time(9, 25), time(10, 5))
    assert school.teaches(ids.person(SCHOOL, "sokolova"), algebra, day("2026-10-12"))
    assert school.roles_of(ids.person(SCHOOL, "efimova"), day("2026-10-12")) == {Role.DEPUTY, Role.TEACHER}
    assert len(names_of(BUNDLE, SCHOOL)) == 251 + 32 + len({row.id for row in BUNDLE.guardians})


def test_the_same_files_twice_change_nothing(ground: Ground) -> None:
    assert changed(ground, BUNDLE) == []
    assert changed(ground, BUNDLE, "2027-02-01 10:00") == []
    assert leftovers(BUNDLE, ground.school) == ()


def test_unchanged_rows_keep_their_slots_and_a_changed_room_begins_a_new_one_tomorrow(ground: Ground) -> None:
    row = next(r for r in BUNDLE.timetable if (r.class_name, r.subject, r.weekday) == ("7А", "Алгебра", 3))
    moved = replace(row, room="31")
    timetable = tuple(moved if each is row else each for each in BUNDLE.timetable)
    before = {lesson.id for lesson in ground.school.timetable.lessons}
    ended, scheduled = changed(ground, replace(BUNDLE, timetable=timetable))
    assert ended == SlotEnded(last=day("2026-10-12"))
    assert isinstance(scheduled, SlotScheduled)
    assert (scheduled.first, scheduled.room) == (day("2026-10-13"), "31")
    after = ground.school.timetable.lessons
    assert {each.id for each in after if each.date <= day("2026-10-12")} <= before
    rooms = [each.room for each in after if each.journal == scheduled.journal and each.date.isoweekday() == 3]
    assert len(rooms) == len([d for d in ground.school.timetable.by_day if d.isoweekday() == 3])
    assert rooms[-1] == "31"
    assert changed(ground, replace(BUNDLE, timetable=timetable), "2026-11-02 10:00") == []


def test_a_row_that_is_gone_ends_and_what_was_taught_stays(ground: Ground) -> None:
    row = BUNDLE.timetable[0]
    count = len(ground.school.timetable.lessons)
    assert changed(ground, replace(BUNDLE, timetable=BUNDLE.timetable[1:])) == [
        SlotEnded(last=day("2026-10-12"))
    ]
    lessons = ground.school.timetable.lessons
    assert len(lessons) < count
    days = [each.date for each in lessons if each.date.isoweekday() == row.weekday]
    assert min(days) < day("2026-10-12")


def test_another_teacher_takes_over_from_the_day_named(ground: Ground) -> None:
    workload = tuple(
        replace(row, teacher="petrov") if (row.class_name, row.subject) == ("7А", "Алгебра") else row
        for row in BUNDLE.workload
    )
    ended, assigned = changed(ground, replace(BUNDLE, workload=workload), since=day("2026-10-19"))
    petrov = ids.person(SCHOOL, "petrov")
    assert ended == WorkloadEnded(teacher=ids.person(SCHOOL, "sokolova"), last=day("2026-10-18"))
    assert assigned == WorkloadAssigned(teacher=petrov, first=day("2026-10-19"), until=None, hours=300)


def test_changes_do_not_begin_in_the_past(ground: Ground) -> None:
    with pytest.raises(Refusal, match="не задним числом"):
        changed(ground, replace(BUNDLE, timetable=BUNDLE.timetable[1:]), since=day("2026-10-11"))


def test_a_pupil_in_another_class_has_moved_tomorrow(ground: Ground) -> None:
    pupil = next(row for row in BUNDLE.pupils if row.class_name == "7А")
    pupils = tuple(replace(row, class_name="8Б") if row is pupil else row for row in BUNDLE.pupils)
    bundle = replace(BUNDLE, pupils=pupils)
    assert changed(ground, bundle) == [PupilMoved(class_id=klass("8Б"), first=day("2026-10-13"), order=None)]
    assert changed(ground, bundle, "2026-12-01 10:00") == []


def test_a_pupil_who_departed_leaves_the_class_and_its_groups_and_is_told_once(ground: Ground) -> None:
    member = BUNDLE.group_members[0]
    pupils = tuple(
        replace(row, departed=day("2026-10-09"), departed_by="41-у") if row.id == member.pupil else row
        for row in BUNDLE.pupils
    )
    bundle = replace(BUNDLE, pupils=pupils)
    assert changed(ground, bundle) == [PupilDeparted(last=day("2026-10-09"), order="41-у")]
    gone = ground.school.pupils[ids.pupil(SCHOOL, member.pupil)]
    assert gone.class_on(day("2026-10-09")) is not None
    assert gone.class_on(day("2026-10-10")) is None
    assert {span.last for _, span in gone.groups} == {day("2026-10-09")}
    assert changed(ground, bundle) == []
    assert leftovers(bundle, ground.school) == ()
    assert any("днём выбытия" in said for said in leftovers(BUNDLE, ground.school))


def test_a_pupil_may_come_depart_and_be_in_a_group_in_one_file(ground: Ground) -> None:
    row = next(r for r in BUNDLE.pupils if r.id == BUNDLE.group_members[0].pupil)
    brief = replace(row, id="brief", enrolled=day("2026-09-07"), departed=day("2026-10-09"))
    member = replace(BUNDLE.group_members[0], pupil="brief", first=day("2026-09-14"))
    bundle = replace(BUNDLE, pupils=(*BUNDLE.pupils, brief), group_members=(*BUNDLE.group_members, member))
    assert changed(ground, bundle)
    pupil = ground.school.pupils[ids.pupil(SCHOOL, "brief")]
    assert [(s.first, s.last) for _, s in pupil.classes] == [(day("2026-09-07"), day("2026-10-09"))]
    assert [(s.first, s.last) for _, s in pupil.groups] == [(day("2026-09-14"), day("2026-10-09"))]
    assert changed(ground, bundle) == []


def test_a_place_in_a_group_ends_when_the_file_says_and_may_begin_again(ground: Ground) -> None:
    row = BUNDLE.group_members[0]

    def until(last: str | None) -> SchoolBundle:
        ended = replace(row, last=day(last) if last else None)
        return replace(BUNDLE, group_members=(ended, *BUNDLE.group_members[1:]))

    ended = changed(ground, until("2026-10-16"))
    group = ids.group(SCHOOL, klass(row.class_name), row.group)
    assert ended == [PupilUngrouped(group=group, last=day("2026-10-16"))]
    assert changed(ground, until("2026-10-16")) == []
    assert leftovers(until("2026-10-16"), ground.school) == ()
    again = changed(ground, until(None), "2026-11-16 15:00")
    assert again == [PupilGrouped(group=group, first=day("2026-11-17"), until=None)]


def test_the_end_a_file_sets_is_the_end_of_every_later_stretch_in_the_group_too(ground: Ground) -> None:
    """Out from 17 October, in again from 17 November; the file now says that the place ended in October."""
    row = BUNDLE.group_members[0]
    group, pupil = ids.group(SCHOOL, klass(row.class_name), row.group), ids.pupil(SCHOOL, row.pupil)
    ending = replace(BUNDLE, group_members=(replace(row, last=day("2026-10-16")), *BUNDLE.group_members[1:]))
    changed(ground, ending)
    changed(ground, BUNDLE, "2026-11-16 15:00")
    assert changed(ground, ending, "2026-11-20 15:00") == [
        PupilUngrouped(group=group, last=day("2026-11-16"))
    ]
    lasts = [span.last for place, span in ground.school.pupils[pupil].groups if place == group]
    assert lasts == [day("2026-10-16")]
    assert changed(ground, ending, "2026-11-20 16:00") == []


def test_pupils_the_files_no_longer_name_stay_and_are_told(ground: Ground) -> None:
    bundle = replace(BUNDLE, pupils=BUNDLE.pupils[1:], holidays=BUNDLE.holidays[1:])
    gone = BUNDLE.pupils[0].id
    bundle = replace(bundle, guardians=tuple(row for row in BUNDLE.guardians if row.pupil != gone))
    assert changed(ground, bundle) == []
    told = leftovers(bundle, ground.school)
    assert len(told) == 2
    assert "учеников нет в наборе, а в школе есть: 1" in told[0]


def test_moved_holidays_are_the_same_holidays(ground: Ground) -> None:
    autumn = next(row for row in BUNDLE.holidays if row.title == "Осенние каникулы")
    later = replace(autumn, last=day("2026-12-01"))
    holidays = tuple(later if row is autumn else row for row in BUNDLE.holidays)
    assert len(changed(ground, replace(BUNDLE, holidays=holidays))) == 1
    assert day("2026-12-01") not in ground.school.timetable.by_day
    assert len(ground.school.holidays) == len(BUNDLE.holidays)


def test_other_bells_ring_from_tomorrow_and_the_past_keeps_its_times(ground: Ground) -> None:
    bells = tuple(
        replace(row, end=time(9, 15)) if (row.schedule, row.number) == ("Основное", 1) else row
        for row in BUNDLE.bells
    )
    changed(ground, replace(BUNDLE, bells=bells))
    school = ground.school
    first = [each for each in school.timetable.lessons if each.number == 1]
    seventh = [each for each in first if school.klass_of(each.journal).title == "7А"]
    assert {each.ends.time() for each in seventh if each.date <= day("2026-10-12")} == {time(9, 10)}
    assert {each.ends.time() for each in seventh if each.date > day("2026-10-12")} == {time(9, 15)}


def test_a_guardian_with_the_code_and_name_of_a_member_of_staff_is_that_person(ground: Ground) -> None:
    kim = next(row for row in BUNDLE.staff if row.id == "kim")
    row = replace(
        BUNDLE.guardians[0],
        id="kim",
        last_name=kim.last_name,
        first_name=kim.first_name,
        middle_name=kim.middle_name,
    )
    namesake = replace(row, id="petrov")
    changed(ground, replace(BUNDLE, guardians=(*BUNDLE.guardians, row, namesake)))
    guardians = ground.school.pupils[ids.pupil(SCHOOL, row.pupil)].guardians
    assert ids.person(SCHOOL, "kim") in guardians
    assert ids.guardian(SCHOOL, "petrov") in guardians  # another name: another person


def test_an_import_does_not_move_the_school_to_another_zone(ground: Ground) -> None:
    with pytest.raises(Refusal, match="Часовой пояс"):
        changed(ground, replace(BUNDLE, school=replace(BUNDLE.school, zone="Europe/Moscow")))


def test_a_refused_folder_yields_no_bundle_to_import() -> None:
    files = {path.name: path.read_bytes() for path in DEMO.glob("*.csv")}
    files["pupils.csv"] = files["pupils.csv"].replace("7А".encode(), "7Я".encode(), 1)
    reading = read_bundle(files)
    assert reading.value is None
    assert (reading.problems[0].file, reading.problems[0].column) == ("pupils.csv", "class")


def test_a_thousand_pupils_and_forty_classes_are_imported_whole() -> None:
    """Thirty more classes of 25 like 7А, with its lessons."""
    names = [f"{7 + n % 3}{letter}" for n, letter in enumerate("ВГДЕЖЗИКЛМНПРСТУФХЦЧШЩЭЮЯQWRUV")]
    like = [row for row in BUNDLE.timetable if row.class_name == "7А" and not row.group]
    work = [row for row in BUNDLE.workload if row.class_name == "7А" and not row.group]
    pupil = BUNDLE.pupils[0]
    bundle = replace(
        BUNDLE,
        classes=BUNDLE.classes
        + tuple(SchoolClass(line=1, name=name, grade=int(name[0]), level="ООО") for name in names),
        pupils=BUNDLE.pupils
        + tuple(replace(pupil, id=f"{name}-{n}", class_name=name) for name in names for n in range(25)),
        workload=BUNDLE.workload + tuple(replace(row, class_name=name) for name in names for row in work),
        timetable=BUNDLE.timetable + tuple(replace(row, class_name=name) for name in names for row in like),
    )
    assert len(bundle.pupils) > 1_000
    ground = Ground()
    ground.found(bundle)
    assert len(ground.school.timetable.lessons) > 25_000


def test_a_school_is_founded_once_and_its_regulation_is_sound() -> None:
    ground = Ground()
    with pytest.raises(Refusal, match="ещё не основана"):
        ground.do(ImportSchool(bundle=BUNDLE))
    ground.do(FoundSchool(title="Школа", zone="Asia/Anadyr"))
    with pytest.raises(Refusal, match="уже основана"):
        ground.do(FoundSchool(title="Школа", zone="Asia/Anadyr"))
    with pytest.raises(Refusal):
        ground.do(AdoptRegulation(title="Порядок", toml="title = 1", in_force=day("2026-09-01")))
    with pytest.raises(Refusal, match="сначала загрузите"):
        ground.do(OpenJournal(year=2026))


def test_only_the_first_regulation_may_be_in_force_from_an_earlier_day(ground: Ground) -> None:
    late = Ground()
    late.do(FoundSchool(title="Школа", zone="Asia/Anadyr"), when=MONDAY)
    late.do(AdoptRegulation(title="Порядок", toml=TOML, in_force=day("2026-09-01")), when=MONDAY)
    with pytest.raises(Refusal, match="с сегодняшнего дня"):
        ground.do(AdoptRegulation(title="Порядок 2", toml=TOML, in_force=day("2026-10-11")), when=MONDAY)
    ground.do(AdoptRegulation(title="Порядок 2", toml=TOML, in_force=day("2026-10-12")), when=MONDAY)
    assert len(ground.school.regulations) == 2
