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
    """Parameters: school, key columns, values, since."""
    marks = SQL(", ").join(SQL("%s") for _ in range(len(table.key) + len(table.values) + 2))
    return SQL("INSERT INTO {} ({}) VALUES ({}, NULL)").format(_name(table), _columns(table), marks)


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


def differing(table: Table) -> Composed:
    """How many rows stand only live, only rebuilt. Parameters: school, school."""
    columns = _columns(table)
    live = SQL("SELECT {} FROM {} WHERE school_id = %s").format(columns, _name(table))
    rebuilt = SQL("SELECT {} FROM {}").format(columns, _name(table, staging=True))
    return SQL(
        "SELECT (SELECT count(*) FROM ({live} EXCEPT ALL {rebuilt}) AS a),"
        " (SELECT count(*) FROM ({rebuilt} EXCEPT ALL {live}) AS b)"
    ).format(live=live, rebuilt=rebuilt)


END_ROW = {name: end_row(table) for name, table in TABLES.items()}
ADD_ROW = {name: add_row(table) for name, table in TABLES.items()}
