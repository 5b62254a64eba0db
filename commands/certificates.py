"""Справка по итогам контроля (R-209, C-30): drawn up at a position, worded, its findings set, issued, acknowledged by
those it names, and what was found put right by a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from commands.deciding import Refusal, Sight, drafts
from commands.known import a_member_of_staff, in_order
from commands.texts import plain
from ledger.certificate import Certificate, fold_certificate
from ledger.entry import Category, Draft
from ledger.events import control as events
from ledger.parameter_keeping import indicator
from ledger.regulation import Regulation
from ledger.school import School
from ledger.windows import spoken

TITLE_LENGTH, TEXT_LENGTH, FINDING_LENGTH = 200, 20_000, 1000  # characters
MOST_CLASSES, MOST_INDICATORS, MOST_PEOPLE = 100, 31, 300


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawUpCertificate:
    """`certificate` is minted by whoever asks. No `classes`: the whole school. `indicators` are codes of control
    reports; `position` is what they are counted at, its own where it is greater."""

    certificate: UUID
    number: str
    title: str
    first: date
    last: date
    position: int
    indicators: tuple[str, ...] = field(metadata={"longest": MOST_INDICATORS})
    classes: tuple[UUID, ...] = field(default=(), metadata={"longest": MOST_CLASSES})


@dataclass(frozen=True, kw_only=True, slots=True)
class WordCertificate:
    certificate: UUID
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SetFinding:
    """`finding` is minted by whoever asks; the same again is its new wording."""

    certificate: UUID
    finding: UUID
    responsible: UUID
    text: str
    due: date


@dataclass(frozen=True, kw_only=True, slots=True)
class DropFinding:
    certificate: UUID
    finding: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class IssueCertificate:
    """`people` are to acquaint themselves with it; whoever answers for a finding is among them in any case."""

    certificate: UUID
    people: tuple[UUID, ...] = field(metadata={"longest": MOST_PEOPLE})


@dataclass(frozen=True, kw_only=True, slots=True)
class AcknowledgeCertificate:
    certificate: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class ResolveFinding:
    """By the one who answers for it: what was done."""

    certificate: UUID
    finding: UUID
    text: str


Named = (
    DrawUpCertificate
    | WordCertificate
    | SetFinding
    | DropFinding
    | IssueCertificate
    | AcknowledgeCertificate
    | ResolveFinding
)


def itself(command: Named, school: School, regulation: Regulation | None) -> tuple[UUID, ...]:
    return (command.certificate,)


def draw_up_certificate(command: DrawUpCertificate, sight: Sight) -> tuple[Draft, ...]:
    state = _state(command, sight)
    if state.version:  # nor in the stream of anything else
        raise Refusal("certificate-new", "Эта справка уже составлена.", status=409)
    in_order(command.first, command.last)
    if command.first > sight.now.date():
        raise Refusal("certificate-days", "Проверить можно только дни, которые уже были.")
    if not command.indicators or not all(_is_report(code) for code in command.indicators):
        raise Refusal("certificate-indicators", "Отметьте показатели: отчёты контроля от C-01 до C-31.")
    if set(command.classes) - sight.school.classes.keys():
        raise Refusal("class-exists", "Такого класса нет.", status=404)
    if command.position < 1:
        raise Refusal("certificate-position", "Записи с таким номером в журнале нет.")
    event = events.CertificateDrawnUp(
        number=plain(command.number, 20),
        title=plain(command.title, TITLE_LENGTH),
        first=command.first,
        last=command.last,
        classes=tuple(dict.fromkeys(command.classes)),
        indicators=tuple(dict.fromkeys(command.indicators)),
        position=command.position,
    )
    return _next(state, event)


def word_certificate(command: WordCertificate, sight: Sight) -> tuple[Draft, ...]:
    state = _draft(command, sight)
    text = sight.sealed(plain(command.text, TEXT_LENGTH), about=sight.stamp.person)
    return _next(state, events.CertificateWorded(text=text))


def set_finding(command: SetFinding, sight: Sight) -> tuple[Draft, ...]:
    state = _draft(command, sight)
    a_member_of_staff(command.responsible, sight)
    if command.due < sight.now.date():
        raise Refusal("finding-due", f"Срок уже прошёл: сегодня {spoken(sight.now.date())}.")
    event = events.CertificateFindingSet(
        finding=command.finding,
        responsible=command.responsible,
        text=sight.sealed(plain(command.text, FINDING_LENGTH), about=command.responsible),
        due=command.due,
    )
    return _next(state, event)


def drop_finding(command: DropFinding, sight: Sight) -> tuple[Draft, ...]:
    state = _draft(command, sight)
    if command.finding not in state.findings:
        raise Refusal("finding-exists", "Такого замечания в справке уже нет.", status=404)
    return _next(state, events.CertificateFindingDropped(finding=command.finding))


def issue_certificate(command: IssueCertificate, sight: Sight) -> tuple[Draft, ...]:
    state = _draft(command, sight)
    if state.worded is None:
        raise Refusal("certificate-text", "В справке ещё нет текста.")
    found: tuple[events.CertificateFindingSet, ...] = tuple(each.event for each in state.findings.values())  # type: ignore[misc]
    people = tuple(dict.fromkeys((*command.people, *(each.responsible for each in found))))
    if not people:
        raise Refusal("certificate-people", "Отметьте, кого познакомить со справкой.")
    for person in people:
        a_member_of_staff(person, sight)
    return _next(state, events.CertificateIssued(people=people))


def acknowledge_certificate(command: AcknowledgeCertificate, sight: Sight) -> tuple[Draft, ...]:
    """Once each."""
    state = _issued(command, sight)
    if sight.stamp.person in state.acquainted:
        return ()
    return _next(state, events.CertificateAcknowledged())


def resolve_finding(command: ResolveFinding, sight: Sight) -> tuple[Draft, ...]:
    state = _issued(command, sight)
    entry = state.findings.get(command.finding)
    if entry is None:
        raise Refusal("finding-exists", "Такого замечания в справке нет.", status=404)
    said: events.CertificateFindingSet = entry.event  # type: ignore[assignment]
    if said.responsible != sight.stamp.person:
        raise Refusal("finding-own", "Об этом замечании отвечает другой.", status=403)
    if command.finding in state.resolved:
        raise Refusal("finding-resolved", "Об этом замечании уже отчитались.", status=409)
    text = sight.sealed(plain(command.text, FINDING_LENGTH), about=sight.stamp.person)
    return _next(state, events.CertificateFindingResolved(finding=command.finding, text=text))


def _state(command: Named, sight: Sight) -> Certificate:
    return fold_certificate(command.certificate, sight.loaded.get(command.certificate, ()))


def _there(command: Named, sight: Sight) -> Certificate:
    state = _state(command, sight)
    if state.drawn_up is None:
        raise Refusal("certificate-exists", "Такой справки нет.", status=404)
    return state


def _draft(command: Named, sight: Sight) -> Certificate:
    """One that is not issued yet."""
    state = _there(command, sight)
    if state.issued is not None:
        raise Refusal("certificate-issued", "Справка уже выдана: в ней ничего не меняют.", status=409)
    return state


def _issued(command: Named, sight: Sight) -> Certificate:
    state = _there(command, sight)
    if state.issued is None:
        raise Refusal("certificate-draft", "Справка ещё не выдана.", status=409)
    said: events.CertificateIssued = state.issued.event  # type: ignore[assignment]
    if sight.stamp.person not in said.people:
        raise Refusal("certificate-people", "С этой справкой знакомят других.", status=403)
    return state


def _next(state: Certificate, event: object) -> tuple[Draft, ...]:
    return drafts(Category.CASE, state.id, state.version, event)


def _is_report(code: str) -> bool:
    try:
        return indicator(code) == code
    except ValueError:
        return False
