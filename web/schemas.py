"""Schemas of the commands, derived from their dataclasses: no field is typed a third time (design 8).

The only module that knows marshmallow. Used by the JSON API, its OpenAPI document and, through it, the forms.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable
from datetime import date, datetime, time
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from flask_babel import lazy_gettext as _
from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields, post_load, validate

LONGEST_TEXT = 10_000  # characters of any text; how long a topic may be is the regulation's matter
LONGEST_LIST = 200  # items of any list: a column has no more pupils, a day no more cases

MESSAGES = {
    "required": _("не указано"),
    "null": _("не может быть пустым"),
    "invalid": _("не того вида"),
    "invalid_uuid": _("не номер записи"),
    "validator_failed": _("не подходит"),
    "type": _("не того вида"),
}

FieldMaker = Callable[..., fields.Field[Any]]


def _writable(text: str) -> None:
    """Half of a surrogate pair is no character: it could neither be hashed nor stored."""
    if any("\ud800" <= c <= "\udfff" for c in text):
        raise ValidationError(str(MESSAGES["invalid"]))


_TEXT = [validate.Length(max=LONGEST_TEXT, error=str(LONGEST_TEXT)), _writable]

_SIMPLE: dict[Any, tuple[FieldMaker, dict[str, Any]]] = {
    UUID: (fields.UUID, {}),
    str: (fields.String, {"validate": _TEXT}),
    int: (fields.Integer, {"strict": True}),
    bool: (fields.Boolean, {"truthy": {True}, "falsy": {False}}),
    date: (fields.Date, {}),
    time: (fields.Time, {}),
    datetime: (fields.NaiveDateTime, {}),  # of the school's own clock: it names no zone
}


@cache
def schema_of(command: type) -> type[Schema]:
    """A schema whose `load` gives an instance of the dataclass. Unknown fields are refused by name."""
    hints = get_type_hints(command)
    made = {f.name: _field(hints[f.name], f) for f in dataclasses.fields(command)}
    schema: type[Schema] = Schema.from_dict(made, name=command.__name__)  # type: ignore[arg-type]

    def build(self: Schema, data: dict[str, Any], **_: Any) -> object:
        return command(**data)

    return type(
        command.__name__, (schema,), {"Meta": type("Meta", (), {"unknown": RAISE}), "build": post_load(build)}
    )


def _field(hint: Any, known: dataclasses.Field[Any]) -> fields.Field[Any]:
    required = known.default is dataclasses.MISSING and known.default_factory is dataclasses.MISSING
    options: dict[str, Any] = {"required": required, "error_messages": MESSAGES}
    if not required:
        options["load_default"] = known.default
    return _of(hint, options, known.metadata.get("longest", LONGEST_LIST))


def _of(hint: Any, options: dict[str, Any], longest: int = LONGEST_LIST) -> fields.Field[Any]:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        inner = next(a for a in arguments if a is not type(None))
        return _of(inner, {**options, "allow_none": True})
    if origin is tuple:
        length = validate.Length(max=longest, error=str(longest))
        return _Tuple(_of(arguments[0], {"error_messages": MESSAGES}), validate=length, **options)
    if dataclasses.is_dataclass(hint):
        return fields.Nested(schema_of(hint), **options)  # type: ignore[arg-type]
    maker, extra = _SIMPLE[hint]
    return maker(**extra, **options)


class _Tuple(fields.List):
    """A list that loads as the tuple the dataclass wants."""

    def _deserialize(self, *args: Any, **kwargs: Any) -> Any:
        return tuple(super()._deserialize(*args, **kwargs))


class Credentials(Schema):
    """What `POST /api/v1/session` takes; `school` where the deployment has several."""

    school = fields.UUID(load_default=None, allow_none=True, error_messages=MESSAGES)
    login = fields.String(
        required=True, validate=[validate.Length(max=200), _writable], error_messages=MESSAGES
    )
    password = fields.String(
        required=True, validate=[validate.Length(max=1000), _writable], error_messages=MESSAGES
    )


class Finding(Schema):
    code = fields.String()
    delay = fields.Integer(allow_none=True)
    sentence = fields.String()
    clause = fields.String()


class Answered(Schema):
    """What an accepted command is answered; `position` is null for one that changed nothing."""

    class Meta:
        unknown = EXCLUDE

    position = fields.Integer(allow_none=True)
    first = fields.Integer(allow_none=True)
    stamp = fields.Dict()
    recorded_at = fields.DateTime()
    findings = fields.List(fields.Nested(Finding))
    parts = fields.List(fields.Dict())
    pages = fields.String(validate=validate.OneOf(("current", "pending")))
    repeated = fields.Boolean()


class Refusal(Schema):
    """Every answer that is a «no»: `error` its kind, `sentence` for the person."""

    error = fields.String()
    code = fields.String()
    sentence = fields.String()
    clause = fields.String()
    mode = fields.String()
    way_out = fields.String(allow_none=True)
    theirs = fields.Dict()
    about = fields.List(fields.Dict())
    fields_ = fields.Dict(data_key="fields")
