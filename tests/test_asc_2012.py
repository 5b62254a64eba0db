"""aSc Timetables XML, the 2012 variant: each trap of real files in a small one, and a real one whole."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.files.asc import halves, read_asc, read_asc_file
from commands.files.asc_rows import AscTimetable
from commands.files.reading import Reading

REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "asc" / "pl_asctt2html_sample.xml"

SMALL = """<?xml version="1.0" encoding="windows-1251"?>
<timetable ascttversion="2020.11.4" displayname="aSc Timetables 2012 XML">
<periods><period name="0" short="0" period="1" starttime="7:40" endtime="8:20"/>
<period name="1" short="1" period="2" starttime="8:30" endtime="9:10"/>
<period name="2" short="2" period="3" starttime="9:25" endtime="10:05"/></periods>
<daysdefs><daysdef id="D0" name="Любой день" days="10000,01000,00100,00010,00001"/>
<daysdef id="D1" name="Понедельник" days="10000"/><daysdef id="D2" name="Вторник" days="01000"/></daysdefs>
<weeksdefs><weeksdef id="W0" name="Все" weeks="11"/><weeksdef id="W1" name="Неделя А" weeks="10"/>
<weeksdef id="W2" name="Любая" weeks="10,01"/></weeksdefs>
<termsdefs><termsdef id="T0" name="Весь год" terms="11"/><termsdef id="T1" name="1-е" terms="10"/></termsdefs>
<subjects><subject id="S1" name="Алгебра"/><subject id="S2" name="Английский язык"/>
<subject id="S3" name="Шахматы"/></subjects>
<teachers>
<teacher id="P1" firstname="Ирина Викторовна" lastname="Соколова" name="Ирина Викторовна Соколова" short="СИ"/>
<teacher id="P2" firstname="Громова" lastname="Елена Павловна" name="Громова Елена Павловна" short="ГЕ"/>
<teacher id="P3" firstname="Олег" lastname="Петров" name="Олег Петров" short="ПО"/></teachers>
<classrooms><classroom id="R1" name="12"/><classroom id="R2" name="14"/></classrooms>
<classes><class id="C1" name="7А" teacherid="P1"/><class id="C2" name="7А." grade=""/>
<class id="C3" name="Женя Кеулькут"/></classes>
<groups><group id="G0" classid="C1" name="Весь класс" entireclass="1"/>
<group id="G1" classid="C1" name="1 группа" entireclass="0" divisiontag="1"/>
<group id="G2" classid="C1" name="2 группа" entireclass="0" divisiontag="1"/></groups>
<lessons>
<lesson id="L1" subjectid="S1" classids="C1" groupids="G0" teacherids="P1" classroomids="R1,R2"
 periodspercard="1" periodsperweek="3.0" weeksdefid="W0" termsdefid="T0" daysdefid="D0"/>
<lesson id="L2" subjectid="S2" classids="" groupids="G1,G2" teacherids="P2,P3" classroomids=""
 periodspercard="1" periodsperweek="0.5" weeksdefid="W1" termsdefid="T0" daysdefid="D0"/>
<lesson id="L3" subjectid="S3" classids="" groupids="" teacherids="P3" classroomids="R1"
 periodspercard="1" periodsperweek="2.0" weeksdefid="W0" termsdefid="T0" daysdefid="D0"/>
