"""Reading a regulation from TOML, with every mistake named by file, line and key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import fields as fields_of
from string import Formatter
from typing import Any, NoReturn

from ledger import parameter_values as values
from ledger.lesson import ANSWER
from ledger.parameters import PARAMETERS
from ledger.regulation_adopted import completed
from ledger.regulation_agreement import contradictions
from ledger.regulation_shape import Mode, Regulation, RegulationError, RuleWord, WorkKind
from ledger.rule_codes import CODES, RuleCode

Path = tuple[str, ...]

_TABLE = re.compile(r"\s*\[\[?\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"\s*([\w.\"'-]+)\s*=")
_TEXTS = {"topic": "topic_length", "homework": "homework_length", "title": "title_length"}


class _File:
    """The parsed file and where its keys stand."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        try:
            self.data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"line (\d+)", str(error))
            raise RegulationError(f"{name}:{line[1] if line else 1}: это не TOML: {error}") from None
        self.lines = _lines(text)

    def wrong(self, path: Path, sentence: str) -> NoReturn:
        path = tuple(filter(None, path))
        near = next((path[:n] for n in range(len(path), 0, -1) if path[:n] in self.lines), ())
        raise RegulationError(
            f"{self.name}:{self.lines.get(near, 1)}: {'.'.join(path)}: {sentence}"
        ) from None

    def table(
        self, path: Path, inside: Mapping[str, Any], required: set[str], optional: set[str] | None
    ) -> dict[str, Any]:
        """The table under the last name of `path`, with all required and no unknown keys (None: any key)."""
        found = inside.get(path[-1])
        if found is None:
            self.wrong(path, "нет такой таблицы")
        if not isinstance(found, dict):
            self.wrong(path, "нужна таблица")
        for key in found:
            if optional is not None and key not in required | optional:
                self.wrong((*path, key), "неизвестный ключ")
        for key in sorted(required - found.keys()):
            self.wrong((*path, key), "нет обязательного ключа")
        return found

    def value(self, path: Path, raw: Any, reader: values.Reader) -> Any:
        try:
            return reader(raw)
        except ValueError as wrong:
            self.wrong(path, str(wrong))


def read(text: str, name: str) -> Regulation:
    """The regulation in `text`. Raises RegulationError: unknown or missing key, wrong type, contradiction."""
    file = _File(text, name)
    regulation = _built(file)
    for path, sentence in contradictions(regulation):
        file.wrong(path, sentence)
    return regulation


def read_adopted(text: str, name: str) -> Regulation:
    """A regulation some programme once accepted (ledger/regulation_adopted.py)."""
    file = _File(text, name)
    file.data = completed(file.data)
    return _built(file)


def _built(file: _File) -> Regulation:
    tables = {"title", "texts", "parameters", "works", "manners", "rules"}
    whole = file.table(("",), {"": file.data}, tables, set())
    parameters, clauses = _parameters(file, whole)
    rules = _rules(file, whole)
    return Regulation(
        title=file.value(("title",), whole["title"], values.text),
        rules=rules,
        clauses={**clauses, **{code: word.clause for (code, case), word in rules.items() if not case}},
        work_kinds=_work_kinds(file, whole),
        manners=_manners(file, whole),
        **_texts(file, whole),
        **parameters,
    )


def _lines(text: str) -> dict[Path, int]:
    """Line of every table head and key (the first, should a name seem to stand twice)."""
    found: dict[Path, int] = {}
    table: Path = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if head := _TABLE.fullmatch(line):
            table = _split(head[1])
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            found.setdefault((*table, *_split(key[1])), number)
    return found


def _split(dotted: str) -> Path:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _parameters(file: _File, whole: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    stated = file.table(("parameters",), whole, set(PARAMETERS), set())
    typed: dict[str, Any] = {}
    clauses: dict[str, str] = {}
    for key, known in PARAMETERS.items():
        path = ("parameters", key)
        table = file.table(path, stated, {"value", "clause"}, set())
        clauses[key] = file.value((*path, "clause"), table["clause"], values.text)
        value = file.value((*path, "value"), table["value"], known.reader)
        one = len(known.attributes) == 1
        typed.update(zip(known.attributes, (value,) if one else value, strict=True))
    return typed, clauses


def _rules(file: _File, whole: Mapping[str, Any]) -> dict[tuple[str, str], RuleWord]:
    tables = file.table(("rules",), whole, set(CODES), set())
    words: dict[tuple[str, str], RuleWord] = {}
    for code, known in CODES.items():
        path = ("rules", code)
        table = file.table(path, tables, {"mode", "clause", "sentence"}, set(known.cases))
        words[code, ""] = rule = _word(file, path, table, known)
        for case in known.cases:
            if case in table:
                own = file.table((*path, case), table, set(), {"mode", "sentence"})
                inherited = {"mode": rule.mode, "sentence": rule.sentence, "clause": rule.clause}
                words[code, case] = _word(file, (*path, case), {**inherited, **own}, known)
    return words


def _word(file: _File, path: Path, table: Mapping[str, Any], known: RuleCode) -> RuleWord:
    return RuleWord(
        mode=Mode(file.value((*path, "mode"), table["mode"], values.choice(*Mode))),
        clause=file.value((*path, "clause"), table["clause"], values.text),
        sentence=file.value((*path, "sentence"), table["sentence"], _sentence(known)),
    )


def _sentence(known: RuleCode) -> Callable[[Any], str]:
    """Only the details the rule gives, by plain name: nothing else can be reached through the braces."""

    def reader(raw: Any) -> str:
        sentence = values.text(raw)
        for _, name, spec, conversion in Formatter().parse(sentence):
            if name is not None and (name not in known.details or spec or conversion):
                allowed = ", ".join(known.details) or "ничего"
                raise ValueError(f"в фигурных скобках «{name}», а здесь можно: {allowed}")
        return sentence

    return reader


def _work_kinds(file: _File, whole: Mapping[str, Any]) -> dict[str, WorkKind]:
    flags = {field.name for field in fields_of(WorkKind)} - {"title", "own", "retired"}
    kinds: dict[str, WorkKind] = {}
    tables = file.table(("works",), whole, {ANSWER}, None)
    for key in tables:
        path = ("works", key)
        table = file.table(path, tables, {"title"}, flags)
        given = {name: file.value((*path, name), table[name], values.truth) for name in flags & table.keys()}
        kinds[key] = WorkKind(title=file.value((*path, "title"), table["title"], values.text), **given)
    return kinds


def _manners(file: _File, whole: Mapping[str, Any]) -> dict[str, str]:
    table = file.table(("manners",), whole, set(), None)
    return {key: file.value(("manners", key), table[key], values.text) for key in table}


def _texts(file: _File, whole: Mapping[str, Any]) -> dict[str, Any]:
    table = file.table(("texts",), whole, set(_TEXTS), set())
    return {
        attribute: file.value(("texts", key), table[key], values.whole(1, 10_000))
        for key, attribute in _TEXTS.items()
    }
