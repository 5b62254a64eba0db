"""A control report as CSV, XLSX, PDF and charts: typed cells, no formulas, the same bytes at the same moment."""

from __future__ import annotations

import csv
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from exports import chart, report_paper, spreadsheet
from exports.heading import Heading
from exports.paper import Imprint
from projections.as_of import AsOf
from projections.control.report import Asked, Chart, Column, Figure, Line, Report, Value

FORMULA = '=HYPERLINK("http://зло","Нажмите")'
AT = datetime.fromisoformat("2026-10-14T09:41")
COLUMNS = (
    Column(key="pupil", title="Ученик"),
    Column(key="marks", title="Отметок", kind="count"),
    Column(key="share", title="Успеваемость", kind="share"),
    Column(key="mean", title="Средний балл", kind="mean"),
    Column(key="hours", title="Часов", kind="hours"),
    Column(key="day", title="День", kind="day"),
    Column(key="at", title="Внесено", kind="moment"),
    Column(key="mark", title="Отметка", kind="mark"),
)
VALUES: tuple[Value, ...] = (
    *("Ӄергитваль Ёлка", 12, 92.5, 3.857, 150, date(2026, 10, 14)),
    *(AT, "4"),
)
HEADING = Heading(
    school="Центр образования",
    about=(("Период", "I триместр, 01.09–20.11.2026"), ("На момент", "20.11.2026 18:00:00, запись № 77")),
)
BARS = Chart(
    title="Темы в срок",
    shape="bars",
    labels=("7А", "7Б", "8А"),
    series=(("I триместр", (90.0, None, 45.5)),),
    unit="%",
)


def report(*texts: str, charts: tuple[Chart, ...] = (), lines: int = 1) -> Report:
    texts = texts or ("Ӄергитваль Ёлка",)
    return Report(
        code="C-13",
        title="Наполняемость отметок",
        asked=Asked(first=date(2026, 9, 1), last=date(2026, 11, 20)),
        columns=COLUMNS,
        lines=tuple(
            Line(key=f"{n}/{text}", values=(text, *VALUES[1:])) for n in range(lines) for text in texts
        ),
        figures=(
            Figure(key="high", title="Высокая", value=40.0, kind="share", part=2, whole=5, better="more"),
        ),
        charts=charts,
        as_of=AsOf(position=77, instant=datetime(2026, 11, 20, 6, tzinfo=UTC)),
        regulation=2,
        notes=("Освобождённые не считаются.",),
    )


def imprint(position: int = 77) -> Imprint:
    return Imprint(
        school="Центр образования",
        moment="20.11.2026 18:00:00",
        position=position,
        address=f"letopis:x/control/C-13?at=entry-{position}",
        check="0" * 64,
    )


def rows_of(body: bytes) -> list[list[str]]:
    assert body.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(body.decode("utf-8-sig")), delimiter=";"))


def test_a_csv_says_what_it_is_and_has_the_numbers_of_a_russian_spreadsheet() -> None:
    rows = rows_of(spreadsheet.comma_separated(report(), HEADING))
    assert "запись № 77" in rows[0][0]
    assert rows[1][:3] == ["Ученик", "Отметок", "Успеваемость, %"]
    assert rows[2] == [
        *("Ӄергитваль Ёлка", "12", "92,5", "3,86", "1,5", "14.10.2026", "14.10.2026 09:41", "4"),
    ]
    assert rows[4] == ["Высокая", "40,0 % (2 из 5)"]
    assert rows[5] == ["Освобождённые не считаются."]


