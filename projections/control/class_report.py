"""C-27: «Отчёт по классу» (Padun 2.7; Perm 3.4): marks of a period, means, absences, who learns how, the reserve."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from ledger.alphabet import plain
from ledger.people import Name
from ledger.school import Klass
from ledger.school_records import Period
from ledger.span import Span
from projections.attendance_stats import categories_of
from projections.control import attendance
from projections.control.attendance_sums import Sums, sums
from projections.control.report import Asked, Behind, Column, Figure, Line, Report, Value, share
from projections.control.results import Tally, outcomes
from projections.control.results_by_level import figures
from projections.control.scope import pages_asked, term_of
from projections.outcome import GOOD, Outcome, failing_values
from projections.reading import NoSuchPage, Reading

CODE, TITLE = "C-27", "Отчёт по классу"
GROUPS = (
    ("excellent", "Отличники", "отличник"),
    ("one_four", "Резерв отличников (одна «4»)", "одна «4»"),
    ("good", "Хорошисты", "хорошист"),
    ("one_three", "Резерв хорошистов (одна «3»)", "одна «3»"),
    ("failing", "Неуспевающие", "не успевает"),
    ("unset", "Отметки выставлены не все", "выставлено не всё"),
)


@dataclass(frozen=True, kw_only=True)
class _Facts:
    """Of one class and period: its pupils in order of names, with what they missed."""

    klass: Klass
    term: Period
    subjects: tuple[tuple[UUID, str], ...]
    outcomes: tuple[Outcome, ...]
    names: Mapping[UUID, Name]
    sums: Mapping[UUID, Sums]
    fails: frozenset[str]
    categories: tuple[str, ...]


def report(reading: Reading, asked: Asked) -> Report:
    """Raises NoSuchPage: no such class, or no reporting period of it in these days."""
    facts = _facts(reading, asked)
    tally = Tally.of(facts.outcomes)
    return Report(
        code=CODE,
        title=f"{TITLE} {facts.klass.title}, {facts.term.title or 'учебный год'}",
        asked=asked,
        columns=_columns(facts),
        lines=(*(_line(each, facts) for each in facts.outcomes), *_foot(facts, tally)),
        figures=(
            Figure(key="pupils", title="Учащихся", value=tally.pupils, kind="count"),
            *figures(tally),
            Figure(key="mean", title="Средний балл", value=tally.mean, kind="mean", better="more"),
        ),
        notes=tuple(_notes(facts)),
        as_of=reading.as_of,
        regulation=reading.regulation_position(),
    )


def behind(reading: Reading, asked: Asked, key: str) -> Iterator[Behind]:
    """The marks of a pupil, subject by subject, then the lessons missed; of the foot, whose mark counts there."""
    facts = _facts(reading, asked)
    titles = dict(facts.subjects)
    for each in facts.outcomes:
        if key in FEET or key == str(each.pupil):
            name = facts.names[each.pupil].listed
            for subject, value in each.marks.items():
                words = f"{name}: {titles[subject]} — {value or 'не выставлена'}"
                yield Behind(words=words, pupil=each.pupil, period=facts.term.id)
    if key not in FEET:
        yield from attendance.behind(reading, _during(asked, facts.term), key)


def _facts(reading: Reading, asked: Asked) -> _Facts:
    school = reading.school
    klass = school.classes.get(asked.class_id) if asked.class_id is not None else None
    term = term_of(klass, asked, school, reading.today) if klass is not None else None
    if klass is None or term is None:
        raise NoSuchPage(str(asked.class_id))
    found = outcomes(reading, asked, [(klass, term)])[klass.id, term.id]
    names = reading.names(each.pupil for each in found)
    known = {each.pupil: each for each in found}
    own = _during(asked, term)
    days = Span(first=own.first, last=own.last)
    missed = sums(reading, own, pages_asked(school, replace(own, teacher=None)), days)
    learnt = {subject for each in found for subject in each.marks}
    return _Facts(
        klass=klass,
        term=term,
        subjects=tuple(
            (id, school.subjects[id].title)
            for id in sorted(learnt, key=lambda id: plain(school.subjects[id].title))
        ),
        outcomes=tuple(known[pupil] for pupil in reading.sorted(list(known), names)),
        names=names,
        sums={pupil: each for (_, pupil), each in missed.items()},
        fails=failing_values(reading.regulation()),
        categories=categories_of(reading, (why for each in missed.values() for why in each.missed)),
    )


def _during(asked: Asked, term: Period) -> Asked:
    """The days of the period: what was missed in it stands beside its marks."""
    return replace(asked, first=term.span.first, last=term.span.last or asked.last)


def _columns(facts: _Facts) -> tuple[Column, ...]:
    return (
        Column(key="pupil", title="Ученик"),
        *(Column(key=f"subject:{id}", title=title, kind="mark") for id, title in facts.subjects),
        Column(key="mean", title="Средний балл", kind="mean", better="more"),
        Column(key="missed", title="Пропущено уроков", kind="count", better="less"),
        *(
            Column(key=f"category:{each}", title=each or attendance.UNSTATED, kind="count")
            for each in facts.categories
        ),
        Column(key="days", title="Пропущено дней", kind="count", better="less"),
        Column(key="group", title="Итог"),
    )


def _line(each: Outcome, facts: _Facts) -> Line:
    own, numbers = facts.sums.get(each.pupil, Sums()), each.numbers
    return Line(
        key=str(each.pupil),
        values=(
            facts.names[each.pupil].listed,
            *(each.marks.get(subject) or None for subject, _ in facts.subjects),
            round(sum(map(int, numbers)) / len(numbers), 2) if numbers else None,
            own.missed.total(),
            *(own.missed[category] for category in facts.categories),
            own.days,
            next((words for name, _, words in GROUPS if getattr(each, name)), ""),
        ),
    )


FEET = ("mean", "success", "quality")


def _foot(facts: _Facts, tally: Tally) -> Iterator[Line]:
    """Of every subject: the mean of the marks, and which share of who was to be attested learns at all and well."""
    if not facts.outcomes:
        return
    whole = Sums()
    for each in facts.outcomes:  # whoever has left the class has no line
        whole.add(facts.sums.get(each.pupil, Sums()))
    rest: tuple[Value, ...] = (
        whole.missed.total(),
        *(whole.missed[each] for each in facts.categories),
        whole.days,
        "",
    )
    nothing: tuple[Value, ...] = (None,) * len(rest)
    marks = {id: _values(id, facts.outcomes) for id, _ in facts.subjects}
    means: list[Value] = [_comma(_mean(own), 2) for own in marks.values()]
    yield Line(key="mean", values=("Средний балл", *means, tally.mean, *rest))
    success = [share(sum(v not in facts.fails for v in own), len(own)) for own in marks.values()]
    quality = [share(sum(v in GOOD for v in own), len(own)) for own in marks.values()]
    for key, title, shares in (("success", "Успеваемость, %", success), ("quality", "Качество, %", quality)):
        yield Line(key=key, values=(title, *(_comma(each, 1) for each in shares), None, *nothing))


def _values(subject: UUID, found: Iterable[Outcome]) -> list[str]:
    """Marks and «н/а», without «осв»."""
    own = (each.marks.get(subject, "") for each in found)
    return [value for value in own if value.isdigit() or value == "н/а"]


def _mean(values: Iterable[str]) -> float | None:
    numbers = [int(value) for value in values if value.isdigit()]
    return sum(numbers) / len(numbers) if numbers else None


def _comma(value: float | None, decimals: int) -> str | None:
    return None if value is None else f"{value:.{decimals}f}".replace(".", ",")


def _notes(facts: _Facts) -> Iterator[str]:
    for name, title, _ in GROUPS:
        own = [facts.names[each.pupil].short for each in facts.outcomes if getattr(each, name)]
        if own:
            yield f"{title}: {', '.join(own)}"
