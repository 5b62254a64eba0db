"""AT-25, the annual archive: sheets with promotion printed by 30 June, signed, sealed, in the register with their
hash; printed again they are the same; electronic to 2032, on paper to 2052 (9.2(b5), 12.1–12.3; Perm 5.2)."""

# ruff: noqa: F811 - `paper` is the fixture

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest

from commands.archive import ArchivePaper
from commands.deciding import Refusal
from commands.founding import AdoptRegulation
from commands.promotion import DecidePromotion, PromotionItem
from exports import archive_register, register_sheet
from projections import archive_page, deadlines, printed_register, tasks
from projections.archive_page import ArchivePage
from projections.task import Task
from tests.papers import imprint, sheets_of, text_of
from tests.projections.conftest import paper  # noqa: F401
from tests.projections.pouring import KEY_OF, Paper, caught_up
from tests.story import Story
from tests.term import KLASS, marked
from tests.world import PUPILS, REGULATIONS, SCHOOL_ID, named

ALGEBRA, SHOWN = named("7А Алгебра"), "2027-06-28 11:00"
WORDS = register_sheet.Words(
    kinds={"year": "годовая"}, promotions={"promoted": "переведён в следующий класс"}
)
KINDS = {"journal": "Классный журнал", "year_sheets": "Сводная ведомость"}


@pytest.fixture
def year() -> Story:
    """7А at the end of 2026/27: marks of the year in algebra, everybody promoted by order 57."""
    story = Story()
    for n, pupil in enumerate(PUPILS["7А"]):
        marked(story, ALGEBRA, named(pupil), "345"[n % 3], f"2027-05-27 12:0{n}", kind="year")
    items = tuple(PromotionItem(pupil=named(pupil), decision="promoted") for pupil in PUPILS["7А"])
    decided = DecidePromotion(year=2026, items=items, order_number="57", order_date=date(2027, 5, 31))
    story.do("Орлова", "2027-05-31 12:00", decided)
    return story


def poured(paper: Paper, story: Story) -> None:
    paper.pour(story.store)
    paper.name_pupils()
    caught_up(paper)


def sheets(paper: Paper, when: str) -> bytes:
    with paper.reading(when) as reading:
        page = printed_register.page(reading, KLASS)
        return register_sheet.pdf(page, WORDS, imprint(reading), leader="Громова А. П.", promoting=True)


def archive(paper: Paper, story: Story, when: str) -> ArchivePage:
    poured(paper, story)
    with paper.reading(when) as reading:
        return archive_page.page(reading, 2026)


def registered(story: Story, printed: bytes, **changed: object) -> ArchivePaper:
    told = ArchivePaper(
        number="14",
        kind="year_sheets",
        title="Сводная ведомость 7А, 2026/27",
        year=2026,
        class_id=KLASS,
        sheets=sheets_of(printed),
        copies=2,
        stitched=date(2027, 6, 28),
        place="архив, шкаф 2",
        position=story.store.head(SCHOOL_ID).position,
        sha256=sha256(printed).hexdigest(),
    )
    return replace(told, **changed)  # type: ignore[arg-type]


@pytest.mark.case("AT-25")
def test_the_sheets_say_marks_promotion_and_where_the_director_signs(paper: Paper, year: Story) -> None:
    poured(paper, year)
    said = text_of(sheets(paper, SHOWN))
    for words in (
        *("СВОДНАЯ ВЕДОМОСТЬ", "2026/27", "Алг", "годовая", "Каляна Мария"),
        *(
            "переведён в следующий класс, пр. № 57",
            "Директор",
            "подпись",
            "М. П. (печать Центра образования)",
        ),
        *("лист 1 из", "SHA-256", f"запись № {year.store.head(SCHOOL_ID).position}"),
    ):
        assert words in said, words


@pytest.mark.case("AT-25")
def test_printed_again_at_the_same_moment_the_sheets_are_the_same_bytes(paper: Paper, year: Story) -> None:
    poured(paper, year)
    first = sheets(paper, SHOWN)
    marked(year, ALGEBRA, named("Каляна Мария"), "5", "2027-06-29 09:00", kind="year")
    poured(paper, year)
    assert sheets(paper, SHOWN) == first
    assert sheets(paper, "2027-06-29 10:00") != first


@pytest.mark.case("AT-25")
def test_what_was_stitched_stands_in_the_register_with_number_and_hash(paper: Paper, year: Story) -> None:
    poured(paper, year)
    printed = sheets(paper, SHOWN)
    year.do("Дьячкова", "2027-06-28 15:00", registered(year, printed))
    page = archive(paper, year, "2027-06-28 16:00")
    (item,) = page.items
    assert (item.number, item.sheets, item.copies) == ("14", sheets_of(printed), 2)
    assert item.sha256 == sha256(sheets(paper, SHOWN)).hexdigest()
    assert item.registered_by == named("Дьячкова")
    with paper.reading("2027-06-28 16:00") as reading:
        told = text_of(archive_register.pdf(page, {}, KINDS, imprint(reading)))
        label = text_of(archive_register.label(item, imprint(reading)))
    assert "Сводная ведомость 7А, 2026/27" in told
    assert "№ 14" in label
    assert "Хранить до 2052 года" in label


