"""aSc Timetables XML as schools export it."""

from collections import Counter
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.files.asc import halves, read_asc, read_asc_file
from commands.files.asc_rows import AscTimetable
from commands.files.asc_xml import MAX_BYTES
from commands.files.encoding import decode
from commands.files.names import class_key, match_key
from commands.files.reading import Problem, Reading

REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "asc"

SMALL = """<timetable importtype="database" options="idprefix:XML,groupstype1">
<days><day name="Понедельник" short="Пн" day="0"/><day name="Среда" short="Ср" day="2"/></days><periods>
<period period="1" starttime="8:30" endtime="9:10"/><period period="2" starttime="9:25" endtime="10:05"/>
<period period="3" starttime="10:25" endtime="11:05"/></periods>
<teachers><teacher id="*1" name="Соколова  Ирина Викторовна" short="Соколова И.В."/>
<teacher id="*2" name="Фомина Галина Ивановна"/></teachers>
<classes><class id="*1" name=" 7-А" short="7А" teacherid="*1"/><class id="*2" name="В инд"/></classes>
<subjects><subject id="*1" name="Алгебра" short="Алг."/><subject id="*2" name="Технология" short=""/>
<subject id="*3" name="Фiзика" short=""/></subjects>
<classrooms><classroom id="*1" name="24" short="24"/><classroom id="*2" name="" short=""/></classrooms>
<students/>
<groups><group id="*1" name="Весь класс" classid="*1" entireclass="1" divisiontag="0"/>
<group id="*2" name="1 группа" classid="*1" entireclass="0" divisiontag="1"/>
<group id="*3" name="2 группа" classid="*1" entireclass="0" divisiontag="1"/></groups>
<lessons>
<lesson id="*1" classids="*1" subjectid="*1" periodspercard="1" teacherids="*1" groupids="*1" weeks="1"/>
<lesson id="*2" classids="*1" subjectid="*2" periodspercard="2" teacherids="*1,*2" groupids="*2,*3"
 weeks="01"/>
<lesson id="*3" classids="*1,*2" subjectid="*3" periodspercard="1" teacherids="" groupids="*1" weeks="10"/>
<lesson id="*4" classids="" subjectid="*1" periodspercard="1" teacherids="*1" groupids="" weeks="1"/>
</lessons>
<cards>
<card lessonid="*1" classroomids="*1" day="0" period="2"/>
<card lessonid="*2" classroomids="" day="2" period="2"/>
<card lessonid="*3" classroomids="*2" day="2" period="1"/>
<card lessonid="*4" classroomids="" day="2" period="1"/>
</cards></timetable>
"""


def taken(text: str) -> AscTimetable:
    reading = read_asc("t.xml", text.encode())
    assert reading.value is not None, reading.problems
    return reading.value


def only_problem(reading: Reading[AscTimetable]) -> Problem:
    assert reading.value is None
    assert len(reading.problems) == 1, reading.problems
    return reading.problems[0]


def changed(old: str, new: str) -> Problem:
    assert old in SMALL
    return only_problem(read_asc("t.xml", SMALL.replace(old, new).encode()))


def test_days_count_from_zero_and_names_are_put_in_order() -> None:
    first = taken(SMALL).slots[0]
    assert (first.weekday, first.number, first.week) == (1, 2, "all")
    assert (first.classes[0].name, first.classes[0].grade) == ("7-А", 7)
    assert first.teachers[0].name == "Соколова Ирина Викторовна"
    assert [room.name for room in first.rooms] == ["24"]
    assert first.groups == ()
    assert taken(SMALL).periods[1].start == time(9, 25)


def test_a_double_lesson_is_two_lessons_and_two_teachers_are_halves() -> None:
    doubles = [slot for slot in taken(SMALL).slots if slot.lesson == "*2"]
    assert [(slot.number, slot.week) for slot in doubles] == [(2, "even"), (3, "even")]
    parts = [(half.groups[0].name, half.teachers[0].short) for half in halves(doubles[0])]
    assert parts == [("1 группа", "Соколова И.В."), ("2 группа", "Фомина Галина Ивановна")]


def test_a_joint_lesson_keeps_its_classes_and_a_missing_teacher_is_a_notice() -> None:
    reading = read_asc("t.xml", SMALL.encode())
    assert reading.value is not None
    joint = next(slot for slot in reading.value.slots if slot.lesson == "*3")
    assert ([each.name for each in joint.classes], joint.teachers, joint.rooms) == (["7-А", "В инд"], (), ())
    assert joint.week == "odd"
    assert halves(joint) == (joint,)
    said = " ".join(notice.reason for notice in reading.notices)
    assert "нет учителя" in said
    assert "«В инд» не похоже на класс" in said
    assert "в «Фiзика» смешаны" in said


def test_weeks_of_a_card_count_before_those_of_its_lesson() -> None:
    table = taken(SMALL.replace('day="0" period="2"', 'day="0" period="2" weeks="10"'))
    assert table.slots[0].week == "odd"


def test_a_lesson_of_no_class_is_left_out_and_said_so() -> None:
    reading = read_asc("t.xml", SMALL.encode())
    assert reading.value is not None
    assert (reading.value.cards, len(reading.value.slots)) == (
        4,
        4,
    )  # four cards: one double, one of no class
    assert any("без класса" in notice.reason and notice.column == "classids" for notice in reading.notices)


def test_spellings_that_look_alike_meet_and_others_do_not() -> None:
    assert match_key("Фiзика") == match_key("ФІЗИКА")
    assert match_key("Алёна  Ёлкина") == match_key("алена елкина")
    assert class_key(" 7-А") == class_key("7 A") == class_key("7 «а»") == class_key("7А")
    assert class_key("7А") != class_key("7А.")
    assert match_key("Physics") == "physics"


