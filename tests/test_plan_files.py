"""Thematic plans (КТП) as schools bring them: CSV and Excel; taken whole, or every wrong cell named."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from commands.files.plan_archive import MAX_BYTES
from commands.files.plan_file import read_plan, read_plan_file
from commands.files.plan_rows import PlanFile, PlanRow, spread
from commands.files.reading import Problem, Reading

REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "ktp"
HEADER = ("№", "Раздел", "Тема", "Часов", "Дата", "Вид работы", "Контрольная", "Домашнее задание")
LINES = (
    "№;Раздел;Тема;Часов;Дата;Вид работы;Контрольная;Домашнее задание\r\n"
    "1;Векторы;Понятие вектора;1;01.09.2026;;;§ 1\r\n"
    "2;Векторы;Понятие вектора;1;;;;\r\n"
    '3;Векторы;"Сумма векторов; правило треугольника";0,5;2026-09-08;Контрольная работа;+;нет\r\n'
)


def taken(reading: Reading[PlanFile]) -> PlanFile:
    assert reading.value is not None, reading.problems
    return reading.value


def csv(text: str) -> Reading[PlanFile]:
    return read_plan("план.csv", text.encode())


def xlsx(*lines: tuple[Any, ...], change: Callable[[Any], None] = lambda sheet: None) -> bytes:
    book = Workbook()
    for line in lines:
        book.active.append(line)
    change(book.active)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def book(*lines: tuple[Any, ...], change: Callable[[Any], None] = lambda sheet: None) -> Reading[PlanFile]:
    return read_plan("план.xlsx", xlsx(*lines, change=change))


def only_problem(reading: Reading[PlanFile]) -> Problem:
    assert reading.value is None
    assert len(reading.problems) == 1, reading.problems
    return reading.problems[0]


def reasons(reading: Reading[PlanFile]) -> list[str]:
    return [notice.reason for notice in reading.notices]


def test_every_column_of_a_plan_is_read() -> None:
    plan = taken(csv(LINES))
    assert plan.rows[0] == PlanRow(
        line=2,
        number="1",
        section="Векторы",
        topic="Понятие вектора",
        hours=100,
        date=date(2026, 9, 1),
        homework="§ 1",
    )
    assert plan.rows[1].topic == plan.rows[0].topic  # the same topic twice in a row is two lessons
    last = plan.rows[2]
    assert (last.topic, last.hours, last.date) == (
        "Сумма векторов; правило треугольника",
        50,
        date(2026, 9, 8),
    )
    assert (last.kind, last.control, plan.thematic) == ("Контрольная работа", True, False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_a_plan_is_read_in_any_encoding_and_a_guess_is_said(encoding: str) -> None:
    reading = read_plan("план.csv", LINES.encode(encoding))
    assert [row.topic for row in taken(reading).rows][:2] == ["Понятие вектора"] * 2
    assert any("windows-1251" in reason for reason in reasons(reading)) == (encoding == "cp1251")


def test_separators_and_lines_above_the_header_do_not_matter() -> None:
    wanted = [row.topic for row in taken(csv(LINES)).rows]
    above = "Рассмотрено на МО;;;;;;;\r\nКТП; алгебра, 7 класс;;;;;;\r\n"
    assert [row.topic for row in taken(csv(above + LINES)).rows] == wanted
    commas = "number,section,topic,hours\n1,,Сложение,1\n2,,Вычитание,1"
    assert [row.topic for row in taken(csv(commas)).rows] == ["Сложение", "Вычитание"]
    assert [row.topic for row in taken(csv("тема\nСложение\n\nВычитание\n")).rows] == [
        "Сложение",
        "Вычитание",
    ]


def test_columns_that_are_not_read_are_said() -> None:
    reading = csv("Тема урока;Электронные ресурсы;Дата изучения\nСложение;библиотека;03.09.2026")
    assert taken(reading).rows[0].date == date(2026, 9, 3)
    assert reasons(reading) == ["столбец «Электронные ресурсы» не читается"]


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ("4;;Тема;1;31.02.2027;;;", "Дата", "такого дня нет в календаре: «31.02.2027»"),
        ("4;;Тема;1;03.09;;;", "Дата", "не дата"),
        ("4;;Тема;0;;;;", "Часов", "больше нуля"),
        ("4;;Тема;час;;;;", "Часов", "число часов"),
        ("4;;;1;;;;§ 5", "Тема", "тема пуста"),
        ("4;;=1+1;1;;;;", "Тема", "формула"),
        ("4;;Тема;1;;;может быть;", "Контрольная", "«может быть»"),
        ("4;;" + "я" * 1001 + ";1;;;;", "Тема", "в ячейке 1001 знаков"),
        ("4;;Тема\u202e;1;;;;", "Тема", "U+202E"),
        ("4;;Тема;1;;;;;лишнее", "", "в строке 9 ячеек, а столбцов 8"),
    ],
)
def test_what_cannot_be_taken_is_named_and_nothing_is_taken(line: str, column: str, reason: str) -> None:
    problem = only_problem(csv(LINES + line))
    assert (problem.file, problem.line, problem.column) == ("план.csv", 5, column)
    assert reason in problem.reason


def test_a_topic_may_have_a_thousand_characters_and_line_breaks() -> None:
    plan = taken(csv(LINES + "4;;" + "я" * 1000 + ';1;;;;\n5;;"Сложе\u00adние\nи вычитание";1;;;;'))
    assert len(plan.rows[3].topic) == 1000
    assert plan.rows[4].topic == "Сложение и вычитание"


def test_a_dash_of_a_list_goes_and_a_formula_stays_one() -> None:
    assert taken(csv("Тема;ДЗ\nСумма - и разность;- упр. 5")).rows[0].homework == "упр. 5"
    assert taken(csv("Тема;ДЗ\nСумма - и разность;")).rows[0].topic == "Сумма - и разность"
    assert "формула" in only_problem(csv("Тема;ДЗ\nСумма;-1+1")).reason


def test_all_wrong_cells_are_named_at_once() -> None:
    reading = csv(LINES + "4;;Тема;0;31.02.2027;;;\n5;;Тема;1;32.01.2027;;;")
    assert [(p.line, p.column) for p in reading.problems] == [(5, "Часов"), (5, "Дата"), (6, "Дата")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "не найдена строка заголовков"),
        ("имя;класс\nИлья;7А", "не найдена строка заголовков"),
        ("Тема;Часов\n", "нет ни одной темы"),
        ("Тема;Тема урока\nа;б", "значат одно и то же"),
        ('Тема;Часов\n"Сложение;1', "кавычка открыта"),
        ("Тема;Часов\nа\0;1", "нулевые байты"),
        ("Тема\n" + "Сложение\n" * 2001, "строк больше 2000"),
    ],
)
def test_what_is_no_plan_is_refused_with_a_sentence(text: str, reason: str) -> None:
    assert reason in only_problem(csv(text)).reason


def test_themes_of_several_hours_are_recognised_and_spread_only_when_asked() -> None:
    plan = taken(
        csv("number,section,topic,hours\n1.1,Тепло,Вещество,3\n1.2,Тепло,Процессы,2.5\n,Резерв,Резерв,1")
    )
    assert plan.thematic
    assert [row.number for row in plan.rows] == ["1.1", "1.2", ""]
    lessons = spread(plan.rows)
    assert [row.topic for row in lessons] == [
        *(f"Вещество (урок {n} из 3)" for n in (1, 2, 3)),
        *(f"Процессы (урок {n} из 3)" for n in (1, 2, 3)),
        "Резерв",
    ]
    assert [row.number for row in lessons] == list("1234567")
    assert [row.hours for row in lessons] == [100, 100, 100, 100, 100, 50, 100]
    assert sum(row.hours for row in lessons) == plan.hours


def test_of_a_spread_theme_the_first_lesson_has_the_date_and_the_last_the_work() -> None:
    theme = PlanRow(
        line=2, number="", section="", topic="Дроби", hours=300, date=date(2026, 9, 1), control=True
    )
    lessons = spread([theme])
    assert [row.date for row in lessons] == [date(2026, 9, 1), None, None]
    assert [row.control for row in lessons] == [False, False, True]


def test_a_total_that_is_not_the_sum_and_a_missing_number_are_remarks() -> None:
    glued = "1,,Сложение,1\n3,,Повторение ОБЩЕЕ КОЛИЧЕСТВО УРОКОВ ПО ПРОГРАММЕ: 3,1"
    reading = csv("number,section,topic,hours\n" + glued)
    assert [row.topic for row in taken(reading).rows] == ["Сложение", "Повторение"]
    assert taken(reading).declared == 300
    said = " ".join(reasons(reading))
    assert "часов по строкам 2, а итог в файле 3" in said
    assert "в нумерации нет уроков: 2" in said
    assert "в тему не взят" in said


def test_lines_of_totals_and_sections_are_no_topics() -> None:
    text = (
        "№;Тема;Часов\nРаздел 1. Числа;;\n1;Сложение;1\n2;Вычитание;1\nИтого по разделу;;2\n"
        ";Раздел 2. Фигуры;\n3;Угол;1\n4;Всего лишь треугольник;1\nВсего;;5"
    )
    reading = csv(text)
    assert [(row.section, row.topic) for row in taken(reading).rows] == [
        ("Раздел 1. Числа", "Сложение"),
        ("Раздел 1. Числа", "Вычитание"),
        ("Раздел 2. Фигуры", "Угол"),
        ("Раздел 2. Фигуры", "Всего лишь треугольник"),
    ]
    assert reasons(reading) == ["часов по строкам 4, а итог в файле 5"]


def test_a_workbook_is_read_by_its_values() -> None:
    plan = taken(
        book(
            HEADER,
            (1, "Векторы", "Понятие вектора", 1, date(2026, 9, 1), None, None, "§ 1"),
            (2.0, "Векторы", "Сумма", 0.5, "08.09.2026", "Контрольная работа", True, None),
        )
    )
    assert plan.rows[0] == taken(csv(LINES)).rows[0]
    assert (plan.rows[1].number, plan.rows[1].hours, plan.rows[1].control) == ("2", 50, True)


def test_a_number_that_became_a_date_is_turned_back() -> None:
    plan = taken(book(("№", "Тема", "Часов"), (date(2026, 2, 1), "Процессы", 21)))
    assert (plan.rows[0].number, plan.thematic) == ("1.2", True)


@pytest.mark.parametrize(
    ("value", "reason"),
    [("=SUM(A1:A2)", "формула"), ("#REF!", "ошибка Excel"), ("31.02.2027", "такого дня нет")],
)
def test_a_formula_an_error_or_a_false_day_is_named_by_its_cell(value: str, reason: str) -> None:
    problem = only_problem(book(("№", "Тема", "Дата"), (1, "Сложение", value)))
    assert (problem.line, problem.column) == (2, "Дата (C2)")
    assert reason in problem.reason


def test_a_formula_in_a_column_nobody_reads_does_not_matter() -> None:
    assert taken(book(("№", "Тема", "Ссылка"), (1, "Сложение", "=A2+1"))).rows[0].topic == "Сложение"


def test_a_merged_section_holds_for_all_its_lines() -> None:
    def merge(sheet: Any) -> None:
        sheet.merge_cells("B2:B3")

    plan = taken(book(HEADER[:4], (1, "Числа", "Сложение", 1), (2, None, "Вычитание", 1), change=merge))
    assert [row.section for row in plan.rows] == ["Числа", "Числа"]


@pytest.mark.parametrize(
    ("area", "column"), [("C2:C3", "Тема (C2)"), ("C2:D2", "Тема (C2)"), ("D2:D3", "Часов (D2)")]
)
def test_other_merged_cells_are_refused_by_name(area: str, column: str) -> None:
    lines = [(1, "Числа", "Сложение", 1), (2, "Числа", "Вычитание", 1)]
    reading = book(HEADER[:4], *lines, change=lambda sheet: sheet.merge_cells(area))
    assert reading.value is None
    named = [(p.column, p.reason) for p in reading.problems if area in p.reason]
    assert [at for at, _ in named] == [column]


def test_the_constructors_header_of_two_lines_is_understood() -> None:
    def merge(sheet: Any) -> None:
        for area in ("A1:A2", "B1:B2", "C1:E1", "F1:F2", "A3:F3", "A6:B6"):
            sheet.merge_cells(area)

    reading = book(
        ("№ п/п", "Тема урока", "Количество часов", None, None, "Дата изучения"),
        (None, None, "Всего", "Контрольные работы", "Практические работы", None),
        ("Раздел 1. Числа",),
        (1, "Сложение", 1, None, None, "01.09.2026"),
        (2, "Контрольная работа", 1, 1, None, "03.09.2026"),
        ("ОБЩЕЕ КОЛИЧЕСТВО ЧАСОВ ПО ПРОГРАММЕ", None, 3, 1, 0, None),
        change=merge,
    )
    rows = taken(reading).rows
    assert [(row.section, row.topic, row.control) for row in rows] == [
        ("Раздел 1. Числа", "Сложение", False),
        ("Раздел 1. Числа", "Контрольная работа", True),
    ]
    assert rows[1].date == date(2026, 9, 3)
    assert reasons(reading) == [
        "столбец «Практические работы» не читается",
        "часов по строкам 2, а итог в файле 3",
    ]


def test_the_sheet_with_headers_is_found_and_others_are_said() -> None:
    def more(sheet: Any) -> None:
        sheet.parent.create_sheet("Титул", 0).append(("Рабочая программа",))
        sheet.title = "7А"
        for line in (("Тема", "Часов"), ("Другое", 1)):
            other = sheet.parent["7Б"] if "7Б" in sheet.parent.sheetnames else sheet.parent.create_sheet("7Б")
            other.append(line)

    reading = book(("Тема", "Часов"), ("Сложение", 1), change=more)
    assert [row.topic for row in taken(reading).rows] == ["Сложение"]
    assert any("прочитан лист «7А»; на листах «7Б»" in reason for reason in reasons(reading))


def test_a_line_far_below_is_not_passed_over() -> None:
    def far(sheet: Any) -> None:
        sheet["A1048576"] = "Вычитание"

    assert "ниже 3000-й" in only_problem(book(("Тема",), ("Сложение",), change=far)).reason


def packed(data: bytes, name: str, content: bytes) -> bytes:
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


def test_macros_bombs_and_locked_or_old_books_are_refused_with_a_sentence() -> None:
    plain = xlsx(("Тема", "Часов"), ("Сложение", 1))
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    for data, reason in (
        (packed(plain, "xl/vbaProject.bin", b"x"), "макросы"),
        (packed(plain, "xl/media/zeros.bin", bytes(70 * 1024 * 1024)), "больше 60 МБ"),
        (packed(plain, "xl/worksheets/sheet9.xml", bytes(16 * 1024 * 1024)), "больше 15 МБ"),
        (ole + b"Workbook", "старый формат"),
        (ole + "EncryptedPackage".encode("utf-16-le"), "без пароля"),
        (plain[: len(plain) // 2], "повреждён"),
        (packed(b"", "a.txt", b"x"), "не книга Excel"),
        (b"PK" + bytes(MAX_BYTES), "больше 20 МБ"),
        (b"a" * (MAX_BYTES + 1), "больше 20 МБ"),
    ):
        assert reason in only_problem(read_plan("план.xlsx", data)).reason


def with_sheet(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with the XML of its first sheet changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            new.writestr(part, change(content) if part.filename.endswith("sheet1.xml") else content)
    return stream.getvalue()


def test_entities_in_a_workbook_are_not_followed() -> None:
    hostile = with_sheet(WHOLE, lambda xml: b'<!DOCTYPE x [<!ENTITY a "ha">]>' + xml)
    assert "не читается" in only_problem(read_plan("план.xlsx", hostile)).reason


WHOLE = xlsx(("№", "Тема", "Часов"), (1, "Сложение", 1), (2, "Вычитание", 1))


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(WHOLE)), st.binary(max_size=8))
def test_no_damage_to_a_workbook_makes_the_reader_raise(at: int, junk: bytes) -> None:
    reading = read_plan("план.xlsx", WHOLE[:at] + junk + WHOLE[at + len(junk) :])
    assert (reading.value is None) == bool(reading.problems)


@settings(max_examples=120, deadline=None)
@given(st.floats(0, 1), st.binary(max_size=8))
def test_no_damage_to_a_sheet_makes_the_reader_raise(share: float, junk: bytes) -> None:
    def damaged(xml: bytes) -> bytes:
        at = int(share * len(xml))
        return xml[:at] + junk + xml[at + len(junk) :]

    reading = read_plan("план.xlsx", with_sheet(WHOLE, damaged))
    assert (reading.value is None) == bool(reading.problems)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(LINES.encode())), st.binary(max_size=8))
def test_no_damage_to_a_text_makes_the_reader_raise(at: int, junk: bytes) -> None:
    whole = LINES.encode()
    reading = read_plan("план.csv", whole[:at] + junk + whole[at + len(junk) :])
    assert (reading.value is None) == bool(reading.problems)


@pytest.mark.parametrize(
    ("name", "rows", "hours", "thematic"),
    [
        ("geografiya-ooo_7.csv", 68, 68, False),
        ("istoriya-ooo_7.csv", 102, 102, False),
        ("literatura-ooo_7.csv", 68, 68, False),
        ("literatura-soo-bazovyj_10.csv", 102, 102, False),
        ("russkij-yazyk-ooo_7.csv", 136, 136, False),
        ("thematic-algebra-ooo-bazovyj_7.csv", 5, 102, True),
        ("thematic-fizika-ooo-bazovyj_8.csv", 7, 68, True),
    ],
)
def test_a_real_plan_is_taken_line_by_line(name: str, rows: int, hours: int, thematic: bool) -> None:
    if not (REAL / name).exists():
        pytest.skip(f"{name}: the folder of real files is not beside this repository")
    plan = taken(read_plan_file(REAL / name))
    assert (len(plan.rows), plan.hours, plan.thematic) == (rows, hours * 100, thematic)
    assert plan.declared in (None, plan.hours)
    assert not any("ОБЩЕЕ КОЛИЧЕСТВО" in row.topic for row in plan.rows)
    assert len(spread(plan.rows)) == hours
