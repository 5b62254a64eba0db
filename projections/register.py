"""The summary register of a class, live (R-160): every pupil's marks in all subjects for the periods and the year, what
is still missing, who may stay without a mark (W-35, W-36), and what becomes of the pupils (R-075)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ledger.alphabet import plain
from ledger.evidence import pages_of
from ledger.period_sheet import PERIOD
from ledger.rules.marks import unmarked
from ledger.school import Klass, School
from projections import register_sums
from projections.as_of import AsOf
from projections.outcome import Outcome, failing_values
from projections.reading import NoSuchPage, Reading
from projections.register_columns import RegisterColumn, columns_of, short_words, shown_of
from projections.register_pages import Seat, of_class, page_at, seat_of
from projections.register_sums import Sum, Total
from projections.standings import Cell as PageCell
from projections.standings import Standing, standings
from projections.years import day_of

COLUMNS = "journal, period, kind, pupil, value, entry, rewritten, correction"


@dataclass(frozen=True, kw_only=True, slots=True)
class RegisterCell:
    """`value` «» while none stands; `journal` the page it stands on, else that where it belongs; None: the pupil does
    not learn the subject then. `corrected`: it had another value. `missing`: the period is over. `risk` of a running
    period whose mark is not set: how the pupil stands, where an attestation is in danger."""

    value: str = ""
    journal: UUID | None = None
    corrected: bool = False
    missing: bool = False
    risk: Standing | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PromotionLine:
    """`decided`: by the school, else proposed by the class teacher; `order`: its number, «» while it is to follow."""

    decision: str
    decided: bool
    order: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RegisterRow:
    """`cells` by subject, within it by column shown; `gone`: not in the class on the day whose list is taken."""

    pupil: UUID
    name: str
    gone: bool
    cells: tuple[tuple[RegisterCell, ...], ...]
    promotion: PromotionLine | None


@dataclass(frozen=True, kw_only=True, slots=True)
class RegisterSubject:
    """`heads` are the pages whose sheets a head leads to, one of each page of the class: (page, what tells its
    group from the others)."""

    subject: UUID
    title: str
    short: str
    heads: tuple[tuple[UUID, str], ...]
    sums: tuple[Sum, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RegisterPage:
    """`columns` are all there may be, `shown` those of the table; `totals` parallel to `shown`. `fails`:
    projections.outcome.failing_values. `promoting`: the last period has begun, or something was proposed already."""

    class_id: UUID
    title: str
    year: int
    columns: tuple[RegisterColumn, ...]
    shown: tuple[RegisterColumn, ...]
    subjects: tuple[RegisterSubject, ...]
    rows: tuple[RegisterRow, ...]
    totals: tuple[Total, ...]
    fails: frozenset[str]
    graduating: bool
    promoting: bool
    as_of: AsOf


@dataclass(frozen=True, kw_only=True)
class _Given:
    """Marks of each pupil by (subject, period, kind), of every page there may be several."""

    marks: Mapping[UUID, Mapping[tuple[UUID, UUID, str], list[Any]]]
    filled: frozenset[tuple[UUID, str]]


def columns(reading: Reading, class_id: UUID) -> tuple[RegisterColumn, ...]:
    """Every column there may be. Raises NoSuchPage: no such class."""
    school = reading.school
    klass = school.classes.get(class_id)
    if klass is None or klass.year not in school.years:
        raise NoSuchPage(str(class_id))
    return columns_of(school, klass, reading.today, reading.regulation())


def page(
    reading: Reading, class_id: UUID, chosen: Collection[str] = (), on: date | None = None
) -> RegisterPage:
    """`chosen`: keys of columns to show; `on`: the day whose list is taken, by default today or the nearest day of the
    year. Raises NoSuchPage: no such class."""
    school, regulation = reading.school, reading.regulation()
    fails, known = failing_values(regulation), columns(reading, class_id)
    klass = school.classes[class_id]
    here = school.pupils_of_class(class_id, on or day_of(school.years[klass.year], reading.today))
    gone = tuple(p for p in school.pupils_ever(class_id) if p not in here)
    subjects = _subjects(school, class_id, reading)
    given = _given(reading, klass, here, gone)
    graduating = klass.grade in regulation.graduating_grades
    shown = shown_of(known, chosen, given.filled)
    days = tuple(day_of(each.span, reading.today) for each in shown)
    places = _places(school, (*here, *gone), klass, subjects, days)
    risks = _risks(reading, here, places, given, subjects, shown)
    cells = {p: _cells(p, subjects, shown, places[p], given, risks) for p in places}
    rows = _rows(reading, here, gone, cells, klass.year)
    return RegisterPage(
        class_id=class_id,
        title=klass.title,
        year=klass.year,
        columns=known,
        shown=shown,
        subjects=tuple(
            _subject(s, n, school, class_id, rows, len(shown), fails) for n, s in enumerate(subjects)
        ),
        rows=tuple(row for row in rows if not row.gone or any(c.value for own in row.cells for c in own)),
        totals=tuple(register_sums.total(outcomes(rows, subjects, n, fails)) for n in range(len(shown))),
        fails=fails,
        graduating=graduating,
        promoting=any(row.promotion for row in rows) or _year_ends(known, reading.today),
        as_of=reading.as_of,
    )


def outcomes(
    rows: Iterable[RegisterRow], subjects: Sequence[UUID], column: int, fails: frozenset[str]
) -> Iterator[Outcome]:
    """Of the pupils on the list, in the subjects they learn."""
    for row in rows:
        own = zip(subjects, (cells[column] for cells in row.cells), strict=True)
        marks = {subject: cell.value for subject, cell in own if cell.journal is not None}
        if not row.gone:
            yield Outcome(pupil=row.pupil, marks=marks, fails=fails)


def _rows(
    reading: Reading,
    here: tuple[UUID, ...],
    gone: tuple[UUID, ...],
    cells: Mapping[UUID, tuple[tuple[RegisterCell, ...], ...]],
    year: int,
) -> tuple[RegisterRow, ...]:
    """By name; who has left comes last."""
    names = reading.names((*here, *gone))
    return tuple(
        RegisterRow(
            pupil=p,
            name=names[p].listed if p in names else "",
            gone=p in gone,
            cells=cells[p],
            promotion=_promotion(reading.school, p, year),
        )
        for p in (*reading.sorted(here, names), *reading.sorted(gone, names))
    )


def _subjects(school: School, class_id: UUID, reading: Reading) -> tuple[UUID, ...]:
    """Those the class has marks in, by title."""
    regulation = reading.regulation()
    found = {
        each.subject for each in of_class(school, class_id) if unmarked(each.id, school, regulation) is None
    }
    return tuple(sorted(found, key=lambda id: plain(school.subjects[id].title)))


def _given(reading: Reading, klass: Klass, here: Iterable[UUID], gone: Iterable[UUID]) -> _Given:
    """On the pages of the class, and on those its newcomers brought marks from (E-06)."""
    school = reading.school
    own = [each.id for each in of_class(school, klass.id)]
    moved = [p for p in here if len(school.pupils[p].classes) > 1]
    brought = {page for p in moved for journal in own for page in pages_of(school, journal, p)}
    rows = reading.rows(
        "period_marks",
        "journal = ANY(%(journals)s) AND pupil = ANY(%(pupils)s)",
        columns=COLUMNS,
        journals=[*own, *(brought - set(own))],
        pupils=[*here, *gone],
    )
    marks: dict[UUID, dict[tuple[UUID, UUID, str], list[Any]]] = {p: {} for p in (*here, *gone)}
    for row in rows:
        key = (school.journals[row.journal].subject, row.period, row.kind)
        marks[row.pupil].setdefault(key, []).append(row)
    return _Given(marks=marks, filled=frozenset((row.period, row.kind) for row in rows))


Places = tuple[tuple[UUID | None, ...], ...]  # by subject, by column


def _places(
    school: School,
    pupils: Iterable[UUID],
    klass: Klass,
    subjects: tuple[UUID, ...],
    days: tuple[date, ...],
) -> dict[UUID, Places]:
    """Of each pupil the page of each subject on each day: the last of a column, or today."""
    known: dict[tuple[Seat | None, ...], Places] = {}
    found = {}
    for pupil in pupils:
        seats = tuple(_seat(school, pupil, klass, day) for day in days)
        if seats not in known:
            known[seats] = tuple(
                tuple(None if seat is None else page_at(school, seat, each, klass.year) for seat in seats)
                for each in subjects
            )
        found[pupil] = known[seats]
    return found


def _seat(school: School, pupil: UUID, klass: Klass, on: date) -> Seat | None:
    """Of who has left the class, only while he was there; a newcomer's is that of his former class before (E-06)."""
    seat, last = seat_of(school, pupil, on), school.pupils[pupil].classes[-1][0]
    return seat if seat is not None and klass.id in (seat.class_id, last) else None