@pytest.mark.case("AT-25")
def test_the_year_is_kept_to_2032_electronically_and_to_2052_on_paper(paper: Paper, year: Story) -> None:
    page = archive(paper, year, SHOWN)
    assert (page.electronic_until, page.paper_until, page.copies) == (2032, 2052, 2)


@pytest.mark.case("AT-25")
def test_what_is_due_by_30_june_is_shown_from_1_june(paper: Paper, year: Story) -> None:
    assert archive(paper, year, "2027-05-31 23:59").due == ()
    due = archive(paper, year, "2027-06-01 00:00").due
    assert {(each.kind, each.class_title, each.due) for each in due} >= {
        ("journal", "7А", date(2027, 6, 30)),
        ("year_sheets", "7А", date(2027, 6, 30)),
    }
    assert not any(each.over or each.soon for each in due)


@pytest.mark.case("AT-25")
@pytest.mark.parametrize(
    ("when", "soon", "over"),
    [
        ("2027-06-19 23:59", False, False),
        ("2027-06-20 00:00", True, False),
        ("2027-06-30 23:59", True, False),
        ("2027-07-01 00:00", False, True),
    ],
)
def test_the_deputy_is_reminded_on_20_june_and_after_the_30th_it_is_late(
    paper: Paper, year: Story, when: str, soon: bool, over: bool
) -> None:
    found = {task.kind: task for task in tasks_of_deputy(paper, year, when)}
    assert {"print_journal", "print_year_sheets"} <= set(found)
    sheet = found["print_year_sheets"]
    assert (sheet.status == "soon", sheet.over, str(sheet.until)) == (
        soon,
        over,
        "2027-06-30 23:59:59",
    )


@pytest.mark.parametrize(
    ("act", "when", "papers"),
    [
        ("ust-belaya", "2027-05-31 06:00", 0),
        ("ust-belaya", "2027-06-01 06:00", 2),
        ("ust-belaya", "2027-07-05 06:00", 2),
        ("perm", "2027-07-05 06:00", 1),
        ("padun", "2027-07-05 06:00", 0),
    ],
)
def test_the_morning_counts_of_each_class_the_papers_of_the_year_the_act_wants(
    paper: Paper, act: str, when: str, papers: int
) -> None:
    """Усть-Белая wants the journal and the sheets by 30 June, Perm the sheets, Padun neither (P-85)."""
    story, toml = Story(), (REGULATIONS / f"{act}.toml").read_text(encoding="utf-8")
    story.do("Носов", "2026-09-01 08:00", AdoptRegulation(title=act, toml=toml, in_force=date(2026, 9, 2)))
    poured(paper, story)
    with paper.reading(when) as reading:
        told = {each.key: each for each in deadlines.found(reading, reading.today)}
    assert ("archive" in told) == bool(papers)
    if papers:
        assert told["archive"].count == papers * len(PUPILS)
        assert "до 30.06.2027" in told["archive"].title


@pytest.mark.case("AT-25")
def test_what_is_in_the_register_is_no_task_any_more(paper: Paper, year: Story) -> None:
    poured(paper, year)
    before = count(tasks_of_deputy(paper, year, SHOWN))
    year.do("Дьячкова", "2027-06-28 15:00", registered(year, sheets(paper, SHOWN)))
    assert count(tasks_of_deputy(paper, year, "2027-06-28 16:00")) == before - 1


def count(found: Iterator[Task]) -> int:
    return next(task.count for task in found if task.kind == "print_year_sheets")


def tasks_of_deputy(paper: Paper, story: Story, when: str) -> Iterator[Task]:
    poured(paper, story)
    with paper.reading(when) as reading:
        page = tasks.page(reading, named("Дьячкова"), {"deputy"}, KEY_OF)
    return (task for group in page.groups for task in group.tasks)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"sheets": 0}, "archive-sheets"),
        ({"copies": 21}, "archive-sheets"),
        ({"kind": "slip"}, "archive-kind"),
        ({"year": 2025}, "archive-kind"),
        ({"class_id": named("8А")}, "archive-class"),
        ({"sha256": "abc"}, "archive-file"),
        ({"position": 0}, "archive-file"),
        ({"stitched": date(2027, 6, 29)}, "archive-stitched"),
        ({"place": " "}, "plain-text"),
    ],
)
def test_the_register_takes_only_what_was_printed_and_stitched(
    paper: Paper, year: Story, changed: dict[str, object], code: str
) -> None:
    poured(paper, year)
    command = registered(year, sheets(paper, SHOWN), **changed)
    with pytest.raises(Refusal) as refused:
        year.do("Дьячкова", "2027-06-28 15:00", command)
    assert refused.value.code == code


def test_a_number_of_the_register_is_given_once(paper: Paper, year: Story) -> None:
    poured(paper, year)
    command = registered(year, sheets(paper, SHOWN))
    year.do("Дьячкова", "2027-06-28 15:00", command)
    with pytest.raises(Refusal, match="Номер 14"):
        year.do("Ефимова", "2027-06-28 15:01", replace(command, title="Журнал"))


@pytest.mark.parametrize("who", ["Соколова", "Громова", "Кеулькут", "Носов"])
def test_who_neither_directs_nor_is_a_deputy_registers_nothing(paper: Paper, year: Story, who: str) -> None:
    poured(paper, year)
    with pytest.raises(Refusal):
        year.do(who, "2027-06-28 15:00", registered(year, sheets(paper, SHOWN)))
