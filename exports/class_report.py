"""«Отчёт по классу» of a period (C-27; Padun 2.7): handed to the deputy head with the «Ведомость»."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from exports import said
from exports.grid import STRONG, TINY_STRONG, centred, signature, table
from exports.paper import HEAD, SMALL, Imprint, p, sheets
from exports.said import Names
from projections.class_results import VALUES, ClassResults, Standing

Titles = Mapping[str, str]
LISTS = {
    "excellent": "На «5»",
    "one_four": "С одной «4» (резерв)",
    "good": "На «4» и «5»",
    "one_three": "С одной «3» (резерв)",
    "failing": "Не успевают",
    "incomplete": "Нет отметки (предметов)",
}


def pdf(page: ClassResults, names: Names, kinds: Titles, imprint: Imprint) -> bytes:
    leader = said.people(page.class_teachers, names)
    posts = [("Классный руководитель", leader), ("Отчёт принял, заместитель директора", "")]
    story = [*_story(page, names, kinds, leader), signature(imprint, posts)]
    return sheets(story, imprint, title=f"Отчёт по классу {page.class_title}")


def _story(page: ClassResults, names: Names, kinds: Titles, leader: str) -> Iterator[Flowable]:
    period = page.column.title or kinds.get(page.column.kind, page.column.kind)
    span = page.column.span
    yield p("ОТЧЁТ ПО КЛАССУ", HEAD)
    yield p(
        f"{page.class_title} класс, {period}, {said.study_year(page.year)} учебный год "
        f"({said.full_day(span.first)} — {said.full_day(span.last)}). Классный руководитель: {leader or '—'}"
    )
    yield p(
        f"Учащихся на начало {page.begun}, прибыло {page.came}, выбыло {page.left}, на конец {page.ended}. "
        f"Аттестованы по всем предметам {page.total.complete}, на «5» {page.total.excellent}, "
        f"на «4» и «5» {page.total.good}, не успевают {page.total.failing}. "
        f"Успеваемость {_share(page, False)}, качество {_share(page, True)}."
    )
    yield p("Предметы", STRONG)
    yield _subjects(page, names)
    yield Spacer(1, 4 * mm)
    yield p("Успехи учащихся", STRONG)
    yield _lists(page)
    yield Spacer(1, 4 * mm)
    yield p("Пропуски уроков", STRONG)
    yield _absences(page)


def _share(page: ClassResults, good: bool) -> str:
    """Of the pupils with all their marks, failing ones among them (C-11)."""
    whole = page.total.complete
    part = page.total.excellent + page.total.good if good else page.total.passing
    return f"{100 * part / whole:.0f} %" if whole else "—"


def _subjects(page: ClassResults, names: Names) -> Flowable:
    head = ["Предмет", "Учитель", *VALUES, "средний", "усп., %", "кач., %"]
    rows = [
        [
            p(each.title, SMALL),
            p(said.people(each.teachers, names), SMALL),
            *(str(count) if count else "" for count in each.counts),
            "" if each.mean is None else f"{each.mean // 100},{each.mean % 100:02}",
            "" if each.sum.success is None else str(each.sum.success),
            "" if each.sum.quality is None else str(each.sum.quality),
        ]
        for each in page.subjects
    ]
    widths = [42 * mm, 34 * mm, *[7.5 * mm] * len(VALUES), 14 * mm, 13.5 * mm, 13.5 * mm]
    return table(head, rows, widths, more=[centred(2)])


def _lists(page: ClassResults) -> Flowable:
    rows = [
        [p(LISTS[each.title], SMALL), str(len(each.pupils)), p(_people(each), SMALL)] for each in page.lists
    ]
    return table(["Список", "Всего", "Учащиеся"], rows, [38 * mm, 12 * mm, 120 * mm], more=[centred(1, 1)])


def _people(each: Standing) -> str:
    if each.title == "incomplete":  # a name of each and how many: in the middle of a period that is everybody
        return "; ".join(f"{name} ({len(subjects)})" for name, subjects in each.pupils) or "нет"
    found = (f"{name} ({', '.join(subjects)})" if subjects else name for name, subjects in each.pupils)
    return "; ".join(found) or "нет"


def _absences(page: ClassResults) -> Flowable:
    seen = page.attendance
    head = [
        "№",
        "Фамилия, имя",
        "Дней",
        "Уроков",
        *(p(name or "не указана", TINY_STRONG) for name in seen.categories),
    ]
    rows = [
        [str(n), p(each.name, SMALL), *_numbers(each.tally.days, each.tally.missed, *each.tally.categories)]
        for n, each in enumerate((e for e in seen.pupils if e.tally.missed), 1)
    ]
    total = seen.total
    sums = ["", p("Всего по классу", STRONG), *_numbers(total.days, total.missed, *total.categories)]
    width = (170 - 9 - 55 - 26) * mm / max(1, len(seen.categories))
    widths = [9 * mm, 55 * mm, 13 * mm, 13 * mm, *[width] * len(seen.categories)]
    return table(head, [*rows, sums], widths, more=[centred(2)])


def _numbers(*counts: int) -> list[str]:
    return [str(count) if count else "" for count in counts]