def _risks(
    reading: Reading,
    here: Iterable[UUID],
    places: Mapping[UUID, Places],
    given: _Given,
    subjects: tuple[UUID, ...],
    shown: tuple[RegisterColumn, ...],
) -> dict[PageCell, Standing]:
    """Of the running period: whose attestation is in danger (W-35, W-36)."""
    running = next((n for n, each in enumerate(shown) if each.kind == PERIOD and each.running), None)
    if running is None:
        return {}
    column, wanted = shown[running], dict[UUID, list[UUID]]()
    for pupil in here:
        own = given.marks[pupil]
        for n, subject in enumerate(subjects):
            journal = places[pupil][n][running]
            if journal is not None and (subject, column.period, PERIOD) not in own:
                wanted.setdefault(journal, []).append(pupil)
    found = standings(reading, wanted, column.span)
    return {cell: each for cell, each in found.items() if each.behind or (each.absent and not each.exempt)}


def _cells(
    pupil: UUID,
    subjects: tuple[UUID, ...],
    shown: tuple[RegisterColumn, ...],
    places: Places,
    given: _Given,
    risks: Mapping[PageCell, Standing],
) -> tuple[tuple[RegisterCell, ...], ...]:
    own = given.marks[pupil]
    return tuple(
        tuple(
            _cell(pupil, column, place, own.get((subject, column.period, column.kind)), risks)
            for column, place in zip(shown, places[n], strict=True)
        )
        for n, subject in enumerate(subjects)
    )


