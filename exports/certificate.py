"""Справка по итогам контроля on paper (C-30, R-209): the text, the figures it rests on, what was found, who has
read it."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer

from exports import said
from exports.grid import STRONG, TINY, signature, table
from exports.paper import HEAD, SMALL, Imprint, p, sheets
from exports.said import Names
from projections.certificate_page import CertificatePage, FindingLine
from projections.control.said import figure_words


def pdf(page: CertificatePage, names: Names, imprint: Imprint) -> bytes:
    posts = [("Справку составил(а)", names.get(page.drawn_up_by, ""))]
    story = [*_story(page, names, imprint), signature(imprint, posts), *_readers(page, names)]
    return sheets(story, imprint, title=f"Справка № {page.number}")


def _story(page: CertificatePage, names: Names, imprint: Imprint) -> Iterator[Flowable]:
    draft = "" if page.issued_at else " (проект)"
    where = f"классы: {', '.join(title for _, title in page.classes)}" if page.classes else "вся школа"
    yield p(imprint.school, SMALL)
    yield p(f"СПРАВКА № {page.number}{draft}", HEAD)
    yield p(page.title, HEAD)
    yield p(
        f"Период: {said.full_day(page.first)} — {said.full_day(page.last)}; {where}. Показатели на"
        f" {page.counted_at:%d.%m.%Y %H:%M}, запись журнала № {page.position}."
        + (f" Выдана {page.issued_at:%d.%m.%Y}." if page.issued_at else ""),
        SMALL,
    )
    yield Spacer(1, 3 * mm)
    for line in (page.text or page.proposed).splitlines():
        yield p(line, imprint.body) if line.strip() else Spacer(1, 2 * mm)
    yield from _figures(page)
    yield from _findings(page, names)


def _figures(page: CertificatePage) -> Iterator[Flowable]:
    rows = [
        [
            each.code,
            p(each.title, SMALL),
            p(each.class_title or "вся школа", SMALL),
            p("; ".join(f"{f.title}: {figure_words(f)}" for f in each.figures or ()) or "—", SMALL),
        ]
        for each in page.indicators
    ]
    yield p("Показатели", STRONG)
    yield table(["Отчёт", "Название", "Класс", "Итог"], rows, [14 * mm, 50 * mm, 18 * mm, 88 * mm])
    yield Spacer(1, 4 * mm)


def _findings(page: CertificatePage, names: Names) -> Iterator[Flowable]:
    yield p("Замечания", STRONG)
    if not page.findings:
        yield p("Замечаний нет.", SMALL)
        return
    head = ["№", "Замечание", "Ответственный", "Срок", "Устранено"]
    rows = [
        [
            str(n),
            p(each.text, SMALL),
            p(names.get(each.responsible, ""), SMALL),
            said.full_day(each.due),
            p(_done(each), SMALL),
        ]
        for n, each in enumerate(page.findings, 1)
    ]
    yield table(head, rows, [8 * mm, 74 * mm, 34 * mm, 18 * mm, 36 * mm])


def _done(finding: FindingLine) -> str:
    return f"{finding.resolved_at:%d.%m.%Y}: {finding.answer}" if finding.resolved_at else ""


def _readers(page: CertificatePage, names: Names) -> Iterator[Flowable]:
    """In the journal it is said by a command; on paper there is room to sign."""
    if not page.readers:
        return
    yield Spacer(1, 4 * mm)
    rows = [
        [
            str(n),
            p(names.get(each.person, ""), SMALL),
            p(f"ознакомлен(а) в журнале {each.at:%d.%m.%Y %H:%M}" if each.at else "", SMALL),
            "",
        ]
        for n, each in enumerate(page.readers, 1)
    ]
    head = ["№", "Фамилия, инициалы", p("Ознакомлен(а)", TINY), "Подпись, дата"]
    made = table(head, rows, [8 * mm, 50 * mm, 62 * mm, 50 * mm])
    yield KeepTogether([p("Со справкой ознакомлены", STRONG), made]) if len(rows) < 25 else made
