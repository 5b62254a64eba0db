"""The spread on paper: sixty columns over several sheets, every lesson told once; names in whatever letters (R-223,
R-233)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid5

import pytest
import reportlab

from exports import fonts, journal_page
from exports.digest import digest
from exports.paper import Imprint
from projections.as_of import AsOf
from projections.columns import Column
from projections.journal import Cell, JournalPage, Line, PeriodChoice, PupilRow
from projections.journal_signs import PeriodColumn, PupilSigns
from tests.papers import sheets_of, text_of

HOME = UUID("5c001e5c-2026-4000-8000-000000000009")
PERIOD, TEACHER = uuid5(HOME, "I"), uuid5(HOME, "Соколова")
FIRST = datetime(2026, 9, 1, 9, 25)  # noqa: DTZ001 - the school's local time
IMPRINT = Imprint(
    school="Центр образования",
    moment="20.11.2026 18:00:00",
    position=4711,
    address="letopis:x",
    check="0" * 64,
)
LONG = "Бестужева-Рюмина-Константинопольская Александра-Виктория Всеволодовна, 80 знаков"
LETTERS = ("Әбдіқадыр Қайсар Ғұмар Ңұрлан Өмірзақ Ұлан Үміт Һәсен", "Ӄэргыԓо Ӈэӈэк Ԓыгин", "Ёлкина Алёна")


def column(n: int, kind: str = "") -> Column:
    starts = FIRST + timedelta(days=n)
    return Column(
        lesson=uuid5(HOME, f"lesson {n}"),
        work=uuid5(HOME, f"work {n} {kind}"),
        date=starts.date(),
        number=2,
        kind=kind or "answer",
        kind_title=kind or "Ответ на уроке",
        fraction=False,
        opens=starts,
        due=starts,
        open=False,
        first_of_lesson=not kind,
        attendance_taken=True,
    )


def line(n: int, homework: str = "") -> Line:
    starts = FIRST + timedelta(days=n)
    return Line(
        lesson=uuid5(HOME, f"lesson {n}"),
        date=starts.date(),
        number=2,
        starts=starts,
        ends=starts,
        topic=f"Тема{n:03}",
        homework=homework or f"Задание{n:03}",
        manner=(),
        not_set=False,
        homework_due=None,
        homework_at=None,
        homework_late=False,
        planned=False,
        attendance_taken=True,
    )


def page(lessons: int, names: tuple[str, ...]) -> JournalPage:
    columns = tuple(column(n) for n in range(lessons))
    rows = tuple(
        PupilRow(pupil=uuid5(HOME, name), name=name, cells=(Cell(value="4"),) * lessons, mean="4,00")
        for name in names
    )
    return JournalPage(
        journal=uuid5(HOME, "page"),
        class_id=uuid5(HOME, "7А"),
        class_title="7А",
        group_title="",
        home=False,
        subject="Алгебра",
        year=2026,
        periods=(PeriodChoice(id=PERIOD, title="I триместр", chosen=True),),
        teachers=(TEACHER,),
        columns=columns,
        foreign=(),
        rows=rows,
        sheet=PeriodColumn(
            period=PERIOD,
            kind="period",
            title="I",
            interval=4,
            signs=tuple(PupilSigns(pupil=row.pupil, value="н/а") for row in rows[:1]),
        ),
        notes=(),
        lines=tuple(line(n) for n in range(lessons)),
        filled=None,
        as_of=AsOf(position=4711, instant=datetime(2026, 11, 20, 6, tzinfo=UTC), live=False),
    )


def pupils(count: int) -> tuple[str, ...]:
    return tuple(f"Ученик{n:02} Имя" for n in range(count))


def printed(shown: JournalPage) -> bytes:
    return journal_page.pdf(shown, {TEACHER: "Соколова И. В."}, IMPRINT)


def test_sixty_columns_are_told_each_once_on_several_sheets() -> None:
    said = text_of(printed(page(60, pupils(26))))
    for n in range(60):
        assert said.count(f"Тема{n:03}") == 1
        assert said.count(f"Задание{n:03}") == 1
    assert 4 <= sheets_of(printed(page(60, pupils(26)))) <= 5
    assert "средняя" in said
    assert said.count("н/а") == 1


@pytest.mark.parametrize("count", [0, 1, 26, 32, 33, 45])
def test_every_pupil_stands_on_the_page_however_many_there_are(count: int) -> None:
    said = text_of(printed(page(3, pupils(count))))
    assert all(said.count(name) == 1 for name in pupils(count))


@pytest.mark.parametrize("lessons", [0, 1, 13, 14, 15, 16, 17])
def test_the_last_sheet_has_the_mean_and_the_mark_of_the_period(lessons: int) -> None:
    said = text_of(printed(page(lessons, pupils(5))))
    assert said.count("средняя") == 1
    assert said.count("4,00") == 5


def test_long_homework_pushes_lessons_to_the_next_sheet_and_loses_nothing() -> None:
    shown = page(16, pupils(10))
    said = "слово " * 150
    long = tuple(line(n, said) for n in range(16))
    content = printed(replace(shown, lines=long))
    assert text_of(content).count("слово") == 16 * 150
    assert sheets_of(content) > sheets_of(printed(shown))


def test_a_homework_of_two_thousand_letters_stays_on_one_sheet() -> None:
    shown = page(1, pupils(3))
    content = printed(replace(shown, lines=(line(0, "абвгд " * 333),)))
    assert text_of(content).count("абвгд") == 333
    assert sheets_of(content) == 1


def test_a_text_longer_than_a_sheet_says_where_it_goes_on() -> None:
    content = printed(replace(page(1, pupils(3)), lines=(line(0, "абвгд " * 3000),)))
    said = text_of(content)
    assert "(полностью — в электронном журнале)" in said
    assert said.count("абвгд") > 400
    assert sheets_of(content) == 1


def test_a_class_of_long_names_takes_more_sheets_and_names_everybody() -> None:
    names = tuple(f"{LONG[:-2]}{n:02}" for n in range(32))
    content = printed(page(3, names))
    said = text_of(content)
    assert all(said.count(name) == 1 for name in names)
    assert 1 < sheets_of(content) < 4


@pytest.mark.parametrize("name", [LONG, *LETTERS])
def test_a_name_is_printed_whole_in_its_own_letters(name: str) -> None:
    assert name in text_of(printed(page(16, (name, "Ким Ян"))))


def test_the_same_page_prints_the_same_bytes_and_its_sum_says_so() -> None:
    shown = page(20, pupils(8))
    assert printed(shown) == printed(shown)
    changed = replace(shown, rows=(replace(shown.rows[0], mean="4,10"), *shown.rows[1:]))
    assert digest(shown) == digest(page(20, pupils(8)))
    assert digest(shown) != digest(changed)
    assert len(digest(shown)) == 64


def test_the_sum_hangs_on_no_order_of_sets() -> None:
    words = [f"слово {n}" for n in range(50)]
    assert digest(frozenset(words)) == digest(frozenset(reversed(words)))
    assert digest({"а": 1, "б": 2}) == digest({"б": 2, "а": 1})
    assert digest(date(2026, 9, 1)) != digest(date(2026, 9, 2))


@pytest.fixture
def latin_font() -> Iterator[Path]:
    """A school's file that knows no Cyrillic at all; afterwards papers are set in PT Serif again."""
    file = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
    fonts.use([file])
    yield file
    fonts.use()


def test_a_letter_the_schools_font_has_not_is_set_in_the_one_that_has_it(latin_font: Path) -> None:
    assert fonts.words("Ann Ӄ") == 'Ann <font name="PTSerif">Ӄ</font>'
    said = text_of(printed(page(3, ("Ann Ӄэргыԓо",))))
    assert "Ann Ӄэргыԓо" in said


def test_a_letter_no_font_has_is_a_question_mark_and_no_empty_box() -> None:
    assert fonts.words("мир ✓ 你好") == "мир ? ??"
    assert fonts.words("5 < 6 & 7") == "5 &lt; 6 &amp; 7"


def test_what_is_no_font_is_said_to_be_none(tmp_path: Path) -> None:
    wrong = tmp_path / "times.ttf"
    wrong.write_bytes(b"not a font")
    with pytest.raises(fonts.BadFont, match=r"times\.ttf"):
        fonts.use([wrong])
    fonts.use()
