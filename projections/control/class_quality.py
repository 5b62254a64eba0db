"""C-15: quality of a class and how it moves from period to period (Perm 3.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from ledger.school import Klass
from ledger.school_records import Period
from projections.control import results_by_level
from projections.control.report import Asked, Behind, Chart, Column, Figure, Line, Report
from projections.control.results import Tally, Term, outcomes
from projections.control.scope import classes_asked, span_of, terms_of
from projections.reading import Reading

CODE, TITLE = "C-15", "Качество по классам и периодам"
COLUMNS = (
    Column(key="class", title="Класс"),
    Column(key="term", title="Период"),
    Column(key="pupils", title="Учащихся", kind="count"),
    Column(key="mean", title="Средний балл", kind="mean", better="more"),
    Column(key="quality", title="Качество", kind="share", better="more"),
    Column(key="success", title="Успеваемость", kind="share", better="more"),
    Column(key="mean_change", title="± балл", kind="mean", better="more"),
    Column(key="quality_change", title="± качество", kind="share", better="more"),
    Column(key="success_change", title="± успеваемость", kind="share", better="more"),
)
NOTES = ("Изменение — против предыдущего отчётного периода того же учебного года.",)
Tallies = Mapping[tuple[UUID, UUID], Tally]


def report(reading: Reading, asked: Asked) -> Report:
    """A line is a class in a period that meets the days asked for."""
    terms = _begun(reading, asked)
    tallies = _tallies(reading, asked, terms)
    lines = [
        _line(klass, term, tallies[klass.id, term.id], _before(klass, term, terms, tallies))
        for klass, term in terms
        if term.span.overlaps(span_of(asked))
    ]
    return Report(
        code=CODE,
        title=TITLE,
        asked=asked,
        columns=COLUMNS,
        lines=tuple(lines),
        figures=_figures(terms, tallies),
        charts=tuple(_charts(terms, tallies)),
        notes=NOTES,
        as_of=reading.as_of,
        regulation=reading.regulation_position(),
    )


def behind(reading: Reading, asked: Asked, key: str) -> Iterator[Behind]:
    """The pupils of the class with what their marks of the period come to."""
    class_id, period = map(UUID, key.split("/"))
    for klass, term in _begun(reading, asked):
        if (klass.id, term.id) == (class_id, period):
            inside = Asked(
                first=term.span.first,
                last=term.span.last or asked.last,
                class_id=class_id,
                subject=asked.subject,
                teacher=asked.teacher,
            )
            yield from results_by_level.behind(reading, inside, str(class_id))


def _begun(reading: Reading, asked: Asked) -> list[Term]:
    """Every period of the classes that has begun by the last day asked for, in order."""
    school = reading.school
    return [
        (klass, term)
        for klass in classes_asked(school, asked)
        for term in terms_of(klass, school)
        if term.span.first <= min(asked.last, reading.today)
    ]


def _tallies(reading: Reading, asked: Asked, terms: Sequence[Term]) -> Tallies:
    return {key: Tally.of(own) for key, own in outcomes(reading, asked, terms).items()}


def _before(klass: Klass, term: Period, terms: Sequence[Term], tallies: Tallies) -> Tally:
    """Of the period before; an empty one for the first."""
    earlier = [each for own, each in terms if own.id == klass.id and each.span.first < term.span.first]
    return tallies[klass.id, earlier[-1].id] if earlier else Tally()


def _line(klass: Klass, term: Period, now: Tally, before: Tally) -> Line:
    return Line(
        key=f"{klass.id}/{term.id}",
        values=(
            klass.title,
            term.title,
            now.pupils,
            *(now.mean, now.quality, now.success),
            _change(now.mean, before.mean),
            _change(now.quality, before.quality),
            _change(now.success, before.success),
        ),
    )


def _change(now: float | None, before: float | None) -> float | None:
    return None if now is None or before is None else round(now - before, 2)


def _figures(terms: Sequence[Term], tallies: Tallies) -> tuple[Figure, ...]:
    """Of every class in its latest period with marks."""
    latest: dict[UUID, Tally] = {}
    for klass, term in terms:
        if tallies[klass.id, term.id].judged:
            latest[klass.id] = tallies[klass.id, term.id]
    judged = sum(each.judged for each in latest.values())
    whole = Tally(
        judged=judged,
        passing=sum(each.passing for each in latest.values()),
        excellent=sum(each.excellent for each in latest.values()),
        good=sum(each.good for each in latest.values()),
        total=sum(each.total for each in latest.values()),
        numbers=sum(each.numbers for each in latest.values()),
    )
    mean = Figure(key="mean", title="Средний балл", value=whole.mean, kind="mean", better="more")
    return (*results_by_level.figures(whole)[:2], mean)


def _charts(terms: Sequence[Term], tallies: Tallies) -> Iterator[Chart]:
    """Of one class by period; of several the last two periods of each beside each other."""
    by_class: dict[UUID, list[Tally]] = {}
    titles = {klass.id: klass.title for klass, _ in terms}
    for klass, term in terms:
        if tallies[klass.id, term.id].judged:
            by_class.setdefault(klass.id, []).append(tallies[klass.id, term.id])
    if len(by_class) == 1:
        marked = [(term.title, tallies[k.id, term.id]) for k, term in terms if tallies[k.id, term.id].judged]
        yield Chart(
            title=f"Качество и успеваемость {next(iter(titles.values()))}",
            shape="lines",
            labels=tuple(title for title, _ in marked),
            series=(
                ("Качество", tuple(tally.quality for _, tally in marked)),
                ("Успеваемость", tuple(tally.success for _, tally in marked)),
            ),
            unit="%",
        )
    elif by_class:
        before = tuple(own[-2].quality if len(own) > 1 else None for own in by_class.values())
        yield Chart(
            title="Качество по классам",
            shape="bars",
            labels=tuple(titles[class_id] for class_id in by_class),
            series=(
                ("Предыдущий период", before),
                ("Последний период", tuple(own[-1].quality for own in by_class.values())),
            ),
            unit="%",
        )