@pytest.mark.parametrize("text", [FORMULA, "+7 914", "-1", "@СУММ(A1)", "\t=1", "\r=1", "＝1"])
def test_what_a_spreadsheet_would_run_stays_text(text: str) -> None:
    made = report(text)
    assert rows_of(spreadsheet.comma_separated(made, HEADING))[2][0] == f"'{text}"
    sheet = load_workbook(BytesIO(spreadsheet.workbook(made, HEADING))).worksheets[0]
    cell = sheet["A3"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert cell.value == text.replace("\r", "\n")  # as XML reads the end of a line


def test_an_ordinary_text_is_left_as_it_is() -> None:
    rows = rows_of(spreadsheet.comma_separated(report("Ященко; «Ольга»\nвторая строка"), HEADING))
    assert rows[2][0] == "Ященко; «Ольга»\nвторая строка"


def test_an_xlsx_has_typed_cells_and_a_head_that_stays() -> None:
    book = load_workbook(BytesIO(spreadsheet.workbook(report(), HEADING)))
    sheet, about = book.worksheets
    assert sheet.title == "C-13. Наполняемость отметок"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B3", "A2:H3")
    assert "Период: I триместр" in sheet["A1"].value
    assert [cell.value for cell in sheet[3]] == [
        *("Ӄергитваль Ёлка", 12, 0.925, 3.857, 1.5, datetime.fromisoformat("2026-10-14"), AT, 4),
    ]
    assert [cell.number_format for cell in sheet[3]][1:7] == [
        *("0", "0.0%", "0.00", "0.##", "dd.mm.yyyy", "dd.mm.yyyy hh:mm"),
    ]
    assert ["Высокая", "40,0 % (2 из 5)"] in [[cell.value for cell in row] for row in about.rows]


def test_an_xlsx_holds_no_formula_and_is_sound_xml() -> None:
    made = report(FORMULA, 'Кавычка " и \x0b управляющий знак', "[Лист]:*?")
    with zipfile.ZipFile(BytesIO(spreadsheet.workbook(made, HEADING))) as file:
        assert file.testzip() is None
        for name in file.namelist():
            if name.endswith(".xml"):
                tree = ElementTree.fromstring(file.read(name))
                assert not [each for each in tree.iter() if each.tag.endswith("}f")], name


def test_an_empty_report_is_a_file_too() -> None:
    made = report(lines=0)
    assert load_workbook(BytesIO(spreadsheet.workbook(made, HEADING))).worksheets[0].max_row == 2
    assert len(rows_of(spreadsheet.comma_separated(made, HEADING))) == 5
    assert "Строк нет" in text_of(report_paper.pdf(made, HEADING, imprint()))


def text_of(body: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages)


def test_a_print_has_its_head_on_every_sheet_and_says_when() -> None:
    body = report_paper.pdf(report(lines=120, charts=(BARS,)), HEADING, imprint())
    reader = PdfReader(BytesIO(body))
    sheets = [page.extract_text() for page in reader.pages]
    tables = [each for each in sheets if "Ӄергитваль" in each]
    assert len(tables) > 1
    assert all("Средний" in each for each in tables)
    assert f"лист 1 из {len(sheets)}" in sheets[0]
    assert "запись № 77" in sheets[0]
    assert "Замечания" in sheets[-1]


def test_a_print_is_upright_until_its_table_is_wide() -> None:
    narrow = report("Ф" * 30)
    wide = replace(
        narrow,
        columns=COLUMNS * 2,
        lines=tuple(replace(each, values=each.values * 2) for each in narrow.lines),
    )
    size = [
        PdfReader(BytesIO(report_paper.pdf(each, HEADING, imprint()))).pages[0].mediabox
        for each in (narrow, wide)
    ]
    assert size[0].height > size[0].width
    assert size[1].width > size[1].height


def test_a_register_of_thirty_subjects_has_its_heads_turned_and_its_names_whole() -> None:
    subjects = tuple(
        Column(key=f"s{n}", title=f"Изобразительное искусство {n}", kind="mark") for n in range(30)
    )
    register = replace(
        report("Айваткин-Вальгиргин Николай"),
        columns=(COLUMNS[0], *subjects),
        lines=(Line(key="1", values=("Айваткин-Вальгиргин Николай", *("5",) * 30)),),
    )
    body = report_paper.pdf(register, HEADING, imprint())
    assert "Айваткин-Вальгиргин Николай" in text_of(body)
    assert PdfReader(BytesIO(body)).pages[0].mediabox.width > 800


def test_the_same_report_prints_the_same_bytes_and_another_moment_others() -> None:
    made = report(charts=(BARS,))
    assert report_paper.pdf(made, HEADING, imprint()) == report_paper.pdf(made, HEADING, imprint())
    assert report_paper.pdf(made, HEADING, imprint()) != report_paper.pdf(made, HEADING, imprint(78))


def test_markup_in_a_name_is_printed_as_it_is() -> None:
    body = report_paper.pdf(report("<b>Ященко</b> & <font size=99>"), HEADING, imprint())
    assert "<b>Ященко</b>" in text_of(body).replace("\n", "")


def parsed(made: Chart) -> list[ElementTree.Element]:
    return [ElementTree.fromstring(each) for each in chart.svg(made)]


def test_a_chart_on_the_screen_carries_no_style_and_no_colour_of_its_own() -> None:
    for shape in ("bars", "lines"):
        made = replace(BARS, shape=shape)
        for root in parsed(made):
            for element in root.iter():
                assert "style" not in element.attrib
                assert "fill" not in element.attrib
                assert "id" not in element.attrib
    texts = {each.text for root in parsed(BARS) for each in root.iter("text")}
    assert {"7А", "7Б", "8А", "90", "45,5", "—"} <= texts


def test_a_bar_is_as_long_as_its_value() -> None:
    names = tuple(f"Учитель {n}" for n in range(3))
    (root,) = parsed(replace(BARS, labels=names, series=(("", (100.0, 50.0, None)),)))
    full, half, nothing = [float(each.attrib["width"]) for each in root.iter("rect")]
    assert half == pytest.approx(full / 2)
    assert nothing == 0


def test_sixty_teachers_stand_in_several_drawings_that_fit_a_sheet() -> None:
    many = Chart(
        title="Полнота",
        shape="bars",
        labels=tuple(f"Ваамчо-Вальгиргин {n}" for n in range(60)),
        series=(("", tuple(float(n) for n in range(60))),),
        unit="%",
    )
    drawn = chart.drawings(many)
    assert len(drawn) == 3
    assert all(each.height < 400 for each in drawn)
    assert len(PdfReader(BytesIO(report_paper.pdf(report(charts=(many,)), HEADING, imprint()))).pages) >= 2


def test_a_missing_value_breaks_a_line() -> None:
    (root,) = parsed(
        Chart(
            title="",
            shape="lines",
            labels=("сен", "окт", "ноя", "дек"),
            series=(("7А", (3.5, None, 4.0, 4.1)),),
        )
    )
    assert len(list(root.iter("circle"))) == 3
    assert len(list(root.iter("polyline"))) == 1


def test_a_chart_without_labels_is_no_drawing() -> None:
    assert chart.svg(replace(BARS, labels=(), series=(("", ()),))) == ()


def test_a_chart_is_also_told_in_numbers() -> None:
    assert chart.numbers(BARS) == [("7А", ("90",)), ("7Б", ("—",)), ("8А", ("45,5",))]


def test_markup_in_a_label_is_no_markup_of_the_page() -> None:
    (drawn,) = chart.svg(replace(BARS, labels=("<script>alert(1)</script>", "7Б", "8А")))
    assert "<script" not in drawn
    assert "&lt;script" in drawn
