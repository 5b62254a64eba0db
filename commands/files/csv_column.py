"""A column of a bundle file: written once, beside the field it fills."""

from collections.abc import Callable
from dataclasses import MISSING, Field, dataclass, field, fields
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Column:
    """name: the English header; aliases: Russian headers; refers: the file whose rows this cell names, or "".

    required: the column must stand in the file and no cell of it may be empty. unique: part of the row's key.
    """

    field: str
    name: str
    aliases: tuple[str, ...]
    parse: Callable[[str], Any]
    required: bool
    refers: str
    unique: bool


def column(
    parse: Callable[[str], Any],
    *aliases: str,
    name: str = "",
    refers: str = "",
    unique: bool = False,
    default: Any = MISSING,
) -> Any:
    """A dataclass field that knows its column. `name` only where the header is a Python keyword or vaguer."""
    about = {"parse": parse, "aliases": aliases, "name": name, "refers": refers, "unique": unique}
    return field(default=default, metadata=about)


def columns_of(row: type) -> tuple[Column, ...]:
    """The columns of a row class in the order they are documented in; `line` is no column."""
    return tuple(as_column(each) for each in fields(row) if each.metadata)


def as_column(each: Field[Any]) -> Column:
    about = each.metadata
    return Column(
        field=each.name,
        name=about["name"] or each.name,
        aliases=about["aliases"],
        parse=about["parse"],
        required=each.default is MISSING,
        refers=about["refers"],
        unique=about["unique"],
    )
