"""The weekly paper slip of a family that does not use the electronic form (7.2, R-197): short ones stand two on a
sheet, cut apart along the dashes; each has the moment it shows and the line a parent signs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, HRFlowable, KeepTogether, Spacer, Table, TableStyle

from exports import said, slip_news
from exports.fonts import BOLD
from exports.grid import STRONG, centred, table
from exports.paper import NARROW, SMALL, Imprint, p, sheets
from exports.slip_news import Titles, Words
from projections.lesson_fate import Fate
from projections.slip import Slip, SlipAbsence, SlipChange, SlipRemark, SlipSubject, SlipTask

Names = Mapping[UUID, str]
WIDTH = 186 * mm
TITLE = ParagraphStyle("slip", parent=SMALL, fontName=BOLD, fontSize=12, leading=15)


@dataclass(frozen=True, kw_only=True, slots=True)
class Printed:
    """One slip, the staff's names of that moment, its class teacher and what it says of itself."""

    slip: Slip
    names: Names
    leader: str
    imprint: Imprint


def pdf(slips: Sequence[Printed], words: Words) -> bytes:
    """The foot is of the latest moment any of them shows; at least one slip."""
    story: list[Flowable] = []
    for n, each in enumerate(slips):
        if n:
            story += [Spacer(1, 5 * mm), _cut(), Spacer(1, 5 * mm)]
        story.append(KeepTogether(list(_story(each, words))))
    latest = max(slips, key=lambda each: each.imprint.position)
    title = f"Распечатки за неделю с {said.full_day(slips[0].slip.monday)}"
    return sheets(story, latest.imprint, title=title, margin=NARROW)


def _cut() -> HRFlowable:
    return HRFlowable(width="100%", thickness=0.6, dash=(3, 3), color="black")


def _story(each: Printed, words: Words) -> Iterator[Flowable]:
    slip, imprint = each.slip, each.imprint
    yield p(f"{slip.name}, {slip.class_title}", TITLE)
    yield p(f"Неделя {said.full_day(slip.monday)} — {said.full_day(slip.last)}. {imprint.school}", SMALL)
    leader = f" Классный руководитель: {each.leader}" if each.leader else ""
    yield p(f"Журнал на {imprint.moment}, запись № {imprint.position}.{leader}", SMALL)
    yield Spacer(1, 2 * mm)
    yield from _marks(slip, words.kinds)
    yield from _part("Внесено после прошлой распечатки", list(slip_news.lines(slip.news, words)))
    yield from _part("Пропуски и опоздания", [_absence(one) for one in slip.absences], "Пропусков нет.")
    yield from _homework(slip.homework)
    yield from _part("Комментарии и рекомендации", [_remark(one, each.names) for one in slip.remarks])
    changes = [_change(one, each.names, words.reasons) for one in slip.changes]
    yield from _part("Изменения в расписании следующей недели", changes, "Изменений пока нет.")
    yield Spacer(1, 3 * mm)
    yield _signature()


def _part(title: str, lines: Sequence[str], none: str = "") -> Iterator[Flowable]:
    if not lines and not none:
        return
    yield p(f"{title}", STRONG)
    for line in lines or [none]:
        yield p(line, SMALL)
    yield Spacer(1, 1.5 * mm)


def _marks(slip: Slip, kinds: Titles) -> Iterator[Flowable]:
    if not slip.subjects:
        yield from _part("Отметки", [], "Отметок за неделю нет.")
        return
    head = [
        "Предмет",
        "Отметки недели",
        *(p(title or kinds.get(kind, kind), STRONG) for title, kind in slip.periods),
    ]
    narrow = 19 * mm if len(slip.periods) <= 4 else 14 * mm
    sums = narrow * len(slip.periods)
    widths = [45 * mm, WIDTH - 45 * mm - sums, *[narrow] * len(slip.periods)]
    more = [centred(2)] if slip.periods else []
    yield table(head, [_subject(each) for each in slip.subjects], widths, more=more)
    yield Spacer(1, 1.5 * mm)


def _subject(each: SlipSubject) -> list[object]:
    marks = "; ".join(
        f"{said.week_day(mark.date)} — {mark.value}{said.of_work(mark.kind)}" for mark in each.marks
    )
    return [p(each.title, SMALL), p(marks, SMALL), *each.periods]


def _absence(each: SlipAbsence) -> str:
    reason = "опоздал(а)" if each.late else each.category or "причина не указана"
    return f"{said.week_day(each.date)}: {', '.join(each.subjects)} — {reason}"


def _homework(tasks: Sequence[SlipTask]) -> Iterator[Flowable]:
    if not tasks:
        yield from _part("Домашнее задание", [], "На этой неделе ничего не задано.")
        return
    yield p("Домашнее задание, заданное за неделю", STRONG)
    days = dict.fromkeys(each.due for each in tasks)
    rows = [
        [said.week_day(due) if due else "", [p(_task(each), SMALL) for each in tasks if each.due == due]]
        for due in days
    ]
    yield table(["К уроку", "Предмет и задание"], rows, [20 * mm, WIDTH - 20 * mm])
    yield Spacer(1, 1.5 * mm)


def _task(each: SlipTask) -> str:
    return f"{each.subject}: {'индивидуально: ' if each.personal else ''}{each.text}"


def _remark(each: SlipRemark, names: Names) -> str:
    about = f"{each.subject}, {said.week_day(each.on)}" if each.subject else said.week_day(each.on)
    return f"{about}: {each.text} ({names.get(each.by, '')})"


def _change(each: SlipChange, names: Names, reasons: Titles) -> str:
    if each.fate is None:
        return f"{said.week_day(each.date)}: {each.subject}"
    return f"{said.week_day(each.date)}, {each.number}-й урок, {each.subject}: {_fate(each.fate, names, reasons)}"


def _fate(fate: Fate, names: Names, reasons: Titles) -> str:
    who = names.get(fate.substitute, "") if fate.substitute is not None else ""
    if fate.kind in ("moved_here", "moved_away") and fate.day is not None:
        return f"перенесён {'с' if fate.kind == 'moved_here' else 'на'} {said.week_day(fate.day)}"
    if fate.kind == "cancelled":
        return f"урок отменён: {reasons.get(fate.reason, fate.reason)}" if fate.reason else "урок отменён"
    said_of = {
        "instead": f"вместо предмета «{fate.subject}»",
        "another_subject": f"вместо него «{fate.subject}»",
        "dropped": "урока не будет",
        "independent": "самостоятельная работа",
    }
    return ", ".join(word for word in (said_of.get(fate.kind, "замена"), who) if word)


def _signature() -> Table:
    """The parent reads and signs; the day is written by hand."""
    made = Table(
        [["Ознакомлен(а), родитель (законный представитель)", "", "", ""], ["", "подпись", "", "дата"]],
        colWidths=[WIDTH * part for part in (0.46, 0.28, 0.04, 0.22)],
        rowHeights=[7 * mm, 4 * mm],
        hAlign="LEFT",
    )
    made.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (-1, 0), SMALL.fontName, 8.5),
                ("FONT", (0, 1), (-1, 1), SMALL.fontName, 6.5),
                ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
                ("VALIGN", (0, 1), (-1, 1), "TOP"),
                ("ALIGN", (1, 1), (-1, 1), "CENTER"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("LINEBELOW", (1, 0), (1, 0), 0.5, "black"),
                ("LINEBELOW", (3, 0), (3, 0), 0.5, "black"),
            ]
        )
    )
    return made