@pytest.mark.parametrize(
    ("old", "new", "line", "column"),
    [
        ('card lessonid="*1"', 'card lessonid="*9"', 23, "lessonid"),
        ('day="0" period="2"', 'day="7" period="2"', 23, "day"),
        ('day="0" period="2"', 'day="0" period="8"', 23, "period"),
        ('day="2" period="2"', 'day="2" period="3"', 24, "period"),
        ('"*2" classroomids="" day="2"', '"*1" day="0"', 24, "lessonid"),
        ('teacherids="*1" groupids="*1"', 'teacherids="*7" groupids="*1"', 16, "teacherids"),
        ('subjectid="*2" periodspercard="2"', 'subjectid="*2" periodspercard="0"', 17, "periodspercard"),
        ('groupids="*1" weeks="10"', 'groupids="*1" weeks="100"', 19, "weeks"),
        ('<subject id="*2"', '<subject id="*1"', 8, "id"),
        ('starttime="8:30"', 'starttime="8:90"', 3, "starttime"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_named_by_line(old: str, new: str, line: int, column: str) -> None:
    reading = read_asc("t.xml", SMALL.replace(old, new, 1).encode())
    assert reading.value is None
    assert (line, column) in {(problem.line, problem.column) for problem in reading.problems}


def test_the_encoding_is_found_without_a_declaration() -> None:
    reading = read_asc("t.xml", SMALL.encode("cp1251", errors="replace"))
    assert reading.value is not None
    assert (reading.value.encoding, reading.value.subjects[0].name) == ("windows-1251", "Алгебра")
    assert "windows-1251" in reading.notices[0].reason
    polish = decode('<subject id="1" name="Język łaciński, żółć"/>'.encode("cp1250"))
    assert polish is not None
    assert (polish.encoding, polish.guessed, "żółć" in polish.text) == ("windows-1250", True, True)


def test_a_declared_encoding_is_believed() -> None:
    declared = '<?xml version="1.0" encoding="windows-1251"?>\n' + SMALL
    reading = read_asc("t.xml", declared.encode("cp1251"))
    assert reading.value is not None
    assert not any(notice.line == 0 for notice in reading.notices)


def test_entities_and_document_types_are_refused() -> None:
    bomb = '<!DOCTYPE t [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><timetable>&b;</timetable>'
    outside = '<!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/passwd">]><timetable>&x;</timetable>'
    plain = '<!DOCTYPE timetable SYSTEM "http://localhost/t.dtd"><timetable/>'
    empty = "<!DOCTYPE timetable><timetable/>"
    for hostile in (bomb, outside, plain, empty):
        assert "DTD" in only_problem(read_asc("t.xml", hostile.encode())).reason


def test_what_is_no_timetable_is_refused_with_a_sentence() -> None:
    assert "корневой элемент" in only_problem(read_asc("t.xml", b"<html/>")).reason
    assert "XML" in only_problem(read_asc("t.xml", b"<timetable><card>")).reason
    assert "XML" in only_problem(read_asc("t.xml", b"")).reason
    assert "вложены" in only_problem(read_asc("t.xml", b"<timetable>" + b"<a>" * 20)).reason
    assert "значение" in only_problem(read_asc("t.xml", b'<a b="%s"/>' % (b"x" * 20_001))).reason
    assert "50 МБ" in only_problem(read_asc("t.xml", b" " * (MAX_BYTES + 1))).reason


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(SMALL.encode())), st.binary(max_size=6))
def test_no_damage_makes_the_reader_raise(at: int, junk: bytes) -> None:
    whole = SMALL.encode()
    reading = read_asc("t.xml", whole[:at] + junk + whole[at + len(junk) :])
    assert (reading.value is None) == bool(reading.problems)


def real(name: str) -> Reading[AscTimetable]:
    path = REAL / name
    if not path.exists():
        pytest.skip(f"{name}: the folder of real files is not beside this repository")
    return read_asc_file(path)


@pytest.mark.parametrize(
    ("name", "encoding", "counts", "cards", "slots", "weeks"),
    [
        ("ua_zamini_2019_01.xml", "utf-8", (29, 41, 42, 404), 748, 754, {"all": 710, "odd": 22, "even": 22}),
        (
            "ua_eduplan_14.xml",
            "windows-1251",
            (28, 42, 31, 359),
            747,
            752,
            {"all": 726, "odd": 12, "even": 14},
        ),
    ],
)
def test_a_real_schools_file_is_taken_card_by_card(
    name: str, encoding: str, counts: tuple[int, ...], cards: int, slots: int, weeks: dict[str, int]
) -> None:
    table = real(name).value
    assert table is not None
    assert table.encoding == encoding
    assert (len(table.classes), len(table.teachers), len(table.subjects), table.lessons) == counts
    assert table.cards == len({slot.line for slot in table.slots}) == cards
    assert len(table.slots) == slots
    assert Counter(slot.week for slot in table.slots) == weeks
    assert all(slot.classes and slot.teachers and 1 <= slot.weekday <= 5 for slot in table.slots)
    assert not any(
        each.name != each.name.strip() or "  " in each.name for each in table.classes + table.subjects
    )


def test_a_real_schools_home_taught_pupils_and_halves_are_seen() -> None:
    reading = real("ua_zamini_2019_01.xml")
    assert reading.value is not None
    pseudo = [each.name for each in reading.value.classes if each.grade is None]
    assert pseudo == ["З інд", "Ш інд", "К інд", "С і", "Б і"]
    halved = [slot for slot in reading.value.slots if len(halves(slot)) == 2]
    assert len(halved) == 53
    assert all(half.groups[0].class_id == half.classes[0].id for slot in halved for half in halves(slot))
