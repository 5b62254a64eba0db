"""A school's CSV bundle: taken whole, or refused with every wrong cell named."""

import tracemalloc
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.files.bell_choice import ringing, schedule_for
from commands.files.csv_bundle import read_bundle, read_bundle_folder
from commands.files.csv_text import MAX_BYTES
from commands.files.reading import Problem

SCHOOL = {
    "school.csv": """\
key,value
name,МБОУ «Центр образования с. Усть-Белая»
zone,Asia/Anadyr
regulation,ust-belaya
year,2026/27
year_first,2026-09-01
year_last,2027-05-28
""",
    "staff.csv": """\
id,last_name,first_name,middle_name,roles,competence
sokolova,Соколова,Ирина,Викторовна,teacher,
petrov,Петров,Олег,Андреевич,учитель,
gromova,Громова,Елена,Павловна,teacher;class_teacher,
efimova,Ефимова,Татьяна,Сергеевна,deputy;teacher,УВР
""",
    "classes.csv": """\
class,grade,level,class_teacher
7А,7,,gromova
7Б,7,ООО,
""",
    "pupils.csv": """\
id,last_name,first_name,class,enrolled,birth_date,sex
p1,Вуквукай,Илья,7А,01.09.2026,2013-04-08,М
p2,Каляна,Мария,7А,2026-09-01,,Ж
p3,Мальцев,Глеб,7Б,2026-09-01,,
""",
    "groups.csv": """\
class,group
7А,Английский 1
7А,Английский 2
7А,Девочки
""",
    "group_members.csv": """\
class,group,pupil
7А,Английский 1,p1
7А,Английский 2,p2
7А,Девочки,p2
""",
    "guardians.csv": """\
id,last_name,first_name,pupil,kinship
g1,Вуквукай,Зоя,p1,мать
g1,Вуквукай,Зоя,p3,мать
""",
    "subjects.csv": """\
subject,short,attributes
Алгебра,Алг.,
Физика,,laboratory
Английский язык,,foreign
""",
    "workload.csv": """\
class,group,subject,teacher,hours
7А,,Алгебра,sokolova,3
7Б,,Алгебра,sokolova,2.5
7А,,Физика,petrov,2
7А,Английский 1,Английский язык,gromova,3
7А,Английский 2,Английский язык,efimova,3
""",
    "bells.csv": """\
schedule,number,start,end
Основное,1,8:30,9:10
Основное,2,9:25,10:05
Основное,3,10:25,11:05
Короткое,1,8:30,9:00
Короткое,2,9:10,9:40
""",
    "bell_days.csv": """\
class,weekday,schedule
*,1,Основное
5-9,среда,Основное
7А,пт,Короткое
*,5,Основное
""",
    "periods.csv": """\
level,kind,title,first,last
ООО,trimester,I триместр,2026-09-01,2026-11-20
ООО,триместр,II триместр,2026-11-30,2027-02-19
""",
    "holidays.csv": """\
title,first,last
Осенние каникулы,2026-11-21,2026-11-29
""",
    "timetable.csv": """\
class,group,weekday,number,subject,teacher,room,week
7А,,1,2,Алгебра,,24,
7А,,3,3,Физика,petrov,33,
7Б,,1,3,Алгебра,,24,
7А,Английский 1,5,1,Английский язык,,35,
7А,Английский 2,5,1,Английский язык,,36,
""",
}


def problems_of(**changed: str | bytes | None) -> tuple[Problem, ...]:
    """The problems of the sound school with some files changed or, for None, left out."""
    files = {**SCHOOL, **{f"{name}.csv": text for name, text in changed.items()}}
    encoded = {n: t.encode() if isinstance(t, str) else t for n, t in files.items() if t is not None}
    reading = read_bundle(encoded)
    assert (reading.value is None) == bool(reading.problems)
    return reading.problems


def added(name: str, line: str) -> str:
    return SCHOOL[f"{name}.csv"] + line + "\n"


