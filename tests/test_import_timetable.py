"""An aSc timetable as commands, read from a small file in the format schools export."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from commands.deciding import Refusal
from commands.files.asc import read_asc, read_asc_file
from commands.files.asc_rows import AscTimetable
from commands.files.csv_rows import SchoolBundle
from commands.importing import ids
from commands.importing.timetable import ImportTimetable, names_of
from ledger.events.journals import SubjectAdded
from ledger.events.timetable import SlotEnded, SlotScheduled
from ledger.people import Name
from ledger.school import Journal
from tests.importing import SCHOOL, Ground, day, demo_bundle

XML = """<?xml version="1.0" encoding="UTF-8"?>
<timetable ascttversion="2008" importtype="database" displayname="aSc Timetables 2008 XML">
<days><day name="Понедельник" short="Пн" day="0"/><day name="Вторник" short="Вт" day="1"/></days>
<periods><period period="1" starttime="8:30" endtime="9:15"/>
<period period="2" starttime="9:25" endtime="10:10"/>
<period period="3" starttime="10:30" endtime="11:15"/></periods>
<teachers><teacher id="*1" name="Соколова  Ирина Викторовна" short="Соколова И.В."/>
<teacher id="*2" name="Петров О.А." short="Петров О.А."/>
<teacher id="*3" name="Громова Елена Павловна" short="Громова Е.П."/></teachers>
<classes><class id="*1" name="7-А" short="7-А"/><class id="*2" name="8-Б" short="8-Б"/>
<class id="*3" name="К инд" short="К инд"/></classes>
<subjects><subject id="*1" name="Алгебра" short="Алг"/><subject id="*2" name="Фiзика" short="Физ"/>
<subject id="*3" name="Английский язык" short="Англ"/></subjects>
<classrooms><classroom id="*1" name="12"/></classrooms>
<groups><group id="*1" name="1 группа" classid="*1" entireclass="0" divisiontag="1"/>
<group id="*2" name="2 группа" classid="*1" entireclass="0" divisiontag="1"/></groups>
<lessons>
<lesson id="*1" classids="*1" groupids="" subjectid="*1" teacherids="*1" periodspercard="1" weeks="1"/>
<lesson id="*2" classids="*1,*2" groupids="" subjectid="*2" teacherids="*2" periodspercard="2" weeks="1"/>
<lesson id="*3" classids="*1" groupids="*1,*2" subjectid="*3" teacherids="*3,*1"
 periodspercard="1" weeks="1"/>
