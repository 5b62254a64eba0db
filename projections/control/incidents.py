"""C-22: breaches of access and their Acts (Усть-Белая 10): when each was found and told, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from ledger import accounts
from ledger.incident import minutes_late, told_at
from ledger.people import Name
from ledger.span import DAY
from projections import void_signs
from projections.control.report import Asked, Behind, Column, Figure, Line, Report
from projections.control.scope import pages_asked
from projections.reading import Reading
from projections.void_rows import named_by
from projections.void_signs import Named

CODE, TITLE = "C-22", "Нарушения доступа и Акты"
COLUMNS = (
    Column(key="owner", title="Чей доступ"),
    Column(key="account", title="Логин"),
    Column(key="detected", title="Обнаружено", kind="moment"),
    Column(key="reported", title="Сообщено", kind="moment"),
    Column(key="director", title="Получил директор", kind="moment"),
    Column(key="support", title="Получила поддержка", kind="moment"),
    Column(key="late", title="Позже срока, мин", kind="count", better="less"),
    Column(key="status", title="Состояние"),
    Column(key="act", title="Акт"),
    Column(key="void", title="Недействительных записей", kind="count", better="less"),
    Column(key="tainted", title="Ждут проверки", kind="count", better="less"),
    Column(key="reinstated", title="Восстановлено", kind="count"),
)
STATUSES = {
    "reported": "сообщено",
    "received": "получено",
    "rejected": "не подтвердилось",
    "voided": "есть Акт",
    "suspended": "Акт приостановлен",
    "annulled": "Акт отменён",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """An incident with one of its finalised Acts; `act` None: there is none. Of an annulled one nothing counts."""

    incident: Any
    act: UUID | None = None
    named: Named | None = None
    void: int = 0
    tainted: int = 0
    reinstated: int = 0


def report(reading: Reading, asked: Asked) -> Report:
    found = incidents(reading, asked)
    names = reading.names({each.incident.owner for each in found})
    return Report(
        code=CODE,
        title=TITLE,
        asked=asked,
        columns=COLUMNS,
        lines=tuple(_line(each, names, reading) for each in found),
        figures=_figures(found, reading),
        as_of=reading.as_of,
        regulation=reading.regulation_position(),
    )


def behind(reading: Reading, asked: Asked, key: str) -> Iterator[Behind]:
    """The card of the breach."""
    for each in incidents(reading, asked):
        if _key(each) == key:
            words = STATUSES[each.incident.status]
            yield Behind(words=words, date=each.incident.detected_at.date(), incident=each.incident.incident)


def incidents(reading: Reading, asked: Asked) -> list[Found]:
    """Found out on the days asked for, in order; of a class or a subject those of people who teach there."""
    rows = reading.rows(
        "incidents",
        "detected_at >= %(since)s AND detected_at < %(until)s",
        since=datetime.combine(asked.first, time()),
        until=datetime.combine(asked.last + DAY, time()),
    )
    if not rows:
        return []
    meant = _owners(reading, asked)
    rows = [row for row in rows if meant is None or row.owner in meant]
    acts = _acts(reading)
    counts = _counts(reading, [act for own in acts.values() for act, _ in own])
    return [
        found
        for row in sorted(rows, key=lambda row: (row.detected_at, row.incident))
        for found in _of(row, acts.get(row.incident, []), counts)
    ]


def _owners(reading: Reading, asked: Asked) -> frozenset[UUID] | None:
    """Whose breaches are meant, None: everybody's."""
    if asked.teacher is not None:
        return frozenset({asked.teacher})
    if (asked.class_id, asked.subject, asked.level) == (None, None, None):
        return None
    pages = pages_asked(reading.school, asked)
    return frozenset(person for page in pages for person, _ in page.teachers)


