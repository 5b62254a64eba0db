"""Papers over pages of a whole year told in memory: the corrected mark (AT-18), the распоряжение, the whole journal,
the results of a class, the register of corrections."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from exports import (
    class_journal,
    class_report,
    correction_register,
    fulfilment,
    held_register,
    order_form,
    pupil_extract,
    pupil_list,
    register_sheet,
)
from ledger.events.roster import ClassFormed, PupilDeparted
from projections import class_journal as journals
from projections import class_results, plan_fulfilment, printed_register
from projections import correction_register as corrections
from projections import held_register as hours
from projections import order_form as forms
from projections import pupil_extract as extracts
from projections.class_results import ClassResults
from projections.reading import NoSuchPage
from tests.acceptance.test_at_18_graduating import PAGE, PHYSICS, ask, conclude, order
from tests.correction_cases import DIVIDED, YEAR, closed, marked
from tests.papers import imprint, sheets_of, text_of
from tests.projections.control.reported import asked, figures, report
from tests.projections.pouring import KEY_OF, Paper, caught_up
from tests.story import Story
from tests.term import HOME_PAGE, KLASS, NEWCOMER, PERIOD, told
from tests.term import marked as given
from tests.world import FIRST, named

NINTH, OLEG = named("9А"), "Кергитваль Олег"
WORDS = register_sheet.Words(kinds={"year": "годовая"}, promotions={})
STAFF = {named(who): f"{who} И. О." for who in ("Соколова", "Петров", "Дьячкова", "Громова", "Лебедева")}
LAST, AFTER = date(2026, 11, 20), "2026-11-25 12:00"


@pytest.fixture
def graduating() -> Story:
    """Олег's 4 of the year in physics; on 02.06 the распоряжение № 212 makes it a 5."""
    story = Story(*DIVIDED, *PAGE)
    marked(story, "Петров", "2027-05-27 12:00", PHYSICS, YEAR, "year", OLEG, "4")
    closed(story, "2027-05-28 23:00", PHYSICS, YEAR)
    return story


def poured(paper: Paper, story: Story) -> None:
    paper.pour(story.store)
    paper.name_pupils()
    caught_up(paper)


def sheet(paper: Paper, when: str, class_id: UUID = NINTH) -> bytes:
    with paper.reading(when) as reading:
        page = printed_register.page(reading, class_id, ("year",))
        return register_sheet.pdf(page, WORDS, imprint(reading), leader="", promoting=True)


@pytest.mark.case("AT-18")
def test_the_sheet_of_31_may_stays_and_the_new_one_names_the_order(paper: Paper, graduating: Story) -> None:
    poured(paper, graduating)
    before = sheet(paper, "2027-05-31 12:00")
    ref = ask(graduating)
    conclude(graduating, ref)
    order(graduating, ref)
    poured(paper, graduating)
    assert sheet(paper, "2027-05-31 12:00") == before
    said = text_of(sheet(paper, "2027-06-02 12:00"))
    assert "5*" in said
    assert "«4» исправлена на «5», распоряжение № 212 от 02.06.2027" in said
    assert "распоряжение" not in text_of(before)


def test_the_form_of_the_order_says_what_why_and_on_whose_word(paper: Paper, graduating: Story) -> None:
    ref = ask(graduating)
    conclude(graduating, ref)
    poured(paper, graduating)
    with paper.reading("2027-06-01 16:00") as reading:
        form = forms.page(reading, ref.case, KEY_OF)
        said = text_of(order_form.pdf(form, STAFF, {"year": "годовая"}, imprint(reading)))
        with pytest.raises(NoSuchPage):
            forms.page(reading, named("такого дела нет"), KEY_OF)
    for words in (
        *("РАСПОРЯЖЕНИЕ", "п. 7.14", "Петров И. О.", "Дьячкова И. О.", "9А, Физика", OLEG),
        *("годовая отметка, 2026/27", "Не учтена контрольная работа", "Ошибка подтверждается работой"),
    ):
        assert words in said, words


