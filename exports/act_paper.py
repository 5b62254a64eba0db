"""The Act's paper out of the page of its incident: the school's sentence, the moments of both receipts, the annex."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.dates import format_date

from exports.act import ActLine, ActPaper
from projections.incident_card import ActCard, IncidentCard
from projections.incident_operations import Operation
from projections.incident_page import IncidentPage

MINUTE = 60
BASIS = (
    "в соответствии с п. 10 Порядка ведения электронного журнала успеваемости обучающихся и электронного дневника "
    "успеваемости составили настоящий Акт о нарушении конфиденциальности условий доступа в личный кабинет "
    "электронного журнала успеваемости обучающихся."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """What the paper calls things: persons in full, posts of the staff, topics of events, how long (in seconds)
    something is late, the school."""

    school: str
    zone: ZoneInfo
    names: Mapping[UUID, str]
    posts: Mapping[UUID, str]
    event: Callable[[str], str]
    delay: Callable[[int], str]
    login: str
    address: str

    def name(self, person: UUID | None) -> str:
        return self.names.get(person, "") if person is not None else ""


def paper(page: IncidentPage, act: ActCard, words: Words) -> ActPaper:
    """Of a draft or a final Act; the annex of one that annuls another names what counts again."""
    card, done = page.card, page.done
    final, annuls = act.finalised_at is not None, act.annuls is not None
    members = act.signed if final else card.members
    pupils = {each.line.pupil for each in (*done.void, *done.cascade) if each.line.pupil is not None}
    return ActPaper(
        school=words.school,
        number=act.number,
        date=format_date(act.date, "d MMMM y 'года'", locale="ru"),
        members=tuple((words.name(who), words.posts.get(who, "")) for who in members),
        owner=words.name(card.owner),
        login=words.login,
        basis=BASIS,
        sentence=_sentence(card, act),
        times=tuple(_times(card, words)),
        void=tuple(_line(each, words, annuls) for each in done.void),
        cascade=tuple(_line(each, words, annuls) for each in done.cascade),
        suspicious=len(done.suspicious),
        pupils=tuple(sorted(words.name(pupil) for pupil in pupils)),
        draft=not final,
        signatures=tuple(f"подписано в журнале {_moment(each.at)}" for each in act.signatures)
        if final
        else (),
        annuls=annuls,
        foot=f"Акт № {act.number}, журнал на запись {page.as_of.position}",
        qr=words.address,
    )


def _sentence(card: IncidentCard, act: ActCard) -> str:
    if act.annuls is not None:
        number = next((each.number for each in card.acts if each.act == act.annuls), "")
        return f"Акт № {number} составлен ошибочно и отменяется; записи, перечисленные в нём, вновь действительны."
    return (
        f"Все операции, произведённые под этой учётной записью с момента получения информации о нарушении, "
        f"{_moment(act.since)}, признаются недействительными."
    )


def _times(card: IncidentCard, words: Words) -> Iterable[tuple[str, str]]:
    yield "Нарушение обнаружено", _moment(card.detected_at)
    yield "Сообщено", _moment(card.reported_at)
    yield "Опоздание с сообщением", words.delay(card.notice_late * MINUTE) if card.notice_late else "нет"
    times = (
        ("Информация получена директором", card.director_at),
        ("Информация получена технической поддержкой", card.support_at),
        ("Сообщение зарегистрировано в журнале", card.registered_at),
        ("Доступ закрыт", card.blocked_at),
    )
    for name, at in times:
        yield name, _moment(at) if at is not None else "нет"


def _moment(at: datetime) -> str:
    return f"{at:%d.%m.%Y %H:%M}"


def _line(each: Operation, words: Words, annuls: bool) -> ActLine:
    line = each.line
    where = ", ".join(part for part in (line.class_title, line.subject) if part)
    day = (
        f" {line.date:%d.%m}"
        if line.date is not None
        else f" {line.period_title}"
        if line.period_title
        else ""
    )
    at = line.at.astimezone(words.zone)
    return ActLine(
        position=line.position,
        at=f"{at:%d.%m.%Y %H:%M:%S}",
        what=words.event(line.what) + (f" ({line.kind_title.lower()})" if line.kind_title else ""),
        where=where + day,
        whom=words.name(each.whom),
        value=line.value,
        now="вновь действует" if annuls else each.after,
    )
