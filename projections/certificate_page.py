"""Справка по итогам контроля (C-30, R-209): which there are, and one of them with what its reports come to at its own
position, its findings, and who has read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ledger import windows
from ledger.certificate import Certificate, fold_certificate
from ledger.entry import Entry
from ledger.events import control as events
from ledger.personal import KeyOf, unseal
from ledger.school import School
from projections.as_of import AsOf
from projections.cells import entered_at
from projections.class_list import in_order
from projections.control import REPORTS
from projections.control.held import lessons_held
from projections.control.report import Asked, Figure
from projections.control.said import figure_words
from projections.reading import NoSuchPage, Reading

_TALLIES = (
    "certificate, count(*) AS findings, count(*) FILTER (WHERE resolved_at IS NULL) AS open,"
    " count(*) FILTER (WHERE resolved_at IS NULL AND due < %(today)s) AS overdue"
)
Count = Callable[[Reading, str, Asked], tuple[Figure, ...] | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class CertificateLine:
    """Of the list. `drawn_up_at` and `issued_at` are local; `open` findings of `findings` nobody has reported on yet,
    `overdue` of them past their day."""

    certificate: UUID
    number: str
    title: str
    first: date
    last: date
    classes: tuple[str, ...]
    drawn_up_by: UUID
    drawn_up_at: datetime
    issued_at: datetime | None
    people: int
    acquainted: int
    findings: int
    open: int
    overdue: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CertificatesPage:
    """The latest first."""

    lines: tuple[CertificateLine, ...]
    as_of: AsOf


@dataclass(frozen=True, kw_only=True, slots=True)
class Indicator:
    """What one report comes to over the whole school or one of its classes; `figures` is empty where the report is made
    of a single class and the whole school is asked, or the school had no such class then; None: not counted yet."""

    code: str
    title: str
    asked: Asked
    class_title: str
    figures: tuple[Figure, ...] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class FindingLine:
    """`over`: its day has passed and nobody has said what was done."""

    finding: UUID
    responsible: UUID
    text: str
    due: date
    over: bool
    resolved_by: UUID | None
    resolved_at: datetime | None
    answer: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """Whom the certificate names, and when that person said to have read it (local)."""

    person: UUID
    at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class CertificatePage:
    """`classes` are (id, title), none for the whole school. Figures are those after the entry at `position`, of the
    lessons over by `counted_at` (local). `text` is what was written, "" while nothing was; `proposed` what the
    figures say. `teachers`: who gave the lessons it is about, while it is not issued."""

    certificate: UUID
    number: str
    title: str
    first: date
    last: date
    classes: tuple[tuple[UUID, str], ...]
    position: int
    counted_at: datetime
    drawn_up_by: UUID
    drawn_up_at: datetime
    text: str
    proposed: str
    indicators: tuple[Indicator, ...]
    findings: tuple[FindingLine, ...]
    issued_by: UUID | None
    issued_at: datetime | None
    readers: tuple[Reader, ...]
    teachers: tuple[UUID, ...]
    as_of: AsOf

    @property
    def people(self) -> tuple[UUID, ...]:
        """Whom it names."""
        named = (self.drawn_up_by, *(each.responsible for each in self.findings), *self.teachers)
        return tuple(dict.fromkeys((*named, *(each.person for each in self.readers))))

    @property
    def counted(self) -> int:
        """How many indicators are counted; the text is proposed once all are."""
        return sum(each.figures is not None for each in self.indicators)

    @property
    def unread(self) -> tuple[UUID, ...]:
        return tuple(each.person for each in self.readers if each.at is None)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Then:
    """The journal right after the certificate's own entry, and what its reports come to."""

    reading: Reading
    count: Count


def listed(reading: Reading, *, drafts: bool, person: UUID | None) -> CertificatesPage:
    """With those that are not issued yet or without; of `person` only those that name them."""
    rows = reading.rows("certificates", "(%(drafts)s OR issued_at IS NOT NULL)", drafts=drafts)
    own = [row for row in rows if person is None or person in row.people]
    found = reading.rows(
        "certificate_findings", "TRUE", columns=_TALLIES, grouped="certificate", today=reading.today
    )
    tallies = {row.certificate: row for row in found}
    own.sort(key=lambda row: row.drawn_up_at, reverse=True)
    lines = tuple(_line(row, tallies.get(row.certificate), reading.school) for row in own)
    return CertificatesPage(lines=lines, as_of=reading.as_of)


def _line(row: Any, found: Any, school: School) -> CertificateLine:
    return CertificateLine(
        certificate=row.certificate,
        number=row.number,
        title=row.title,
        first=row.first,
        last=row.last,
        classes=tuple(title for _, title in _classes(row.classes, school)),
        drawn_up_by=row.drawn_up_by,
        drawn_up_at=school.local(row.drawn_up_at),
        issued_at=None if row.issued_at is None else school.local(row.issued_at),
        people=len(row.people),
        acquainted=len(row.acquainted),
        findings=found.findings if found else 0,
        open=found.open if found else 0,
        overdue=found.overdue if found else 0,
    )


def _classes(ids: Iterable[UUID], school: School) -> tuple[tuple[UUID, str], ...]:
    known = sorted((school.classes[each] for each in ids if each in school.classes), key=in_order)
    return tuple((klass.id, klass.title) for klass in known)


