"""C-21: who may stay without attestation (Усть-Белая 7.14(b7, b8)): lessons missed and marks against what the act asks,
and what the school has decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from ledger.alphabet import plain
from ledger.evidence import pages_of, pupils_asked
from ledger.period_sheet import PERIOD
from ledger.rules.marks import unmarked
from ledger.school import Journal, Klass
from ledger.school_records import Period
from projections.control.report import Asked, Behind, Column, Figure, Line, Report, share
from projections.control.scope import class_words, classes_asked, pages_asked, term_of
from projections.reading import Reading
from projections.standings import Cell, Standing, standings

CODE, TITLE = "C-21", "Прогноз неаттестации"
COLUMNS = (
    Column(key="class", title="Класс"),
    Column(key="pupil", title="Ученик"),
    Column(key="subject", title="Предмет"),
    Column(key="term", title="Период"),
    Column(key="missed", title="Пропущено", kind="count", better="less"),
    Column(key="held", title="Проведено", kind="count"),
    Column(key="share", title="Доля пропусков", kind="share", better="less"),
    Column(key="excused", title="Из них по уважительной причине", kind="share"),
    Column(key="marks", title="Отметок", kind="count", better="more"),
    Column(key="due", title="Нужно сейчас", kind="count"),
    Column(key="needed", title="Нужно к концу периода", kind="count"),
    Column(key="risk", title="В чём риск"),
    Column(key="decision", title="Решение"),
)
STATUS = {"asked": "запрошена аттестация", "granted": "аттестация разрешена", "declined": "отказано"}
_MISSED = """
    SELECT c.journal, c.pupil, coalesce(e.category, '') AS category, count(*)::int AS missed
    FROM pages.cells c LEFT JOIN LATERAL (SELECT x.category FROM pages.explanations x
        WHERE x.school_id = c.school_id AND x.pupil = c.pupil AND c.date BETWEEN x.first AND x.last
        AND x.since <= %(position)s AND (x.until IS NULL OR x.until > %(position)s)
        ORDER BY x.entry DESC LIMIT 1) e ON TRUE
    WHERE c.school_id = %(school)s AND c.pupil = ANY(%(pupils)s) AND c.value_kind = 'absence'
        AND c.date BETWEEN %(first)s AND %(last)s
        AND c.since <= %(position)s AND (c.until IS NULL OR c.until > %(position)s)
    GROUP BY c.journal, c.pupil, coalesce(e.category, '')"""
Excused = dict[Cell, float | None]


def report(reading: Reading, asked: Asked) -> Report:
    lines: list[Line] = []
    counts: Counter[str] = Counter()
    for term, pages in _by_term(reading, asked).items():
        found = _endangered(reading, term, pages)
        lines += _lines(reading, term, found)
        counts["cells"] += len(found)
        counts["absent"] += sum(each.absent for each in found.values())
        counts["short"] += sum(each.behind for each in found.values())
        counts["pupils"] += len({pupil for _, pupil in found})
    return Report(
        code=CODE,
        title=TITLE,
        asked=asked,
        columns=COLUMNS,
        lines=tuple(lines),
        figures=_figures(counts),
        notes=(_threshold(reading),),
        as_of=reading.as_of,
        regulation=reading.regulation_position(),
    )


def behind(reading: Reading, asked: Asked, key: str) -> Iterator[Behind]:
    """The lessons the pupil missed and the marks the pupil has, in order of time."""
    pupil, journal = map(UUID, key.split("/"))
    term = _reporting(reading.school.klass_of(journal), asked, reading)
    if term is None:
        return
    rows = reading.rows(
        "cells",
        "pupil = %(pupil)s AND journal = ANY(%(pages)s) AND value_kind <> 'late'"
        " AND date BETWEEN %(first)s AND %(last)s",
        columns="lesson, journal, date, value",
        pupil=pupil,
        pages=list(pages_of(reading.school, journal, pupil)),
        first=term.span.first,
        last=term.span.last or asked.last,
    )
    for row in sorted(rows, key=lambda row: row.date):
        yield Behind(words=row.value, date=row.date, lesson=row.lesson, journal=row.journal, pupil=pupil)


def _by_term(reading: Reading, asked: Asked) -> dict[Period, list[Journal]]:
    """The pages that have marks, by the reporting period that is meant."""
    school, regulation = reading.school, reading.regulation()
    terms: dict[UUID, Period | None] = {
        klass.id: _reporting(klass, asked, reading) for klass in classes_asked(school, asked)
    }
    found: dict[UUID, tuple[Period, list[Journal]]] = {}
    for page in pages_asked(school, asked):
        term = terms[page.class_id]
        if term is not None and unmarked(page.id, school, regulation) is None:
            found.setdefault(term.id, (term, []))[1].append(page)
    return dict(found.values())


def _reporting(klass: Klass, asked: Asked, reading: Reading) -> Period | None:
    """A whole year has no least number of marks of its own: of it the period that runs or ended last."""
    day = min(asked.last, reading.today)
    term = term_of(klass, asked, reading.school, reading.today)
    if term is not None and term.id in reading.school.periods:
        return term
    return term_of(klass, Asked(first=day, last=day), reading.school, reading.today) or max(
        (p for p in reading.school.periods.values() if (p.level, p.year) == (klass.level, klass.year)),
        key=lambda p: (p.span.first <= day, p.span.first),
        default=None,
    )


def _endangered(reading: Reading, term: Period, pages: list[Journal]) -> dict[Cell, Standing]:
    wanted = {page.id: pupils_asked(reading.school, page.id, term.span, reading.today) for page in pages}
    found = standings(reading, wanted, term.span)
    return {cell: each for cell, each in found.items() if each.behind or (each.absent and not each.exempt)}


def _lines(reading: Reading, term: Period, found: Mapping[Cell, Standing]) -> list[Line]:
    """By class, subject and name."""
    school = reading.school
    names = reading.names(pupil for _, pupil in found)
    place = {pupil: n for n, pupil in enumerate(reading.sorted(list(names), names))}
    excused, decisions = _excused(reading, term, found), _decisions(reading, term, found)

    def order(cell: Cell) -> tuple[int, str, str, int]:
        klass = school.klass_of(cell[0])
        return klass.grade, klass.title, plain(school.subject_of(cell[0]).title), place[cell[1]]

    words = {page: class_words(school.journals[page], reading) for page in {page for page, _ in found}}
    return [
        Line(
            key=f"{pupil}/{page}",
            values=(
                words[page],
                names[pupil].listed,
                school.subject_of(page).title,
                term.title,
                *(each.missed, each.held, share(each.missed, each.held), excused[page, pupil]),
                *(each.marks, each.due, each.needed, _risk(each), decisions.get((page, pupil), "")),
            ),
        )
        for page, pupil in sorted(found, key=order)
        for each in (found[page, pupil],)
    ]


def _risk(each: Standing) -> str:
    said = ["много пропусков"] if each.absent else []
    return ", ".join([*said, "мало отметок"] if each.behind else said)


def _excused(reading: Reading, term: Period, found: Iterable[Cell]) -> Excused:
    """Which share of what was missed the class teacher has called excused (P-20): any reason but «без …»."""
    cells = list(found)
    rows: list[Any] = reading.query(
        _MISSED,
        pupils=list({pupil for _, pupil in cells}),
        first=term.span.first,
        last=term.span.last or reading.today,
    )
    missed: Counter[Cell] = Counter()
    valid: Counter[Cell] = Counter()
    for row in rows:
        missed[row.journal, row.pupil] += row.missed
        if row.category and not row.category.casefold().startswith("без "):
            valid[row.journal, row.pupil] += row.missed
    known = {cell: pages_of(reading.school, *cell) for cell in cells}
    return {
        cell: share(
            sum(valid[page, cell[1]] for page in known[cell]),
            sum(missed[page, cell[1]] for page in known[cell]),
        )
        for cell in cells
    }


def _decisions(reading: Reading, term: Period, found: Iterable[Cell]) -> dict[Cell, str]:
    """The exception that was asked for or granted, and the mark that is set already."""
    pupils = list({pupil for _, pupil in found})
    asked: dict[str, Any] = {"period": term.id, "pupils": pupils}
    where = "period = %(period)s AND pupil = ANY(%(pupils)s)"
    cases = reading.rows("exceptions", where, columns="journal, pupil, status", **asked)
    marks = reading.rows(
        "period_marks", f"{where} AND kind = %(kind)s", columns="journal, pupil, value", kind=PERIOD, **asked
    )
    said = {(row.journal, row.pupil): STATUS.get(row.status, row.status) for row in cases}
    for row in marks:
        cell = (row.journal, row.pupil)
        said[cell] = ", ".join(filter(None, (said.get(cell), f"выставлено «{row.value}»")))
    return said


def _threshold(reading: Reading) -> str:
    terms = reading.regulation().non_attestation
    return (
        f"Много пропусков — больше {100 * terms.threshold:g} % проведённых уроков; мало отметок — меньше, чем нужно"
        " к этому дню, чтобы к концу периода их хватило."
    )


def _figures(counts: Counter[str]) -> tuple[Figure, ...]:
    titles = {
        "pupils": "Учеников под угрозой неаттестации",
        "absent": "Много пропусков",
        "short": "Мало отметок",
    }
    return tuple(
        Figure(key=key, title=title, value=counts[key], kind="count", better="less")
        for key, title in titles.items()
    )
