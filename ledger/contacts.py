"""Birthday, phones, e-mail and address of pupils and guardians (R-054): erasable, never in an entry.

The fact that one was changed is an entry (ContactsChanged); the value stands here alone, as it is now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from psycopg import Connection

KINDS = ("birth_date", "phone", "home_phone", "email", "address")


def put(
    connection: Connection,
    school: UUID,
    person: UUID,
    values: Mapping[str, str],
    *,
    at: datetime,
    by: UUID,
) -> None:
    """Each of `values` by its kind, at the instant `at` (aware) by the person `by`; an empty one is forgotten."""
    for kind, value in values.items():
        row = {"school": school, "person": person, "kind": kind, "value": value, "at": at, "by": by}
        connection.execute(_PUT if value else _FORGET, row)


def of(connection: Connection, school: UUID, persons: Iterable[UUID]) -> dict[UUID, dict[str, str]]:
    """The values of each of `persons` by kind; those who have none are left out."""
    found: dict[UUID, dict[str, str]] = {}
    for person, kind, value in connection.execute(_OF, {"school": school, "persons": list(set(persons))}):
        found.setdefault(person, {})[kind] = value
    return found


def birth_dates(connection: Connection, school: UUID) -> dict[UUID, date]:
    """Of everybody whose birthday is known."""
    return {person: date.fromisoformat(value) for person, value in connection.execute(_BORN, (school,))}


def erase(connection: Connection, school: UUID, person: UUID) -> None:
    """Forget them all (152-ФЗ; R-058)."""
    connection.execute(
        "DELETE FROM people.contacts WHERE school_id = %s AND person_id = %s", (school, person)
    )


_PUT = """
INSERT INTO people.contacts (school_id, person_id, kind, value, changed_at, changed_by)
VALUES (%(school)s, %(person)s, %(kind)s, %(value)s, %(at)s, %(by)s)
ON CONFLICT (school_id, person_id, kind)
DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at, changed_by = excluded.changed_by
"""

_FORGET = """
DELETE FROM people.contacts
WHERE school_id = %(school)s AND person_id = %(person)s AND kind = %(kind)s
"""

_OF = """
SELECT person_id, kind, value FROM people.contacts
WHERE school_id = %(school)s AND person_id = ANY(%(persons)s)
"""

_BORN = "SELECT person_id, value FROM people.contacts WHERE school_id = %s AND kind = 'birth_date'"
