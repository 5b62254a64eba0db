"""C-11: results of a period by class and level of education (Усть-Белая 9.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from ledger.school import Klass
from projections.control.report import Asked, Behind, Chart, Column, Figure, Line, Report
from projections.control.results import COUNTED, Tally, Term, outcomes
from projections.control.scope import LEVELS, classes_asked, term_of
from projections.outcome import Outcome
from projections.reading import Reading

CODE, TITLE = "C-11", "Результаты по уровням образования"
WHOLE = "all"
MOST_BARS = 14  # classes a chart shows side by side; of more it shows the levels
COLUMNS = (
    Column(key="class", title="Класс"),
    Column(key="level", title="Уровень"),
    Column(key="term", title="Период"),
    Column(key="pupils", title="Учащихся", kind="count"),
    Column(key="attested", title="Аттестовано", kind="count", better="more"),
    Column(key="not_attested", title="н/а", kind="count", better="less"),
    Column(key="exempt", title="осв", kind="count"),
    Column(key="unset", title="Выставлено не всё", kind="count", better="less"),
    Column(key="excellent", title="Отличники", kind="count", better="more"),
    Column(key="one_four", title="С одной «4»", kind="count"),
    Column(key="good", title="Хорошисты", kind="count", better="more"),
    Column(key="one_three", title="С одной «3»", kind="count"),
    Column(key="failing", title="Неуспевающие", kind="count", better="less"),
    Column(key="success", title="Успеваемость", kind="share", better="more"),
    Column(key="quality", title="Качество", kind="share", better="more"),
)
NOTES = (
    "Период — последний отчётный период уровня, который кончился в дни отчёта или идёт в последний из них; если дни"
    " отчёта — весь год, берутся годовые отметки.",
    "Успеваемость и качество — доли тех, у кого выставлены все отметки.",
)
# What stands behind a class: whose result is told, in this order.
GROUPS = (
    ("excellent", "на «5»"),
    ("one_four", "с одной «4»"),
    ("good", "на «4» и «5»"),
    ("one_three", "с одной «3»"),
    ("failing", "не успевает"),
    ("unset", "выставлено не всё"),
)


def report(reading: Reading, asked: Asked) -> Report:
    terms, found = _terms(reading, asked), _found(reading, asked)
    tallies = {klass.id: Tally.of(found[klass.id]) for klass, _ in terms}
    by_level = {level: Tally.of(_of_level(terms, found, level)) for level in LEVELS}
    whole = Tally.of(each for own in found.values() for each in own)
    lines = [_line(str(k.id), k.title, k.level, term.title or "год", tallies[k.id]) for k, term in terms]
    sums = [_line(level, f"Всего {level}", level, "", own) for level, own in by_level.items() if own.pupils]
    if len(lines) > 1:
        lines += [*sums, _line(WHOLE, "Всего", "", "", whole)]
    return Report(
        code=CODE,
        title=TITLE,
        asked=asked,
        columns=COLUMNS,
        lines=tuple(lines),
        figures=figures(whole),
        charts=_charts([klass for klass, _ in terms], tallies, by_level),
        notes=NOTES,
        as_of=reading.as_of,
        regulation=reading.regulation_position(),
    )


def behind(reading: Reading, asked: Asked, key: str) -> Iterator[Behind]:
    """The pupils of a class, of a level or of all, with what their marks come to."""
    titles = {klass.id: klass for klass, _ in _terms(reading, asked)}
    for class_id, own in _found(reading, asked).items():
        klass = titles[class_id]
        if key not in (str(class_id), klass.level, WHOLE):
            continue
        names = reading.names(each.pupil for each in own)
        known = {each.pupil: each for each in own}
        for pupil in reading.sorted(list(known), names):
            words = f"{klass.title}, {names[pupil].listed} — {_said(known[pupil])}"
            yield Behind(words=words, pupil=pupil, class_id=class_id)


def figures(whole: Tally) -> tuple[Figure, ...]:
    return (
        Figure(
            key="success",
            title="Успеваемость",
            value=whole.success,
            kind="share",
            part=whole.passing,
            whole=whole.judged,
            better="more",
        ),
        Figure(
            key="quality",
            title="Качество",
            value=whole.quality,
            kind="share",
            part=whole.excellent + whole.good,
            whole=whole.judged,
            better="more",
        ),
        Figure(key="failing", title="Неуспевающие", value=whole.failing, kind="count", better="less"),
    )


def _terms(reading: Reading, asked: Asked) -> list[Term]:
    """Each class with the period that is meant; one no period meets is left out."""
    school, today = reading.school, reading.today
    found = ((klass, term_of(klass, asked, school, today)) for klass in classes_asked(school, asked))
    return [(klass, term) for klass, term in found if term is not None]


def _found(reading: Reading, asked: Asked) -> dict[UUID, tuple[Outcome, ...]]:
    return {klass: own for (klass, _), own in outcomes(reading, asked, _terms(reading, asked)).items()}


def _of_level(terms: list[Term], found: Mapping[UUID, tuple[Outcome, ...]], level: str) -> Iterator[Outcome]:
    return (each for klass, _ in terms if klass.level == level for each in found[klass.id])


def _line(key: str, title: str, level: str, term: str, tally: Tally) -> Line:
    counts = (getattr(tally, name) for name in COUNTED if name not in ("judged", "passing"))
    return Line(key=key, values=(title, level, term, tally.pupils, *counts, tally.success, tally.quality))


def _said(outcome: Outcome) -> str:
    return next((words for name, words in GROUPS if getattr(outcome, name)), "успевает")


def _charts(
    classes: list[Klass], tallies: Mapping[UUID, Tally], by_level: Mapping[str, Tally]
) -> tuple[Chart, ...]:
    own = [(klass.title, tallies[klass.id]) for klass in classes]
    if len(own) > MOST_BARS:
        own = list(by_level.items())
    shown = [(title, tally) for title, tally in own if tally.judged]
    if not shown:
        return ()
    return (
        Chart(
            title="Успеваемость и качество",
            shape="bars",
            labels=tuple(title for title, _ in shown),
            series=(
                ("Успеваемость", tuple(tally.success for _, tally in shown)),
                ("Качество", tuple(tally.quality for _, tally in shown)),
            ),
            unit="%",
        ),
    )