def test_the_register_of_corrections_tells_who_asked_who_agreed_and_how_long_it_took(
    paper: Paper, graduating: Story
) -> None:
    ref = ask(graduating)
    conclude(graduating, ref)
    order(graduating, ref)
    poured(paper, graduating)
    words = correction_register.Words(targets={}, kinds={}, grounds={}, outcomes={"approved": "исправлено"})
    with paper.reading("2027-06-03 12:00") as reading:
        page = corrections.page(reading, date(2027, 6, 1), date(2027, 6, 3), KEY_OF, [PHYSICS])
        nobody = corrections.page(
            reading, date(2027, 6, 1), date(2027, 6, 3), KEY_OF, [PHYSICS], named("Соколова")
        )
        before = corrections.page(reading, date(2027, 5, 1), date(2027, 5, 31), KEY_OF, [PHYSICS])
        said = text_of(correction_register.pdf(page, STAFF, words, imprint(reading)))
    (line,) = page.lines
    assert line.hours == 25.0  # asked on 01.06 at 10:00, ordered on 02.06 at 11:00
    assert (nobody.lines, before.lines) == ((), ())
    for each in ("распоряжение № 212 от 02.06.2027", "исправлено", OLEG, "25", "Не учтена"):
        assert each in said, each


@pytest.fixture
def term(paper: Paper) -> Paper:
    """A random term of 7А; of algebra marks for the period."""
    story, school = told(7, LAST)
    for n, pupil in enumerate(school.pupils_of(named("7А Алгебра"), LAST)):
        given(story, named("7А Алгебра"), pupil, "5432"[n % 4], f"2026-11-20 19:{n:02}")
    poured(paper, story)
    return paper


def results(paper: Paper) -> ClassResults:
    with paper.reading(AFTER) as reading:
        return class_results.page(reading, KLASS, str(PERIOD))


def test_the_results_of_a_class_count_what_stands_in_its_register(term: Paper) -> None:
    page = results(term)
    algebra = next(each for each in page.subjects if each.subject == named("Алгебра"))
    with term.reading(AFTER) as reading:
        rows = printed_register.page(reading, KLASS, (str(PERIOD),)).register
    place = [each.subject for each in rows.subjects].index(named("Алгебра"))
    values = [row.cells[place][0].value for row in rows.rows if not row.gone]
    assert algebra.counts == tuple(values.count(value) for value in class_results.VALUES)
    marks = [int(value) for value in values if value.isdigit()]
    assert algebra.mean == round(100 * sum(marks) / len(marks))
    assert algebra.teachers == (named("Соколова"),)
    lists = {each.title: each.pupils for each in page.lists}
    weak = {row.name for row in rows.rows if row.cells[place][0].value == "2"}
    assert {name for name, _ in lists["failing"]} == weak
    assert page.came == 1  # Эттувги came from 6А on 19.10
    assert page.begun - page.left + page.came == page.ended


def test_the_report_of_a_class_names_absences_by_reason(term: Paper) -> None:
    page = results(term)
    with term.reading(AFTER) as reading:
        said = text_of(class_report.pdf(page, STAFF, {}, imprint(reading)))
    assert "по болезни" in said
    assert str(page.attendance.total.missed) in said
    assert "прибыло 1" in said


def test_a_failing_pupil_without_all_marks_lessens_nobodys_achievement(paper: Paper) -> None:
    """As C-11 and C-27 count: of one with all marks who learns well, and one with a «2» and nothing else."""
    story = Story()
    for subject in (
        *("Алгебра", "Физика", "Геометрия", "Русский язык", "Литература", "Физкультура"),
        "Иностранный язык",
    ):
        given(story, named(f"7А {subject}"), named("Антипина Дарья"), "5", "2026-11-20 15:00")
    given(story, named("7А Алгебра"), named("Рультытегин Артём"), "2", "2026-11-20 15:00")
    paper.pour(story.store)
    paper.name_pupils()
    caught_up(paper)
    with paper.reading(AFTER) as reading:
        said = text_of(class_report.pdf(results(paper), STAFF, {}, imprint(reading)))
    assert "Успеваемость 100 %, качество 100 %" in " ".join(said.split())