def replaced(name: str, old: str, new: str) -> str:
    assert old in SCHOOL[f"{name}.csv"]
    return SCHOOL[f"{name}.csv"].replace(old, new)


def only(problems: tuple[Problem, ...]) -> Problem:
    assert len(problems) == 1, problems
    return problems[0]


def test_a_sound_school_is_taken_whole() -> None:
    bundle = read_bundle({name: text.encode() for name, text in SCHOOL.items()}).value
    assert bundle is not None
    assert bundle.school.zone == "Asia/Anadyr"
    assert bundle.school.year_first == date(2026, 9, 1)
    assert [(row.name, row.level) for row in bundle.classes] == [("7А", "ООО"), ("7Б", "ООО")]
    assert bundle.pupils[0].enrolled == date(2026, 9, 1)
    assert (bundle.pupils[2].birth_date, bundle.pupils[2].sex, bundle.pupils[2].line) == (None, "", 4)
    assert bundle.staff[1].roles == ("teacher",)
    assert bundle.staff[3].competences == ("УВР",)
    assert bundle.workload[1].hours == Decimal("2.5")
    assert bundle.subjects[1].attributes == ("laboratory",)
    assert {row.pupil for row in bundle.guardians if row.id == "g1"} == {"p1", "p3"}


def test_an_empty_teacher_cell_is_filled_from_the_workload() -> None:
    bundle = read_bundle({name: text.encode() for name, text in SCHOOL.items()}).value
    assert bundle is not None
    assert [row.teacher for row in bundle.timetable] == [
        "sokolova",
        "petrov",
        "sokolova",
        "gromova",
        "efimova",
    ]


def test_the_narrowest_bell_line_wins() -> None:
    bundle = read_bundle({name: text.encode() for name, text in SCHOOL.items()}).value
    assert bundle is not None
    seventh_a, seventh_b = bundle.classes
    assert schedule_for(bundle.bell_days, seventh_a, 5) == "Короткое"
    assert schedule_for(bundle.bell_days, seventh_b, 5) == "Основное"
    assert schedule_for(bundle.bell_days, seventh_b, 3) == "Основное"
    assert schedule_for(bundle.bell_days, seventh_b, 2) is None
    assert ringing(bundle.bells)["Основное", 2] == (time(9, 25), time(10, 5))


def test_russian_headers_semicolons_crlf_and_a_byte_order_mark_are_understood() -> None:
    pupils = "\ufeffКод;Фамилия;Имя;Класс;Дата зачисления\r\np1;Вуквукай;Илья;7А;01.09.2026\r\n" \
        "p2;Каляна;Мария;7А;01.09.2026\r\np3;Мальцев;Глеб;7Б;01.09.2026"  # fmt: skip
    assert problems_of(pupils=pupils) == ()


def test_a_latin_letter_in_a_class_name_is_read_as_the_class_meant() -> None:
    files = {**SCHOOL, "pupils.csv": replaced("pupils", "Илья,7А", "Илья,7-A")}
    bundle = read_bundle({name: text.encode() for name, text in files.items()}).value
    assert bundle is not None
    assert bundle.pupils[0].class_name == "7А"


def test_a_pupil_departs_after_the_day_of_enrolment() -> None:
    lines = SCHOOL["pupils.csv"].splitlines()
    days = ("departed,приказ о выбытии", "31.08.2026,41-у", ",", ",")
    problem = only(problems_of(pupils="\n".join(map(",".join, zip(lines, days, strict=True)))))
    assert (problem.line, problem.column, problem.reason) == (2, "departed", "выбыл раньше, чем зачислен")
    days = ("выбыл,приказ о выбытии", "01.09.2026,41-у", ",", ",")
    assert problems_of(pupils="\n".join(map(",".join, zip(lines, days, strict=True)))) == ()


def test_a_place_in_a_group_ends_after_it_began() -> None:
    lines = SCHOOL["group_members.csv"].splitlines()
    days = ("с,по", "08.09.2026,07.09.2026", ",", ",")
    problem = only(problems_of(group_members="\n".join(map(",".join, zip(lines, days, strict=True)))))
    assert (problem.line, problem.column) == (2, "по")


