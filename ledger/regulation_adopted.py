"""An adopted regulation is read for ever: by programmes that know more rules than it, or no longer know some.

What it is silent about is taken from the template and, for rules, lowered to `off`: a school is never judged by
a rule its own act does not name. What this programme does not know is left aside. A new file is read strictly.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import time
from functools import cache
from importlib.resources import files
from typing import Any

SILENT = "Порядок молчит"


def _to(shape: Callable[[Any], dict[str, Any]]) -> Callable[[Any], Any]:
    return lambda value: value if isinstance(value, dict) else shape(value)


# Shapes these values had before their parameters were typed: a text of November 2026 has them.
UPCAST: dict[str, Callable[[Any], Any]] = {
    # All three were false; of which modes, it did not say.
    "P-21": lambda value: {"7.13": [], "8.3": [], "course": []} if "extracurricular" in value else value,
    "P-22": _to(lambda threshold: {"threshold": threshold, "scope": "subject"}),
    "P-54": lambda value: [value] if isinstance(value, str) else value,
    "P-55": lambda value: {"artefacts": ["explanation", "conclusion", "order"], **value},
    "P-61": _to(lambda moment: {"moment": moment, "extend_to_breach": False}),
    "P-64": _to(lambda members: {"members": members, "exclude_owner": True}),
    "P-67": _to(lambda on: {"on": on, "weekday": 5, "at": time(15)}),
}


@cache
def _template() -> dict[str, Any]:
    return tomllib.loads((files("ledger") / "regulations" / "template.toml").read_text(encoding="utf-8"))


def completed(data: Mapping[str, Any]) -> dict[str, Any]:
    """`data` with every table and key this programme demands, and no others."""
    whole = {name: data.get(name, value) for name, value in _template().items()}
    stated = {key: _upcast(key, table) for key, table in data.get("parameters", {}).items()}
    whole["parameters"] = _completed(stated, _template()["parameters"], _silent_parameter)
    whole["rules"] = _completed(data.get("rules", {}), _template()["rules"], _silent_rule)
    whole["texts"] = _completed(data.get("texts", {}), _template()["texts"], lambda known: known)
    return whole


def _completed(stated: Mapping[str, Any], known: Mapping[str, Any], silent: Any) -> dict[str, Any]:
    missing = {key: silent(value) for key, value in known.items() if key not in stated}
    return missing | {key: stated[key] for key in stated if key in known}


def _upcast(key: str, table: Mapping[str, Any]) -> Mapping[str, Any]:
    change = UPCAST.get(key)
    return {**table, "value": change(table["value"])} if change else table


def _silent_parameter(known: Mapping[str, Any]) -> dict[str, Any]:
    return {"value": known["value"], "clause": SILENT}


def _silent_rule(known: Mapping[str, Any]) -> dict[str, Any]:
    return {"mode": "off", "clause": SILENT, "sentence": known["sentence"]}
