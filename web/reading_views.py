"""What one inspector looked at, day by day, for whoever grants mandates: each look is itself logged (R-053, R-024)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from flask import abort, g

from ledger import accounts, views_log
from ledger.entry import Role
from ledger.views_log import View
from projections import mandates
from projections.mandates import MandateLine
from projections.reading import Reading
from web import reading
from web.reading_mandates import GRANTS

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """`at` local; `page` as the log of views calls it; of which class, page, pupil or person, where it says so;
    `position` the past moment that was shown, None for the present."""

    at: datetime
    page: str
    class_title: str
    subject: str
    pupil: UUID | None
    person: UUID | None
    position: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class InspectorViews:
    """`chosen` of the `mandates`, None for all there is. `days` with how many looks, the latest first; `looks` of the
    `day`, in order."""

    person: UUID
    mandates: tuple[MandateLine, ...]
    chosen: UUID | None
    days: tuple[tuple[date, int], ...]
    day: date | None
    looks: tuple[Look, ...]


def of_inspector(person: UUID, mandate: UUID | None, day: date | None, at: str | None) -> InspectorViews:
    """Of the days of one mandate, or of all; of the latest day with a look unless `day` is asked for. 404 for whoever
    never was an inspector: what others looked at is asked about a breach of their access only."""
    reading.allowed(GRANTS)
    known = reading.school()
    by_role = any(role is Role.INSPECTOR for role, _, _ in known.roles.get(person, ()))
    if person not in known.mandates and not by_role:
        abort(404)
    return reading.show(
        at, lambda found: _page(found, person, mandate, day), "inspector views", person_id=person
    )


def _page(found: Reading, person: UUID, mandate: UUID | None, day: date | None) -> InspectorViews:
    own = tuple(line for line in mandates.page(found).lines if line.person == person)
    chosen = next((line for line in own if line.mandate == mandate), None)
    if mandate is not None and chosen is None:
        abort(404)
    account = accounts.of_persons(found.connection, g.actor.school, [person]).get(person)
    days = () if account is None else _days(found, account.account_id, chosen)
    shown = day or next((each for each, _ in days), None)
    looks = () if account is None or shown is None else _looks(found, account.account_id, shown)
    return InspectorViews(person=person, mandates=own, chosen=mandate, days=days, day=shown, looks=looks)


def _days(found: Reading, account: UUID, chosen: MandateLine | None) -> tuple[tuple[date, int], ...]:
    first, last = LONG_AGO, found.as_of.instant
    if chosen is not None:
        first = _begins(chosen.span.first, found)
        last = min(last, _begins((chosen.span.last or found.today) + timedelta(days=1), found))
    zone = found.school.zone_name
    return tuple(views_log.days(found.connection, g.actor.school, account, first=first, last=last, zone=zone))


def _looks(found: Reading, account: UUID, day: date) -> tuple[Look, ...]:
    first = _begins(day, found)
    last = min(found.as_of.instant, _begins(day + timedelta(days=1), found) - timedelta(microseconds=1))
    views = views_log.of_account(found.connection, g.actor.school, account, first=first, last=last)
    return tuple(_look(view, found) for view in views)


def _begins(day: date, found: Reading) -> datetime:
    return datetime.combine(day, time(), tzinfo=found.school.zone)


def _look(view: View, found: Reading) -> Look:
    school, page = found.school, view.journal_id
    known = page is not None and page in school.journals
    class_id = school.klass_of(page).id if known and page is not None else view.class_id
    return Look(
        at=school.local(view.at),
        page=view.page,
        class_title=school.classes[class_id].title if class_id in school.classes else "",
        subject=school.subject_of(page).title if known and page is not None else "",
        pupil=view.pupil_id,
        person=view.person_id,
        position=view.as_of,
    )
