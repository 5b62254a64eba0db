"""An adopted regulation is read for ever: by programmes that know more rules than it, or no longer know some.

What it is silent about is taken from the template and, for rules, lowered to `off`: a school is never judged by
a rule its own act does not name. What this programme does not know is left aside. A new file is read strictly.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from ledger.parameters import PARAMETERS

SILENT = "Порядок молчит"


@cache
def _template() -> dict[str, Any]:
    return tomllib.loads((files("ledger") / "regulations" / "template.toml").read_text(encoding="utf-8"))


def completed(data: Mapping[str, Any]) -> dict[str, Any]:
    """`data` with every table and key this programme demands, and no others."""
    whole = {name: data.get(name, value) for name, value in _template().items()}
    whole["parameters"] = _completed(data.get("parameters", {}), _template()["parameters"], _silent_parameter)
    whole["rules"] = _completed(data.get("rules", {}), _template()["rules"], _silent_rule)
    whole["texts"] = _completed(data.get("texts", {}), _template()["texts"], lambda known: known)
    return whole


def _completed(stated: Mapping[str, Any], known: Mapping[str, Any], silent: Any) -> dict[str, Any]:
    missing = {key: silent(value) for key, value in known.items() if key not in stated}
    return missing | {key: stated[key] for key in stated if key in known or key in PARAMETERS}


def _silent_parameter(known: Mapping[str, Any]) -> dict[str, Any]:
    return {"value": known["value"], "clause": SILENT}


def _silent_rule(known: Mapping[str, Any]) -> dict[str, Any]:
    return {"mode": "off", "clause": SILENT, "sentence": known["sentence"]}