</lessons>
<cards>
<card lessonid="L1" period="1" days="10000" weeks="11" terms="11" classroomids="R1"/>
<card lessonid="L1" period="2" days="01000" weeks="11" terms="11" classroomids=""/>
<card lessonid="L2" period="3" days="10000" weeks="" terms="" classroomids=""/>
</cards></timetable>
"""


def read(text: str = SMALL) -> Reading[AscTimetable]:
    return read_asc("t.xml", text.encode("cp1251"))


def taken(text: str = SMALL) -> AscTimetable:
    reading = read(text)
    assert reading.value is not None, reading.problems
    return reading.value


def changed(old: str, new: str) -> str:
    assert old in SMALL
    return SMALL.replace(old, new, 1)


def said(reading: Reading[AscTimetable]) -> list[tuple[int, str, str]]:
    return [(notice.line, notice.column, notice.reason) for notice in reading.notices]


def line_of(text: str) -> int:
    return SMALL[: SMALL.index(text)].count("\n") + 1


def test_bits_are_days_and_a_zero_lesson_is_called_zero() -> None:
    table = taken()
    placed = [(s.lesson, s.weekday, s.number, s.week) for s in table.slots]
    assert placed == [("L1", 1, 0, "all"), ("L1", 2, 1, "all"), ("L2", 1, 2, "odd")]
    assert [p.number for p in table.periods] == [0, 1, 2]
    assert table.days == ("Понедельник", "Вторник")
    assert any("по названиям звонков (0–2)" in reason for _, _, reason in said(read()))


def test_periods_with_other_names_keep_their_codes() -> None:
    table = taken(SMALL.replace('period name="0"', 'period name="Линейка"'))
    assert [p.number for p in table.periods] == [1, 2, 3]


def test_allowed_rooms_of_a_lesson_are_no_room_of_its_card() -> None:
    assert [[room.name for room in slot.rooms] for slot in taken().slots] == [["12"], [], []]


def test_surnames_come_first_and_a_patronymic_shows_swapped_fields() -> None:
    names = [teacher.name for teacher in taken().teachers]
    assert names == ["Соколова Ирина Викторовна", "Громова Елена Павловна", "Петров Олег"]
    notices = said(read())
    line = line_of('<teacher id="P2"')
    assert (line, "lastname", "имя и фамилия переставлены: взято «Громова Елена Павловна»") in notices
    assert any(
        "отчества нет у 1 учителей, фамилии взяты из lastname, например «Петров»" in reason
        for _, _, reason in notices
    )


def test_a_surname_that_looks_like_a_patronymic_stays_a_surname() -> None:
    table = taken(changed('lastname="Петров"', 'lastname="Павлович"'))
    assert table.teachers[2].name == "Павлович Олег"


def test_groups_name_the_class_where_the_lesson_does_not_and_teachers_are_halves() -> None:
    slot = next(each for each in taken().slots if each.lesson == "L2")
    assert [each.name for each in slot.classes] == ["7А"]
    parts = [(half.groups[0].name, half.teachers[0].name) for half in halves(slot)]
    assert parts == [("1 группа", "Громова Елена Павловна"), ("2 группа", "Петров Олег")]


def test_pupils_as_classes_and_lessons_without_a_class_are_said() -> None:
    reasons = [reason for _, _, reason in said(read())]
    assert any("«Женя Кеулькут» не похоже на класс" in reason for reason in reasons)
    assert any("«Шахматы» без класса" in reason for reason in reasons)


def test_classes_that_differ_by_a_dot_are_two_and_said() -> None:
    assert [each.name for each in taken().classes if each.grade] == ["7А", "7А."]
    dotted = [line for line, _, reason in said(read()) if "только точкой" in reason]
    assert dotted == [line_of('<class id="C2"')]


def test_hours_without_a_card_are_said() -> None:
    reasons = [reason for _, _, reason in said(read())]
    assert "урок «Алгебра»: поставлено часов в неделю 2 из 3.0" in reasons
    placed = changed('periodsperweek="3.0"', 'periodsperweek="2.0"')
    assert not any("поставлено часов" in reason for _, _, reason in said(read(placed)))
    unplaced = changed('period="1" days="10000"', 'period="" days=""')
    assert "урок «Алгебра»: поставлено часов в неделю 1 из 3.0" in [r for _, _, r in said(read(unplaced))]
    assert len(taken(unplaced).slots) == 2


@pytest.mark.parametrize(
    ("bits", "week"), [("1", "all"), ("1111", "all"), ("10", "odd"), ("01", "even"), ("0101", "even")]
)
def test_weeks_a_journal_can_say_are_taken(bits: str, week: str) -> None:
    assert taken(changed('weeks="11" terms', f'weeks="{bits}" terms')).slots[0].week == week


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ('weeks="11" terms="11"', 'weeks="1000" terms="11"', "weeks"),
        ('weeks="11" terms="11"', 'weeks="10,01" terms="11"', "weeks"),
        ('weeks="11" terms="11"', 'weeks="11" terms="10"', "terms"),
    ],
)
def test_what_a_journals_week_cannot_say_is_listed_and_the_rest_taken(
    old: str, new: str, column: str
) -> None:
    text = changed(old, new)
    notice = next(n for n in read(text).notices if n.column == column)
    assert notice.line == line_of('<card lessonid="L1" period="1"')
    assert "урок «Алгебра»" in notice.reason
    assert "пропущен" in notice.reason
    assert [slot.lesson for slot in taken(text).slots] == ["L1", "L2"]


def test_terms_of_the_lesson_count_where_the_card_is_silent() -> None:
    half = SMALL.replace('weeksdefid="W1" termsdefid="T0"', 'weeksdefid="W1" termsdefid="T1"')
    assert {slot.lesson for slot in taken(half).slots} == {"L1"}
    assert any(n.column == "terms" and "«10»" in n.reason for n in read(half).notices)


def test_a_part_of_the_year_is_taken_when_it_is_chosen() -> None:
    text = changed('weeks="11" terms="11"', 'weeks="11" terms="01"').encode("cp1251")
    first, second, third = (read_asc("t.xml", text, term) for term in (1, 2, 3))
    assert first.value is not None
    assert second.value is not None
    assert [(s.lesson, s.weekday) for s in first.value.slots] == [("L1", 2), ("L2", 1)]
    assert [(s.lesson, s.weekday) for s in second.value.slots] == [("L1", 1), ("L1", 2), ("L2", 1)]
    assert "карточек других частей года, чем 1-я: 1, не взяты" in [n.reason for n in first.notices]
    assert [(p.line, p.reason) for p in third.problems] == [(2, "частей года в файле 2, а выбрана 3-я")]


def test_several_days_of_one_card_are_several_lessons() -> None:
    table = taken(changed('days="01000" weeks', 'days="01100" weeks'))
    assert [slot.weekday for slot in table.slots if slot.lesson == "L1"] == [1, 2, 3]


@pytest.mark.parametrize(
    ("old", "new", "at", "column"),
    [
        ('days="01000" weeks', 'days="12000" weeks', '<card lessonid="L1" period="2"', "days"),
        ('days="01000" weeks', 'days="01000000" weeks', '<card lessonid="L1" period="2"', "days"),
        ('weeks="11" terms="11"', 'weeks="x" terms="11"', '<card lessonid="L1" period="1"', "weeks"),
        ('weeksdefid="W1"', 'weeksdefid="W9"', '<lesson id="L2"', "weeksdefid"),
        ('period="2" days', 'period="9" days', '<card lessonid="L1" period="2"', "period"),
        ('card lessonid="L2"', 'card lessonid="L9"', '<card lessonid="L2"', "lessonid"),
    ],
)
def test_what_is_broken_is_refused_by_line(old: str, new: str, at: str, column: str) -> None:
    reading = read(changed(old, new))
    assert reading.value is None
    assert (line_of(at), column) in {(problem.line, problem.column) for problem in reading.problems}


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(SMALL.encode("cp1251"))), st.binary(max_size=6))
def test_no_damage_makes_the_reader_raise(at: int, junk: bytes) -> None:
    whole = SMALL.encode("cp1251")
    reading = read_asc("t.xml", whole[:at] + junk + whole[at + len(junk) :])
    assert (reading.value is None) == bool(reading.problems)


def test_a_real_file_is_taken_card_by_card() -> None:
    if not REAL.exists():
        pytest.skip("the folder of real files is not beside this repository")
    reading = read_asc_file(REAL)
    table = reading.value
    assert table is not None, reading.problems
    assert table.encoding == "windows-1250"
    assert (len(table.classes), len(table.teachers), len(table.subjects), table.lessons) == (29, 24, 54, 176)
    assert table.cards == len({slot.line for slot in table.slots}) == len(table.slots) == 414
    assert Counter(slot.week for slot in table.slots) == {"all": 410, "odd": 2, "even": 2}
    assert {slot.number for slot in table.slots} == set(range(9))
    assert len(table.days) == 5
    reasons = [notice.reason for notice in reading.notices]
    assert sum("без класса" in reason for reason in reasons) == 9
    assert sum(each.grade is None for each in table.classes) == 18
    assert any("отчества нет у 24 учителей" in reason for reason in reasons)