EMPTY = RegisterCell()


def _cell(
    pupil: UUID,
    column: RegisterColumn,
    place: UUID | None,
    rows: list[Any] | None,
    risks: Mapping[PageCell, Standing],
) -> RegisterCell:
    if rows:
        row = max(rows, key=lambda each: (each.journal == place, each.entry))
        changed = bool(row.rewritten) or row.correction is not None
        return RegisterCell(value=row.value, journal=row.journal, corrected=changed)
    if place is None:
        return EMPTY
    risk = risks.get((place, pupil)) if column.kind == PERIOD and column.running else None
    return RegisterCell(journal=place, missing=column.over and column.wanted, risk=risk)


def _promotion(school: School, pupil: UUID, year: int) -> PromotionLine | None:
    known = school.pupils[pupil].promotion(year)
    if known is None:
        return None
    order = school.orders.get(known.order) if known.order is not None else None
    number = order.number or "" if order is not None else ""
    return PromotionLine(decision=known.decision, decided=known.decided, order=number)


def _year_ends(columns: tuple[RegisterColumn, ...], today: date) -> bool:
    last = max((c.span.first for c in columns if c.kind == PERIOD), default=None)
    return last is not None and last <= today


def _subject(
    subject: UUID,
    n: int,
    school: School,
    class_id: UUID,
    rows: tuple[RegisterRow, ...],
    columns: int,
    fails: Collection[str],
) -> RegisterSubject:
    known = school.subjects[subject]
    own = [each for each in of_class(school, class_id) if each.subject == subject and each.pupil is None]
    return RegisterSubject(
        subject=subject,
        title=known.title,
        short=known.short,
        heads=tuple(
            zip(
                (each.id for each in own),
                short_words([school.group_title(each.id) for each in own]),
                strict=True,
            )
        ),
        sums=tuple(register_sums.of_column(rows, n, k, fails) for k in range(columns)),
    )