@pytest.mark.parametrize(
    ("name", "text", "line", "column", "reason"),
    [
        ("pupils", added("pupils", "p4,Ященко,Ольга,7А,31.02.2026,,"), 5, "enrolled", "нет в календаре"),
        ("pupils", added("pupils", "p4,Ященко,Ольга,7А,1 сентября,,"), 5, "enrolled", "не дата"),
        ("pupils", added("pupils", "p1,Ященко,Ольга,7А,2026-09-01,,"), 5, "id", "уже есть в строке 2"),
        ("pupils", added("pupils", "p4,Ященко,Ольга,7В,2026-09-01,,"), 5, "class", "нет в файле classes.csv"),
        ("pupils", added("pupils", "p4,,Ольга,7А,2026-09-01,,"), 5, "last_name", "пуста"),
        ("pupils", added("pupils", "p4,Ященко,Ольга,7А,2026-09-01"), 5, "", "в строке 5 ячеек"),
        ("pupils", added("pupils", "p4,Ященко,Ольга,7А,2027-06-01,,"), 5, "enrolled", "после конца"),
        ("pupils", added("pupils", '=HYPERLINK("x"),Ященко,Ольга,7А,2026-09-01,,'), 5, "id", "формула"),
        ("pupils", added("pupils", "p4,+Ященко,Ольга,7А,2026-09-01,,"), 5, "last_name", "формула"),
        ("pupils", added("pupils", "p4,@Ященко,Ольга,7А,2026-09-01,,"), 5, "last_name", "формула"),
        ("pupils", added("pupils", "p4,-1+1,Ольга,7А,2026-09-01,,"), 5, "last_name", "формула"),
        ("pupils", added("pupils", "p4,\tЯщенко,Ольга,7А,2026-09-01,,"), 5, "last_name", "формула"),
        ("pupils", added("pupils", "p4,Яще\u202eнко,Ольга,7А,2026-09-01,,"), 5, "last_name", "U+202E"),
        ("pupils", added("pupils", "p4,Яще\u200bнко,Ольга,7А,2026-09-01,,"), 5, "last_name", "U+200B"),
        ("pupils", added("pupils", "p4,Яще\x07нко,Ольга,7А,2026-09-01,,"), 5, "last_name", "U+0007"),
        ("pupils", added("pupils", f"p4,{'я' * 1001},Ольга,7А,2026-09-01,,"), 5, "last_name", "1001"),
        ("pupils", added("pupils", 'p4,"Ященко,Ольга,7А,2026-09-01,,'), 5, "", "не закрыта"),
        ("pupils", added("pupils", 'p4,"Ященко"x,Ольга,7А,2026-09-01,,'), 5, "", "после закрывающей"),
        ("pupils", replaced("pupils", "sex", "gender"), 1, "gender", "неизвестен"),
        ("pupils", replaced("pupils", "sex", "last_name"), 1, "last_name", "дважды"),
        ("pupils", replaced("pupils", "enrolled", "birth_date"), 1, "birth_date", "дважды"),
        ("classes", replaced("classes", "7,,gromova", "7,,gromow"), 2, "class_teacher", "staff.csv"),
        ("classes", added("classes", "7-а,7,,"), 4, "class", "уже есть в строке 2"),
        ("classes", added("classes", "8А,восьмая,,"), 4, "grade", "целое число"),
        ("staff", added("staff", "x,Ким,Роман,Сергеевич,тренер,"), 6, "roles", "здесь не бывает"),
        ("staff", replaced("staff", "Викторовна,teacher", "Викторовна,methodist"), 2, "teacher", "нет роли"),
        ("school", replaced("school", "Asia/Anadyr", "Чукотка"), 3, "value", "часовой пояс"),
        ("school", replaced("school", "2026/27", "2026/28"), 5, "value", "учебный год"),
        ("school", replaced("school", "zone,", "timezone,"), 3, "key", "неизвестен"),
        ("group_members", added("group_members", "7А,Девочки,p3"), 5, "pupil", "учится в классе 7Б"),
        ("group_members", added("group_members", "7А,Мальчики,p1"), 5, "group", "groups.csv"),
        ("guardians", added("guardians", "g1,Вуквукай,Анна,p2,мать"), 4, "last_name", "другим именем"),
        ("workload", added("workload", "7А,,Химия,petrov,2"), 7, "subject", "subjects.csv"),
        ("workload", added("workload", "7Б,,Физика,petrov,сто"), 7, "hours", "число часов"),
        ("bells", added("bells", "Короткое,3,9:30,10:00"), 7, "start", "раньше, чем кончился урок 2"),
        ("bells", added("bells", "Короткое,3,25:00,10:00"), 7, "start", "не время"),
        ("bell_days", added("bell_days", "12Я,4,Основное"), 6, "class", "не класс"),
        ("periods", added("periods", "ООО,trimester,III,2027-02-01,2027-05-28"), 4, "first", "II триместр"),
        ("periods", added("periods", "ООО,trimester,III,2027-03-01,2027-06-28"), 4, "last", "учебном году"),
        ("holidays", added("holidays", "Зима,2027-01-10,2026-12-30"), 3, "last", "раньше начала"),
        ("timetable", added("timetable", "7А,,1,4,Физика,,,"), 7, "number", "нет урока 4"),
        ("timetable", added("timetable", "7А,,2,1,Физика,,,"), 7, "weekday", "нет звонков"),
        ("timetable", added("timetable", "7Б,,3,1,Физика,,,"), 7, "teacher", "никто не ведёт"),
        ("timetable", added("timetable", "7А,,3,1,Физика,sokolova,,"), 7, "teacher", "ведёт petrov"),
        ("timetable", added("timetable", "7А,,1,2,Физика,,33,"), 7, "class", "уже занят в строке 2"),
        ("timetable", added("timetable", "7Б,,1,2,Алгебра,,25,"), 7, "teacher", "уже занят в строке 2"),
        ("timetable", added("timetable", "7Б,,3,3,Алгебра,,33,"), 7, "room", "уже занят в строке 3"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_named(name: str, text: str, line: int, column: str, reason: str) -> None:
    problems = problems_of(**{name: text})
    assert any((each.line, each.column) == (line, column) and reason in each.reason for each in problems), (
        problems
    )


def test_a_missing_column_is_named() -> None:
    problem = only(problems_of(holidays="title,first\nОсень,2026-11-21\n"))
    assert (problem.file, problem.line, problem.column) == ("holidays.csv", 1, "last")


def test_odd_and_even_weeks_do_not_collide_but_every_week_does() -> None:
    odd = replaced("timetable", "Алгебра,,24,\n7А", "Алгебра,,24,odd\n7А")
    assert problems_of(timetable=odd + "7А,,1,2,Физика,,33,even\n") == ()
    assert only(problems_of(timetable=odd + "7А,,1,2,Физика,,33,all\n")).line == 7


def test_lessons_of_different_months_do_not_collide() -> None:
    head, body = SCHOOL["timetable.csv"].split("\n", 1)
    rows = "\n".join(f"{row},," for row in body.strip().split("\n"))
    table = f"{head},first,last\n{rows}\n".replace(
        "7А,,1,2,Алгебра,,24,,,", "7А,,1,2,Алгебра,,24,,,2026-10-11"
    )
    assert problems_of(timetable=table + "7А,,1,2,Физика,,33,,2026-10-12,\n") == ()
    assert only(problems_of(timetable=table + "7А,,1,2,Физика,,33,,2026-10-11,\n")).line == 7


def test_groups_of_one_class_collide_only_when_they_share_a_pupil() -> None:
    workload = added("workload", "7А,Девочки,Физика,petrov,1")
    first = added("timetable", "7А,Девочки,5,1,Физика,,33,").replace(
        "7А,Английский 2,5,1", "7А,Английский 2,5,2"
    )
    assert problems_of(workload=workload, timetable=first) == ()
    both = added("timetable", "7А,Девочки,5,1,Физика,,33,")
    assert only(problems_of(workload=workload, timetable=both)).column == "class"


def test_a_file_in_windows_1251_is_refused_with_the_encoding_we_think_it_is() -> None:
    problem = only(problems_of(pupils=SCHOOL["pupils.csv"].encode("cp1251")))
    assert "windows-1251" in problem.reason
    assert problem.line == 2


@pytest.mark.parametrize("encoding", ["koi8-r", "cp866", "utf-16"])
def test_other_encodings_are_named_too(encoding: str) -> None:
    assert encoding in only(problems_of(pupils=SCHOOL["pupils.csv"].encode(encoding))).reason


def test_nul_bytes_are_refused() -> None:
    problem = only(problems_of(pupils=SCHOOL["pupils.csv"].replace("Глеб", "Гл\0еб")))
    assert (problem.line, "нулевые" in problem.reason) == (4, True)


def test_a_misspelt_file_name_and_a_missing_file_are_named() -> None:
    files = {name: text.encode() for name, text in SCHOOL.items() if name != "pupils.csv"}
    named = {each.file for each in read_bundle({**files, "pupil.csv": b""}).problems}
    assert named >= {"pupil.csv", "pupils.csv"}


def test_a_school_whose_timetable_comes_from_asc_brings_only_people_and_periods() -> None:
    kept = {name: SCHOOL[f"{name}.csv"].encode() for name in ("school", "pupils", "periods")}
    files = {f"{name}.csv": text for name, text in kept.items()}
    files["staff.csv"] = b"id,last_name,first_name,roles\n"
    files["classes.csv"] = "class,grade\n7А,7\n7Б,7\n".encode()
    bundle = read_bundle(files).value
    assert bundle is not None
    assert (len(bundle.pupils), bundle.staff, bundle.timetable, bundle.bells) == (3, (), (), ())


def test_two_files_that_differ_only_by_case_are_not_one(tmp_path: Path) -> None:
    for name, text in SCHOOL.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert read_bundle_folder(tmp_path).value is not None
    (tmp_path / "Pupils.CSV").write_text(SCHOOL["pupils.csv"], encoding="utf-8")
    assert "дважды" in only(read_bundle_folder(tmp_path).problems).reason


def test_an_empty_file_is_a_problem_and_no_folder_is_one(tmp_path: Path) -> None:
    assert "пуст" in only(problems_of(holidays="")).reason
    assert "нет" in only(read_bundle_folder(tmp_path / "нет").problems).reason


def test_a_huge_file_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    for name, text in SCHOOL.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with (tmp_path / "pupils.csv").open("r+b") as stream:
        stream.truncate(200 * 1024 * 1024)  # sparse: nothing is written
    tracemalloc.start()
    problem = only(read_bundle_folder(tmp_path).problems)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (problem.file, "20 МБ" in problem.reason) == ("pupils.csv", True)
    assert peak < 2.5 * MAX_BYTES == 2.5 * 20 * 1024 * 1024


def test_two_hundred_problems_are_shown_and_the_rest_counted() -> None:
    wrong = "".join(f"x{n},Я,Я,7А,31.02.2026,,\n" for n in range(250))
    files = {**SCHOOL, "pupils.csv": SCHOOL["pupils.csv"] + wrong}
    reading = read_bundle({name: text.encode() for name, text in files.items()})
    assert (len(reading.problems), reading.unshown, reading.value) == (200, 50, None)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_raise(data: bytes) -> None:
    files = {name: text.encode() for name, text in SCHOOL.items()}
    for start in (b"", SCHOOL["pupils.csv"].encode()):
        reading = read_bundle({**files, "pupils.csv": start + data})
        assert (reading.value is None) == bool(reading.problems)