<lesson id="*4" classids="*2" groupids="" subjectid="*1" teacherids="*1" periodspercard="1" weeks="10"/>
<lesson id="*5" classids="*3" groupids="" subjectid="*1" teacherids="*1" periodspercard="1" weeks="1"/>
</lessons>
<cards>
<card lessonid="*1" day="0" period="1" classroomids="*1"/>
<card lessonid="*2" day="0" period="2" classroomids=""/>
<card lessonid="*3" day="1" period="1" classroomids=""/>
<card lessonid="*4" day="1" period="2" classroomids=""/>
<card lessonid="*5" day="1" period="3" classroomids=""/>
</cards>
</timetable>"""


def timetable(xml: str = XML) -> AscTimetable:
    reading = read_asc("расписание.xml", xml.encode())
    assert reading.value is not None, reading.problems
    return reading.value


def bare(bundle: SchoolBundle) -> SchoolBundle:
    """The school without what the timetable brings: lessons, subjects, bells, groups."""
    none: tuple[()] = ()
    return replace(
        bundle,
        timetable=none,
        workload=none,
        subjects=none,
        bells=none,
        bell_days=none,
        groups=none,
        group_members=none,
    )


BUNDLE = bare(demo_bundle())
STAFF: Mapping[UUID, Name] = {
    ids.person(SCHOOL, row.id): Name(last=row.last_name, first=row.first_name, middle=row.middle_name)
    for row in BUNDLE.staff
}


def command(xml: str = XML, **more: object) -> ImportTimetable:
    return ImportTimetable(timetable=timetable(xml), staff=STAFF, year=2026, **more)  # type: ignore[arg-type]


@pytest.fixture
def ground() -> Ground:
    made = Ground()
    made.found(BUNDLE)
    return made


@pytest.fixture
def laid(ground: Ground) -> Ground:
    ground.do(command(create=True))
    return ground


def pages(ground: Ground) -> Counter[tuple[str, str, str, str]]:
    """(class, group, subject, teacher's surname) of every page with lessons, and how many a week it has."""
    school = ground.school

    def named(journal: Journal) -> tuple[str, str, str, str]:
        group = school.groups[journal.group].title if journal.group else ""
        teachers = ", ".join(STAFF[teacher].last for teacher, _ in journal.teachers)
        return school.classes[journal.class_id].title, group, school.subjects[journal.subject].title, teachers

    return Counter(named(school.journals[slot.journal]) for slot in school.slots.values())


def test_without_create_everything_unknown_is_named_and_nothing_is_applied(ground: Ground) -> None:
    head = ground.head()
    with pytest.raises(Refusal) as refused:
        ground.do(command())
    assert "предметы: Алгебра (строка 12), Фiзика (строка 12), Английский язык" in str(refused.value)
    assert "группы: 1 группа, 2 группа" in str(refused.value)
    assert "учителя" not in str(refused.value)  # «Петров О.А.» is found by his initials
    assert ground.head() == head


def test_halves_joint_and_double_lessons_are_pages_of_their_own(laid: Ground) -> None:
    assert pages(laid) == {
        ("7А", "", "Алгебра", "Соколова"): 1,
        ("7А", "", "Фiзика", "Петров"): 2,
        ("8Б", "", "Фiзика", "Петров"): 2,
        ("7А", "1 группа", "Английский язык", "Громова"): 1,
        ("7А", "2 группа", "Английский язык", "Соколова"): 1,
        ("8Б", "", "Алгебра", "Соколова"): 1,
    }


def test_classes_taught_together_are_one_hour_until_the_file_parts_them(laid: Ground) -> None:
    def together() -> list[set[str]]:
        school = laid.school
        joint: dict[UUID | None, set[str]] = {}
        for slot in school.slots.values():
            if slot.last > day("2026-12-01"):
                title = school.classes[school.journals[slot.journal].class_id].title
                joint.setdefault(slot.joint, set()).add(title)
        return [titles for joint_id, titles in joint.items() if joint_id is not None and len(titles) > 1]

    assert together() == [{"7А", "8Б"}, {"7А", "8Б"}]  # physics, a double lesson
    parted = XML.replace('<lesson id="*2" classids="*1,*2"', '<lesson id="*2" classids="*1"')
    laid.do(command(parted), when="2026-10-12 15:00")
    assert together() == []


def test_dates_come_from_the_schools_year_and_holidays_and_times_from_the_files_bells(laid: Ground) -> None:
    school = laid.school
    lessons = [each for each in school.timetable.lessons if each.room == "12"]
    assert (lessons[0].date, lessons[-1].date) == (day("2026-09-07"), day("2027-05-24"))
    assert f"{lessons[0].starts:%H:%M}–{lessons[0].ends:%H:%M}" == "08:30–09:15"
    assert not {each.date for each in lessons} & {day("2026-11-23"), day("2027-03-08")}


def test_alternate_weeks_are_counted_from_the_first_week_of_the_year(laid: Ground) -> None:
    school = laid.school
    algebra = ids.journal(SCHOOL, 2026, ids.klass(SCHOOL, 2026, "8Б"), None, ids.subject(SCHOOL, "Алгебра"))
    dates = [each.date for each in school.timetable.by_journal[algebra]][:3]
    assert dates == [day("2026-09-01"), day("2026-09-15"), day("2026-09-29")]


def test_pupils_taught_at_home_are_no_class(laid: Ground) -> None:
    assert "К инд" not in {each.title for each in laid.school.classes.values()}


def test_the_same_file_twice_changes_nothing(laid: Ground) -> None:
    head = laid.head()
    laid.do(command(), when="2026-08-27 12:00")
    laid.do(command(), when="2026-11-16 12:00")
    assert laid.head() == head


def test_a_moved_lesson_ends_today_and_begins_on_its_new_place(laid: Ground) -> None:
    head = laid.head()
    moved = XML.replace('<card lessonid="*1" day="0" period="1"', '<card lessonid="*1" day="1" period="3"')
    laid.do(command(moved, first=day("2026-10-19")), when="2026-10-12 15:00")
    events = [entry.event for entry in laid.entries(after=head)]
    assert events[0] == SlotEnded(last=day("2026-10-18"))
    scheduled = events[1]
    assert isinstance(scheduled, SlotScheduled)
    assert (scheduled.weekday, scheduled.number, scheduled.first) == (2, 3, day("2026-10-19"))
    assert len(events) == 2


def test_another_teacher_in_the_file_takes_the_page_over(laid: Ground) -> None:
    other = XML.replace(
        '<lesson id="*1" classids="*1" groupids="" subjectid="*1" teacherids="*1"',
        '<lesson id="*1" classids="*1" groupids="" subjectid="*1" teacherids="*3"',
    )
    laid.do(command(other), when="2026-10-12 15:00")
    school = laid.school
    page = ids.journal(SCHOOL, 2026, ids.klass(SCHOOL, 2026, "7А"), None, ids.subject(SCHOOL, "Алгебра"))
    sokolova, gromova = (ids.person(SCHOOL, code) for code in ("sokolova", "gromova"))
    assert school.teaches(sokolova, page, day("2026-10-12"))
    assert not school.teaches(sokolova, page, day("2026-10-13"))
    assert school.teaches(gromova, page, day("2026-10-13"))


def test_an_unknown_teacher_is_created_with_a_role_and_a_name(ground: Ground) -> None:
    given = command(XML.replace("Петров О.А.", "Рультувги Анна Ивановна"), create=True)
    named = names_of(given, ground.school)
    ground.do(given)
    assert list(named.values()) == [Name(last="Рультувги", first="Анна", middle="Ивановна")]
    (person,) = named
    assert ground.school.roles_of(person, day("2026-09-01")) == {"teacher"}


def test_a_name_that_two_people_have_is_not_guessed(ground: Ground) -> None:
    twin = Name(last="Петров", first="Остап", middle="Андреевич")
    given = replace(command(create=True), staff={**STAFF, ids.person(SCHOOL, "twin"): twin})
    with pytest.raises(Refusal, match=r"одинаковые имена: Петров О\.А\."):
        ground.do(given)


def test_a_lesson_without_a_bell_is_refused(ground: Ground) -> None:
    silent = XML.replace(' starttime="10:30" endtime="11:15"', "")
    with pytest.raises(Refusal, match=r"Нет звонка: понедельник, урок 3 \(7А, 8Б\)\. Дополните"):
        ground.do(command(silent, create=True))


def test_first_and_last_names_in_any_order_are_one_person(ground: Ground) -> None:
    """aSc 2012 has them in two fields, which schools fill either way."""
    swapped = XML.replace("Соколова  Ирина Викторовна", "Ирина Соколова").replace("Соколова И.В.", "ИС")
    assert names_of(command(swapped, create=True), ground.school) == {}


def test_a_first_and_last_name_of_two_people_are_not_guessed(ground: Ground) -> None:
    swapped = XML.replace("Соколова  Ирина Викторовна", "Ирина Соколова").replace("Соколова И.В.", "ИС")
    twin = Name(last="Соколова", first="Ирина", middle="Петровна")
    given = replace(command(swapped, create=True), staff={**STAFF, ids.person(SCHOOL, "twin"): twin})
    with pytest.raises(Refusal, match="одинаковые имена: Ирина Соколова"):
        ground.do(given)


def test_one_subject_under_two_ids_is_added_once(ground: Ground) -> None:
    twice = XML.replace('name="Фiзика" short="Физ"', 'name="алгебра" short="Алг"')
    head = ground.head()
    ground.do(command(twice, create=True))
    added = [e.event for e in ground.entries(after=head) if isinstance(e.event, SubjectAdded)]
    assert [event.title for event in added] == ["Алгебра", "Английский язык"]


def test_a_real_2012_file_is_imported_whole_and_a_second_time_changes_nothing(ground: Ground) -> None:
    path = Path(__file__).resolve().parents[2] / "shared" / "data" / "asc" / "pl_asctt2html_sample.xml"
    if not path.exists():
        pytest.skip("the folder of real files is not beside this repository")
    table = read_asc_file(path).value
    assert table is not None
    given = ImportTimetable(timetable=table, staff=STAFF, year=2026, create=True)
    with pytest.raises(Refusal, match="неизвестны учителя"):
        ground.do(replace(given, create=False))
    people = names_of(given, ground.school)
    ground.do(given)
    school = ground.school
    titles = {each.title for each in school.classes.values()}
    assert {"1b", "2", "3", "4", "5b", "6b", "7", "8"} <= titles  # 1a, 5a, 6a are this school's 1А, 5А, 6А
    assert not {"Basen", "Zaj. dod", "Zaj. dod.", "Kinga Bielak"} & titles
    stand = [
        max(1, sum(g.class_id == c.id for g in s.groups))  # each group has a page of its own
        for s in table.slots
        for c in s.classes
        if c.grade is not None
    ]
    assert sum(stand) == len(school.slots) == 312
    head = ground.head()
    again = replace(given, staff={**STAFF, **people}, create=False)
    ground.do(again, when="2026-08-27 12:00")
    assert ground.head() == head
