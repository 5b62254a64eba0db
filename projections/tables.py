"""SQL of the read models' tables, derived from their columns."""

from __future__ import annotations

from psycopg.sql import SQL, Composed, Identifier

from projections.models import MODELS, Table

TABLES: dict[str, Table] = {table.name: table for model in MODELS for table in model.tables}


def _columns(table: Table) -> Composed:
    names = ("school_id", *table.key, *table.values, "since", "until")
    return SQL(", ").join(Identifier(name) for name in names)


def _name(table: Table, staging: bool = False) -> Identifier:
    return Identifier("pages", f"staging_{table.name}" if staging else table.name)


def end_row(table: Table) -> Composed:
    """Parameters: until, school, key columns."""
    keys = SQL(" AND ").join(SQL("{} = %s").format(Identifier(name)) for name in table.key)
    return SQL("UPDATE {} SET until = %s WHERE school_id = %s AND {} AND until IS NULL").format(
        _name(table), keys
    )


def add_row(table: Table) -> Composed:
    """Parameters: school, key columns, values, since, until."""
    marks = SQL(", ").join(SQL("%s") for _ in range(len(table.key) + len(table.values) + 3))
    return SQL("INSERT INTO {} ({}) VALUES ({})").format(_name(table), _columns(table), marks)


def copy_into_staging(table: Table) -> Composed:
    return SQL("COPY {} ({}) FROM STDIN").format(_name(table, staging=True), _columns(table))


def empty_staging(table: Table) -> Composed:
    return SQL("TRUNCATE {}").format(_name(table, staging=True))


def drop_rows(table: Table) -> Composed:
    """Parameter: school."""
    return SQL("DELETE FROM {} WHERE school_id = %s").format(_name(table))


def take_staging(table: Table) -> Composed:
    columns = _columns(table)
    return SQL("INSERT INTO {} ({}) SELECT {} FROM {}").format(
        _name(table), columns, columns, _name(table, staging=True)
    )


def differing(table: Table) -> tuple[Composed, Composed]:
    """How many rows stand only live, how many only rebuilt. Parameter: school."""
    columns = _columns(table)
    live = SQL("SELECT {} FROM {} WHERE school_id = %(school)s").format(columns, _name(table))
    rebuilt = SQL("SELECT {} FROM {}").format(columns, _name(table, staging=True))
    more = SQL("SELECT count(*) FROM ({} EXCEPT ALL {}) AS more")
    return more.format(live, rebuilt), more.format(rebuilt, live)


END_ROW = {name: end_row(table) for name, table in TABLES.items()}
ADD_ROW = {name: add_row(table) for name, table in TABLES.items()}
PARK = (
    "INSERT INTO pages.parked (school_id, model, scope, position, error) VALUES (%s, %s, %s, %s, %s)"
    " ON CONFLICT DO NOTHING"
)
# The tracking recorder only moves forward; a rebuild may go back to where its staging began.
SET_POSITION = (
    "INSERT INTO pages.tracking VALUES (%s, %s)"
    " ON CONFLICT (application_name) DO UPDATE SET notification_id = EXCLUDED.notification_id"
)
