"""The list of a class as the journal has it: pupils, groups, movement by order, what is taught by whom (R-220)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from exports import said
from exports.grid import STRONG, centred, signature, table
from exports.paper import HEAD, SMALL, Imprint, p, sheets
from exports.said import Names
from projections.class_list import ClassPage, PageLine, PupilLine

Titles = Mapping[str, str]


def pdf(page: ClassPage, names: Names, health: Titles, imprint: Imprint) -> bytes:
    """`health`: what the health groups are called."""
    story = [
        *lists(page, names, health),
        signature(imprint, [("Классный руководитель", _leader(page, names))]),
    ]
    return sheets(story, imprint, title=f"Список класса {page.title}")


def lists(page: ClassPage, names: Names, health: Titles) -> Iterator[Flowable]:
    """The list and the pages of the class, for the whole journal too."""
    here = [pupil for pupil in page.pupils if pupil.here]
    gone = [pupil for pupil in page.pupils if not pupil.here]
    yield p(f"СПИСОК УЧАЩИХСЯ {page.title} КЛАССА", HEAD)
    yield p(
        f"{said.study_year(page.year)} учебный год, на {said.full_day(page.on)}. Учащихся: {len(here)}. "
        f"Классный руководитель: {_leader(page, names) or '—'}"
    )
    yield _pupils(here, health)
    if gone:
        yield Spacer(1, 3 * mm)
        yield p("Выбыли из класса", STRONG)
        yield _pupils(gone, health)
    yield Spacer(1, 4 * mm)
    yield p("Страницы журнала", STRONG)
    yield _pages(page, names)


def _leader(page: ClassPage, names: Names) -> str:
    return said.people(tuple(person for person, span in page.teachers if page.on in span), names)


def _pupils(pupils: list[PupilLine], health: Titles) -> Flowable:
    rows = [
        [str(n), p(each.name, SMALL), p("; ".join(each.groups), SMALL), p(_words(each, health), SMALL)]
        for n, each in enumerate(pupils, 1)
    ]
    head = [p(word, STRONG) for word in ("№", "Фамилия, имя", "Группы", "Движение, отметки о здоровье")]
    return table(head, rows, [9 * mm, 66 * mm, 38 * mm, 57 * mm], more=[centred(0, 0)])


def _words(pupil: PupilLine, health: Titles) -> str:
    moved = [
        f"{'прибыл' if each.kind == 'arrived' else 'выбыл'} {said.full_day(each.on)}"
        + (f", приказ № {each.order}" if each.order else "")
        for each in pupil.movements
    ]
    group = "" if pupil.health == "main" else f"физкультура: {health.get(pupil.health, pupil.health)}"
    exempt = f"освобождён от физкультуры до {said.full_day(pupil.exempt)}" if pupil.exempt else ""
    home = "обучается на дому" if pupil.at_home else ""
    return "; ".join(word for word in (*moved, group, exempt, home) if word)


def _pages(page: ClassPage, names: Names) -> Flowable:
    rows = [
        [
            p(_title(each), SMALL),
            p(_taught(each, names), SMALL),
            said.hours(each.planned) if each.planned else "",
        ]
        for each in page.pages
    ]
    head = [p(word, STRONG) for word in ("Предмет", "Учитель, часов в неделю", "По плану")]
    return table(head, rows, [66 * mm, 84 * mm, 20 * mm], more=[centred(2)])


def _title(line: PageLine) -> str:
    more = line.group_title or (f"на дому: {line.pupil}" if line.pupil else "")
    return f"{line.subject} ({more})" if more else line.subject


def _taught(line: PageLine, names: Names) -> str:
    return "; ".join(
        names.get(each.teacher, "")
        + (f", {said.hours(each.hours)} ч" if each.hours else "")
        + (f", по {said.full_day(each.span.last)}" if each.span.last else "")
        for each in line.taught
    )
