"""When families last looked at their children: signing in for something else is no look, and a look at one child is
none at the others (R-195, P-72)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from ledger import accounts, views_log
from projections.reading import Reading

Looks = Mapping[tuple[UUID, UUID], datetime]


def last_looks(reading: Reading, people: Mapping[UUID, Iterable[UUID]]) -> Looks:
    """By pupil and person, of these people of each pupil, up to the page's moment; who never looked is absent."""
    connection, school = reading.connection, reading.school.id
    pairs = [(pupil, person) for pupil, own in people.items() for person in own]
    known = accounts.of_persons(connection, school, {person for _, person in pairs})
    of_accounts = {
        (pupil, known[person].account_id): (pupil, person) for pupil, person in pairs if person in known
    }
    found = views_log.last_looks(connection, school, of_accounts, until=reading.as_of.instant)
    return {of_accounts[pair]: at for pair, at in found.items()}
