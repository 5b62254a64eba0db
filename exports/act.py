"""The Act about a breach of access: the form of the appendix (UstBelaya), with an annex of ours (R-178, R-231)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Paragraph, Spacer, Table, TableStyle

from exports.fonts import BOLD, SERIF
from exports.paper import HEAD, SMALL, p, printed


@dataclass(frozen=True, kw_only=True, slots=True)
class ActLine:
    """One entry of the annex, in words: when, what, where, of whom, what stood after it and what stands now."""

    position: int
    at: str
    what: str
    where: str
    whom: str
    value: str
    now: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ActPaper:
    """All in words: `members` with their posts, `times` as (name, moment) in order, `void` and `cascade` as the annex
    tells them, `pupils` concerned. `draft`: not finalised yet. `signatures` say, member by
    member, when it was signed in the journal; `annuls`: the entries of the annex count again."""

    school: str
    number: str
    date: str
    members: tuple[tuple[str, str], ...]
    owner: str
    login: str
    basis: str
    sentence: str
    times: tuple[tuple[str, str], ...]
    void: tuple[ActLine, ...]
    cascade: tuple[ActLine, ...]
    suspicious: int
    pupils: tuple[str, ...]
    draft: bool
    foot: str
    qr: str
    signatures: tuple[str, ...] = ()
    annuls: bool = False


TITLE = (
    "о нарушении конфиденциальности условий доступа в личный кабинет"
    " электронного журнала успеваемости обучающихся"
)


def pdf(act: ActPaper) -> bytes:
    story = [*_form(act), PageBreak(), *_annex(act)]
    return printed(story, title=f"Акт № {act.number}", foot=act.foot, qr=act.qr)


def _form(act: ActPaper) -> list[Flowable]:
    members = [p(f"{n}. {name}, {post}") for n, (name, post) in enumerate(act.members, 1)]
    head = "АКТ" + (f" № {act.number}" if act.number else "") + (" (проект)" if act.draft else "")
    return [
        p(head, HEAD),
        p(TITLE, HEAD),
        Spacer(1, 6 * mm),
        p(act.school),
        p("Комиссия в составе:"),
        *members,
        p(act.basis),
        p(f"Владелец учётной записи: {act.owner} (логин {act.login})."),
        *(p(f"{name}: {moment}") for name, moment in act.times),
        Spacer(1, 3 * mm),
        p(act.sentence),
        p(_count(act)),
        Spacer(1, 6 * mm),
        p(f"Дата составления: {act.date}"),
        p("Подписи членов комиссии:"),
        _signatures(act),
    ]


def _count(act: ActPaper) -> str:
    named = len(act.void) + len(act.cascade)
    if act.annuls:
        return f"Вновь действительны записи: {named}; перечень — в приложении."
    return (
        f"Признано недействительными записей: {named}; перечень — в приложении. "
        f"Сделано до получения сообщения и недействительным не признано: {act.suspicious}."
    )


def _signatures(act: ActPaper) -> Table:
    words = act.signatures or ("_" * 24,) * len(act.members)
    rows = [[word, f"/ {name} /"] for word, (name, _) in zip(words, act.members, strict=True)]
    table = Table(rows, colWidths=[82 * mm, 83 * mm], rowHeights=11 * mm)
    table.setStyle(
        TableStyle([("FONT", (0, 0), (-1, -1), SERIF, 11), ("VALIGN", (0, 0), (-1, -1), "BOTTOM")])
    )
    return table


COLUMNS = ("№", "Время", "Что сделано", "Где", "Ученик", "Было записано", "Теперь")
WIDTHS = tuple(width * mm for width in (13, 24, 30, 36, 30, 19, 18))


def _annex(act: ActPaper) -> list[Flowable]:
    story: list[Flowable] = [p(f"Приложение к Акту № {act.number}", HEAD)]
    title = "Записи, которые вновь действительны" if act.annuls else "Записи, признанные недействительными"
    story += [p(title, HEAD), _lines(act.void)]
    if act.cascade:
        story += [p("Сделано программой вследствие этих записей", HEAD), _lines(act.cascade)]
    pupils = ", ".join(act.pupils) or "нет"
    return [*story, Spacer(1, 4 * mm), p(f"Затронутые ученики ({len(act.pupils)}): {pupils}.")]


def _lines(lines: Sequence[ActLine]) -> Table:
    head = [Paragraph(f"<b>{escape(column)}</b>", SMALL) for column in COLUMNS]
    rows = [
        [
            p(each, SMALL)
            for each in (
                *(str(line.position), line.at, line.what, line.where),
                *(line.whom, line.value or "—", line.now or "—"),
            )
        ]
        for line in lines
    ]
    table = Table([head, *rows], colWidths=WIDTHS, repeatRows=1)
    style = [("GRID", (0, 0), (-1, -1), 0.4, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    table.setStyle(TableStyle([*style, ("FONT", (0, 0), (-1, 0), BOLD, 8)]))
    return table