def _acts(reading: Reading) -> dict[UUID, list[tuple[UUID, int]]]:
    """By incident: the finalised Acts that void, and how many entries each made void."""
    rows = reading.rows(
        "acts", "finalised IS NOT NULL AND annuls IS NULL", columns="incident, act, entries, finalised"
    )
    found: dict[UUID, list[tuple[UUID, int]]] = {}
    for row in sorted(rows, key=lambda row: row.finalised):
        found.setdefault(row.incident, []).append((row.act, row.entries))
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """By Act: period marks that rest on what it made void and were not looked at since; cases that gave back."""

    named: Mapping[UUID, Named]
    tainted: Counter[UUID]
    reinstated: Counter[UUID]


def _counts(reading: Reading, acts: list[UUID]) -> Counts:
    named = void_signs.acts(reading)
    in_force = [act for act in acts if act in named and not named[act].annulled]
    return Counts(named=named, tainted=_tainted(reading, in_force), reinstated=_reinstated(reading, in_force))


def _tainted(reading: Reading, acts: list[UUID]) -> Counter[UUID]:
    dead = named_by(reading, acts)
    pupils = {getattr(entry.event, "pupil", None) for entry in reading.entries(dead).values()}
    rows = reading.rows(
        "period_marks",
        "pupil = ANY(%(pupils)s) AND rests_on && %(dead)s::bigint[]",
        columns="rests_on",
        pupils=list(pupils - {None}),
        dead=list(dead),
    )
    return Counter(act for row in rows for act in {dead[p] for p in row.rests_on if p in dead})


def _reinstated(reading: Reading, acts: list[UUID]) -> Counter[UUID]:
    rows = reading.rows(
        "corrections",
        "ground = 'reinstatement' AND act = ANY(%(acts)s) AND status IN ('approved', 'unfounded')",
        columns="act",
        acts=acts,
    )
    return Counter(row.act for row in rows)


def _of(row: Any, acts: list[tuple[UUID, int]], counts: Counts) -> Iterator[Found]:
    if not acts:
        yield Found(incident=row)
    for act, entries in acts:
        named = counts.named.get(act)
        yield Found(
            incident=row,
            act=act,
            named=named,
            void=0 if named is None or named.annulled else entries,
            tainted=counts.tainted[act],
            reinstated=counts.reinstated[act],
        )


def _key(each: Found) -> str:
    return f"{each.incident.incident}/{each.act or ''}"


def _line(each: Found, names: Mapping[UUID, Name], reading: Reading) -> Line:
    row = each.incident
    account = accounts.by_id(reading.connection, reading.school.id, row.account)
    return Line(
        key=_key(each),
        values=(
            names[row.owner].short,
            account.login if account is not None else None,
            *(row.detected_at, _told_at(row), row.director_at, row.support_at),
            _late(row, reading),
            STATUSES[row.status],
            _act(each.named),
            *(each.void, each.tainted, each.reinstated),
        ),
    )


def _act(named: Named | None) -> str | None:
    if named is None:
        return None
    return f"{named}, отменён Актом № {named.annulled}" if named.annulled else str(named)


def _late(row: Any, reading: Reading) -> int:
    """Minutes after the term of P-60; 0: in time."""
    return minutes_late(row.detected_at, _told_at(row), reading.regulation().breach_notice)


def _told_at(row: Any) -> datetime:
    return told_at(row.reported_at, row.director_at, row.support_at)


def _figures(found: list[Found], reading: Reading) -> tuple[Figure, ...]:
    cases = {each.incident.incident: each.incident for each in found}
    late = sum(_late(row, reading) > 0 for row in cases.values())
    return (
        Figure(key="incidents", title="Нарушений", value=len(cases), kind="count", better="less"),
        Figure(
            key="late",
            title="Сообщено позже срока",
            value=late,
            kind="count",
            part=late,
            whole=len(cases),
            better="less",
        ),
        Figure(
            key="void", title="Недействительных записей", value=sum(each.void for each in found), kind="count"
        ),
    )
