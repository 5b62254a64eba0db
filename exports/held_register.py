"""Lessons held and substituted by teacher in a month (C-17), the sheet wages are counted from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from exports import said
from exports.grid import STRONG, TINY_STRONG, centred, signature, table
from exports.paper import HEAD, SMALL, Imprint, p, sheets
from exports.said import Names
from projections.held_register import HeldRegister, RegisterHour

Titles = Mapping[str, str]
KINDS = {
    "stood_in": "замещал(а)",
    "given_away": "замещён(а)",
    "cancelled": "не проведён",
    "moved": "перенесён",
    "extracurricular": "внеурочно",
}
HEADS = (
    "№",
    "Учитель",
    "По нагрузке",
    "За других",
    "Отдано",
    "Отменено",
    "Перенесено",
    "Внеурочно",
    "Нет записи",
)


def pdf(page: HeldRegister, names: Names, manners: Titles, imprint: Imprint) -> bytes:
    """`manners` of substitutions as they are called."""
    story = [*_story(page, names, manners), signature(imprint, [("Заместитель директора", "")])]
    return sheets(story, imprint, title="Табель проведённых уроков")


def _story(page: HeldRegister, names: Names, manners: Titles) -> Iterator[Flowable]:
    yield p("ТАБЕЛЬ ПРОВЕДЁННЫХ И ЗАМЕЩЁННЫХ УРОКОВ", HEAD)
    yield p(
        f"{said.month(page.month).capitalize()} {page.month.year} г. Часы; без записи темы час не засчитан."
    )
    yield _sums(page, names)
    told = [
        (row.teacher, hour) for row in page.rows for hour in row.hours if hour.kind != "own" or hour.missing
    ]
    if told:
        yield Spacer(1, 4 * mm)
        yield p("Замены, отмены, внеурочные занятия и уроки без записи", STRONG)
        rows = [
            [
                p(names.get(teacher, ""), SMALL),
                f"{said.day(hour.date)}, {hour.number}",
                p(f"{hour.class_title}, {hour.subject}", SMALL),
                p(_words(hour, names, manners), SMALL),
            ]
            for teacher, hour in told
        ]
        head = ["Учитель", "Число, урок", "Класс, предмет", "Что было"]
        yield table(head, rows, [38 * mm, 20 * mm, 52 * mm, 60 * mm])


def _sums(page: HeldRegister, names: Names) -> Flowable:
    rows = [
        [
            str(n),
            p(names.get(row.teacher, ""), SMALL),
            *(
                str(count) if count else ""
                for count in (
                    *(row.own, row.stood_in, row.given_away, row.cancelled),
                    *(row.moved, row.extracurricular, row.missing),
                )
            ),
        ]
        for n, row in enumerate(page.rows, 1)
    ]
    head = [p(word, TINY_STRONG) for word in HEADS]
    return table(head, rows, [9 * mm, 49 * mm, *[16 * mm] * 7], more=[centred(2)])


def _words(hour: RegisterHour, names: Names, manners: Titles) -> str:
    """«замещал(а): Петрова О. А., тем же предметом; нет записи»."""
    kind = "" if hour.kind == "own" else KINDS.get(hour.kind, hour.kind)
    other = f": {names.get(hour.other, '')}" if hour.other is not None else ""
    manner = manners.get(hour.manner, hour.manner) if hour.manner else ""
    moved = f"перенесён с {said.day(hour.moved_from)}" if hour.moved_from else ""
    missing = "нет записи темы" if hour.missing else ""
    return "; ".join(word for word in (kind + other, manner, moved, missing) if word)