def page(
    reading: Reading,
    certificate: UUID,
    key_of: KeyOf,
    earlier: Callable[[int], Reading],
    count: Count,
) -> CertificatePage:
    """`earlier` reads right after the entry at a position; `count` says what a report comes to there, None for
    not now. Raises
    NoSuchPage for none."""
    stream = reading.streams([certificate]).get(certificate, ())
    state = fold_certificate(certificate, stream)
    if state.drawn_up is None:
        raise NoSuchPage("no such certificate")
    drawn: events.CertificateDrawnUp = state.drawn_up.event  # type: ignore[assignment]
    position = min(drawn.position, state.drawn_up.position)  # nobody counts what was not written yet
    then = _Then(reading=earlier(position), count=count)
    classes = _classes(drawn.classes, reading.school)
    indicators = tuple(_indicators(drawn, classes, then))
    issued: events.CertificateIssued | None = state.issued.event if state.issued else None  # type: ignore[assignment]
    return CertificatePage(
        certificate=certificate,
        number=drawn.number,
        title=drawn.title,
        first=drawn.first,
        last=drawn.last,
        classes=classes,
        position=position,
        counted_at=then.reading.now,
        drawn_up_by=state.drawn_up.stamp.person,
        drawn_up_at=_at(state.drawn_up, reading),
        text=_text(state.worded, key_of),
        proposed=proposed(drawn, classes, then.reading.now, position, indicators),
        indicators=indicators,
        findings=_findings(state, reading, key_of),
        issued_by=state.issued.stamp.person if state.issued else None,
        issued_at=_at(state.issued, reading) if state.issued else None,
        readers=_readers(state, issued, reading) if issued else (),
        teachers=() if issued else _gave(then.reading, drawn),
        as_of=reading.as_of,
    )


def _at(entry: Entry, reading: Reading) -> datetime:
    return reading.school.local(entered_at(entry))


def _text(entry: Entry | None, key_of: KeyOf) -> str:
    return unseal(entry.event.text, key_of) if entry is not None else ""  # type: ignore[attr-defined]


def _indicators(
    drawn: events.CertificateDrawnUp, classes: tuple[tuple[UUID, str], ...], then: _Then
) -> Iterator[Indicator]:
    """Report by report, of each its classes."""
    for code in drawn.indicators:
        for class_id, title in classes or ((None, ""),):
            asked = Asked(first=drawn.first, last=drawn.last, class_id=class_id)
            yield Indicator(
                code=code,
                title=REPORTS[code].title if code in REPORTS else "",
                asked=asked,
                class_title=title,
                figures=_figures(code, asked, then),
            )


def _figures(code: str, asked: Asked, then: _Then) -> tuple[Figure, ...] | None:
    row = REPORTS.get(code)
    if row is None or any(getattr(asked, name) is None for name in row.needs):
        return ()
    try:
        return then.count(then.reading, code, asked)
    except NoSuchPage:
        return ()  # no such class, or no regulation in force, at that moment


def _findings(state: Certificate, reading: Reading, key_of: KeyOf) -> tuple[FindingLine, ...]:
    return tuple(_finding(state, finding, reading, key_of) for finding in state.findings)


def _finding(state: Certificate, finding: UUID, reading: Reading, key_of: KeyOf) -> FindingLine:
    entry, done = state.findings[finding], state.resolved.get(finding)
    found: events.CertificateFindingSet = entry.event  # type: ignore[assignment]
    return FindingLine(
        finding=finding,
        responsible=found.responsible,
        text=_text(entry, key_of),
        due=found.due,
        over=done is None and windows.delay(reading.now, windows.day_end(found.due)) is not None,
        resolved_by=done.stamp.person if done else None,
        resolved_at=_at(done, reading) if done else None,
        answer=_text(done, key_of),
    )


def _readers(state: Certificate, issued: events.CertificateIssued, reading: Reading) -> tuple[Reader, ...]:
    """In the order of their names."""
    people = reading.sorted(list(issued.people), reading.names(issued.people))
    read = {person: _at(entry, reading) for person, entry in state.acquainted.items()}
    return tuple(Reader(person=person, at=read.get(person)) for person in people)


def _gave(then: Reading, drawn: events.CertificateDrawnUp) -> tuple[UUID, ...]:
    """Whose lines stand in C-01 and C-07: the teachers who gave a lesson there in these days."""
    classes: list[UUID | None] = [each for each in drawn.classes if each in then.school.classes]
    asked = [Asked(first=drawn.first, last=drawn.last, class_id=each) for each in classes or [None]]
    gave = {who for each in asked for _, teachers in lessons_held(then, each) for who in teachers}
    return tuple(then.sorted(list(gave), then.names(gave)))


def proposed(
    drawn: events.CertificateDrawnUp,
    classes: tuple[tuple[UUID, str], ...],
    counted_at: datetime,
    position: int,
    indicators: tuple[Indicator, ...],
) -> str:
    """The text nobody has written yet: what was checked, and what each report comes to."""
    where = f"классов {', '.join(title for _, title in classes)}" if classes else "школы"
    head = (
        f"С {drawn.first:%d.%m.%Y} по {drawn.last:%d.%m.%Y} проверено ведение электронного журнала {where}."
        f" Показатели посчитаны на {counted_at:%d.%m.%Y %H:%M}, запись журнала № {position}."
    )
    return "\n".join((head, "", *(_words(each) for each in indicators if each.figures)))


def _words(indicator: Indicator) -> str:
    """«7А. Полнота и своевременность (C-07): полнота — 92,5 % (37 из 40).»"""
    told = [each for each in indicator.figures or () if each.value is not None]
    found = "; ".join(f"{_inside(each.title)} — {figure_words(each)}" for each in told)
    where = f"{indicator.class_title}. " if indicator.class_title else ""
    return f"{where}{indicator.title} ({indicator.code}): {found or 'данных нет'}."


def _inside(title: str) -> str:
    """As it is written inside a sentence: «полнота», but «СОУ»."""
    return title if title[1:2].isupper() else f"{title[:1].lower()}{title[1:]}"
