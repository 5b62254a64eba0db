"""C-14: attendance by class, of one class by pupil (Perm 3.4; Усть-Белая 9.4): how much was missed and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from uuid import UUID

from ledger.span import Span
from projections import absence_facts
from projections.absence_facts import NOT_STATED
from projections.attendance_stats import categories_of
from projections.control.attendance_sums import Sums, sums
from projections.control.held import lessons_held
from projections.control.report import Asked, Behind, Chart, Column, Figure, Line, Report, share
from projections.control.scope import classes_asked, pages_asked
from projections.reading import Reading

CODE, TITLE = "C-14", "Посещаемость"
UNSTATED = "причина не указана"
NOTES = (
    "Урок считается проведённым, когда в нём есть записи; дни обучения дистанционно и уроки, на которых присутствие"
    " не отмечают, не считаются.",
    "День пропущен, когда пропущены все уроки ученика в этот день.",
)


def report(reading: Reading, asked: Asked) -> Report:
    """Lines are classes; of one class its pupils."""
    known = _sums(reading, asked)
    categories = categories_of(reading, (each for own in known.values() for each in own.missed))
    lines = _classes(reading, asked, known) if asked.class_id is None else _pupils(reading, known)
    return Report(
        code=CODE,
        title=TITLE,
        asked=asked,
        columns=_columns("Ученик" if asked.class_id else "Класс", categories),
        lines=tuple(_line(key, title, own, categories) for key, title, own in lines),
        figures=_figures([own for _, _, own in lines], categories),
        charts=_charts(lines),
        notes=NOTES,
        as_of=reading.as_of,
        regulation=reading.regulation_position(),
    )


def behind(reading: Reading, asked: Asked, key: str) -> Iterator[Behind]:
    """The lessons missed in a class, or by a pupil of it, in order of time."""
    school, wanted = reading.school, UUID(key)
    pupil = wanted if asked.class_id is not None else None
    inside = asked if asked.class_id is not None else replace(asked, class_id=wanted)
    pages = [page.id for page in pages_asked(school, replace(inside, teacher=None))]  # as the sums
    given = None if asked.teacher is None else {lesson.id for lesson, _ in lessons_held(reading, inside)}
    facts = absence_facts.of_pages(reading, pages, asked.first, asked.last)
    missed = [
        each
        for each in absence_facts.missed(facts, reading)
        if pupil in (None, each.pupil) and (given is None or each.lesson in given)
    ]
    for each in missed:
        why = _category(each.category)
        yield Behind(
            words=f"урок {each.number}, {why}",
            date=each.date,
            lesson=each.lesson,
            journal=each.journal,
            pupil=each.pupil,
        )


Known = dict[tuple[UUID, UUID], Sums]
Lines = list[tuple[str, str, Sums]]


def _sums(reading: Reading, asked: Asked) -> Known:
    """A substitute's lessons are on the pages of others."""
    pages = pages_asked(reading.school, replace(asked, teacher=None))
    years = [reading.school.years[page.year] for page in pages]
    first = max([asked.first, *(span.first for span in years[:1])])
    last = min([asked.last, *(span.last for span in years[:1] if span.last is not None)])
    return sums(reading, asked, pages, Span(first=first, last=last)) if first <= last else {}


def _classes(reading: Reading, asked: Asked, known: Known) -> Lines:
    whole = {klass.id: Sums() for klass in classes_asked(reading.school, asked)}
    for (class_id, _), own in known.items():
        whole[class_id].add(own)
    titles = {klass.id: klass.title for klass in classes_asked(reading.school, asked)}
    return [(str(class_id), titles[class_id], own) for class_id, own in whole.items()]


def _pupils(reading: Reading, known: Known) -> Lines:
    by_pupil = {pupil: own for (_, pupil), own in known.items()}
    names = reading.names(by_pupil)
    return [
        (str(pupil), names[pupil].listed, by_pupil[pupil]) for pupil in reading.sorted(list(by_pupil), names)
    ]


def _columns(who: str, categories: Iterable[str]) -> tuple[Column, ...]:
    return (
        Column(key="who", title=who),
        Column(key="held", title="Уроков", kind="count"),
        Column(key="missed", title="Пропущено", kind="count", better="less"),
        *(Column(key=f"category:{each}", title=_category(each), kind="count") for each in categories),
        Column(key="days", title="Пропущено дней", kind="count", better="less"),
        Column(key="late", title="Опозданий", kind="count", better="less"),
        Column(key="share", title="Посещаемость", kind="share", better="more"),
    )


def _category(category: str) -> str:
    return UNSTATED if category == NOT_STATED else category


def _line(key: str, title: str, own: Sums, categories: Iterable[str]) -> Line:
    missed = own.missed.total()
    why = (own.missed[category] for category in categories)
    values = (title, own.held, missed, *why, own.days, own.late, share(own.held - missed, own.held))
    return Line(key=key, values=values)


def _figures(lines: Sequence[Sums], categories: Iterable[str]) -> tuple[Figure, ...]:
    whole = Sums()
    for own in lines:
        whole.add(own)
    missed = whole.missed.total()
    return (
        Figure(
            key="share",
            title="Посещаемость",
            value=share(whole.held - missed, whole.held),
            kind="share",
            part=whole.held - missed,
            whole=whole.held,
            better="more",
        ),
        Figure(key="missed", title="Пропущено уроков", value=missed, kind="count", better="less"),
        *(
            Figure(
                key=f"category:{category}",
                title=f"Из них {category}" if category else "Причина не указана",
                value=whole.missed[category],
                kind="count",
            )
            for category in categories
        ),
    )


def _charts(lines: Lines) -> tuple[Chart, ...]:
    shown = [(title, own) for _, title, own in lines if own.held]
    if not shown:
        return ()
    present = tuple(share(own.held - own.missed.total(), own.held) for _, own in shown)
    return (
        Chart(
            title="Посещаемость",
            shape="bars",
            labels=tuple(title for title, _ in shown),
            series=(("Посещаемость", present),),
            unit="%",
        ),
    )
