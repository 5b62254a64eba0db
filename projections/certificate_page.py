"""Справка по итогам контроля (C-30, R-209): what its reports come to at its own position, its findings, and who has
read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
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

Count = Callable[[Reading, str, Asked], tuple[Figure, ...] | None]


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


def classes_of(ids: Iterable[UUID], school: School) -> tuple[tuple[UUID, str], ...]:
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
    classes = classes_of(drawn.classes, reading.school)
    indicators = tuple(_indicators(drawn, classes, then))
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
        drawn_up_at=reading.school.local(entered_at(state.drawn_up)),
        text=_text(state.worded, key_of),
        proposed=proposed(drawn, classes, then.reading.now, position, indicators),
        indicators=indicators,
        findings=_findings(state, reading, key_of),
        issued_by=state.issued.stamp.person if state.issued else None,
        issued_at=_at(state.issued, reading),
        readers=_readers(state, reading),
        teachers=() if state.issued else _gave(then.reading, drawn),
        as_of=reading.as_of,
    )


def _at(entry: Entry | None, reading: Reading) -> datetime | None:
    return reading.school.local(entered_at(entry)) if entry is not None else None


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
        resolved_at=_at(done, reading),
        answer=_text(done, key_of),
    )


def _readers(state: Certificate, reading: Reading) -> tuple[Reader, ...]:
    """In the order of their names; none while it is not issued."""
    if state.issued is None:
        return ()
    issued: events.CertificateIssued = state.issued.event  # type: ignore[assignment]
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
    where = "школы"
    if classes:
        where = f"{'класса' if len(classes) == 1 else 'классов'} {', '.join(title for _, title in classes)}"
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