@pytest.mark.parametrize(("last", "counted"), [(date(2026, 11, 20), True), (date(2026, 11, 10), False)])
def test_a_report_is_of_who_was_in_the_class_on_the_last_day_of_the_period(
    paper: Paper, last: date, counted: bool
) -> None:
    """Ященко has a «2» for the term and Каляна no mark; both left, on the term's last day or before. As C-27 counts."""
    gone = [named(who) for who in ("Ященко Ольга", "Каляна Мария")]
    story = Story(*((pupil, PupilDeparted(last=last, order=None)) for pupil in gone))
    given(story, named("7А Алгебра"), named("Антипина Дарья"), "5", "2026-11-09 15:00")
    given(story, named("7А Алгебра"), gone[0], "2", "2026-11-09 15:01")
    poured(paper, story)
    page = results(paper)
    (algebra,) = (each for each in page.subjects if each.title == "Алгебра")
    lists = {each.title: [name for name, _ in each.pupils] for each in page.lists}
    assert (page.begun, page.left, page.ended, page.total.pupils) == (
        (6, 0, 6, 6) if counted else (6, 2, 4, 4)
    )
    assert (page.total.failing, algebra.sum.success) == ((1, 50) if counted else (0, 100))
    assert lists["failing"] == (["Ященко Ольга"] if counted else [])
    assert ("Каляна Мария" in lists["incomplete"]) == counted
    said = figures(report(paper, "C-27", asked(FIRST, LAST, class_id="7А"), AFTER))
    assert (said["pupils"][0], said["failing"][0]) == (page.total.pupils, page.total.failing)


def test_the_whole_journal_has_every_page_home_tuition_and_the_register(term: Paper) -> None:
    with term.reading(AFTER) as reading:
        book = journals.page(reading, KLASS)
        content = class_journal.pdf(book, STAFF, WORDS, {}, imprint(reading))
        titles = {reading.school.subject_of(each.journal).title for each in book.pages}
    said = text_of(content)
    assert HOME_PAGE in {each.journal for each in book.pages}
    assert len({each.journal for each in book.pages}) == len(book.klass.pages)
    for words in (
        "КЛАССНЫЙ ЖУРНАЛ",
        "СПИСОК УЧАЩИХСЯ 7А",
        "обучение на дому",
        "ВЫПОЛНЕНИЕ",
        "СВОДНАЯ ВЕДОМОСТЬ",
    ):
        assert words in said, words
    assert all(f"7А, {title}" in said or f"), {title}" in said for title in titles)
    assert f"лист 1 из {sheets_of(content)}" in said


def test_an_extract_takes_the_marks_of_both_classes_of_a_pupil_who_moved(term: Paper) -> None:
    with term.reading("2026-11-19 12:00") as reading:
        page = extracts.page(reading, NEWCOMER)
        said = text_of(pupil_extract.pdf(page, {}, {}, imprint(reading)))
    assert "Эттувги Роман" in said
    assert "выбыл(а) из 6А" in said
    assert "зачислен(а) в 7А" in said
    assert dict(page.current)


def test_hours_held_and_programmes_fulfilled_are_told_of_every_teacher_and_page(term: Paper) -> None:
    with term.reading(AFTER) as reading:
        told_hours = hours.page(reading, date(2026, 10, 1))
        held = text_of(held_register.pdf(told_hours, STAFF, {}, imprint(reading)))
        page = plan_fulfilment.page(reading, [named("7А Алгебра")], LAST)
        done = text_of(fulfilment.pdf(page, STAFF, imprint(reading)))
    assert "Октябрь 2026 г." in held
    assert all(STAFF[row.teacher] in held for row in told_hours.rows if row.teacher in STAFF)
    assert "Алгебра" in done
    assert "нет КТП" in done


def test_a_class_with_nobody_and_nothing_in_it_has_its_papers_too(paper: Paper) -> None:
    empty = named("8А")
    poured(paper, Story((empty, ClassFormed(year=2026, title="8А", grade=8, level="ООО"))))
    with paper.reading(AFTER) as reading:
        told_so = imprint(reading)
        book = journals.page(reading, empty)
        found = class_results.page(reading, empty, str(PERIOD))
        printed = (
            class_journal.pdf(book, {}, WORDS, {}, told_so),
            class_report.pdf(found, {}, {}, told_so),
            pupil_list.pdf(book.klass, {}, {}, told_so),
            register_sheet.pdf(
                printed_register.page(reading, empty, (str(PERIOD),)),
                WORDS,
                told_so,
                leader="",
                promoting=False,
            ),
            register_sheet.pdf(book.register, WORDS, told_so, leader="", promoting=True),
            fulfilment.pdf(book.fulfilment, {}, told_so),
        )
    assert all("8А" in text_of(each) for each in printed[:-1])
    assert "ВЫПОЛНЕНИЕ УЧЕБНЫХ ПРОГРАММ" in text_of(printed[-1])
