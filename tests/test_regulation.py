"""Every clause of the five schools' acts has its row: what in the programme holds it, or which issue will.

A row of tests/clauses/*.txt is `clause | what holds it | in words`. What holds it is one or more of: the code of a
rule; a parameter (P-41); a requirement the code names (R-119); a command; a file; `definition`, `organisational`.
After `issue4` … `issue6` (or `later`, for issues not written yet) stand the numbers of what is not built: honest,
and no hole.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from commands.table import BY_NAME
from ledger.parameters import PARAMETERS
from ledger.regulation import load
from ledger.rule_codes import CODES
from tests.seed_clauses import PARSERS

ROOT = Path(__file__).parent.parent
SEEDS = ROOT.parent / "shared" / "seeds"
PACKAGES = ("ledger", "projections", "commands", "exports", "web")
WORDS = {"definition", "organisational"}
ISSUES = {"issue4", "issue5", "issue6", "later"}
LAST = {"R": 257, "W": 40, "C": 31}  # greatest numbers of the requirements
_NUMBER = re.compile(r"([RWC])-(\d{2,3})")


def rows(school: str) -> dict[str, tuple[str, ...]]:
    """Clause → what holds it, in the order of the act."""
    lines = (ROOT / "tests" / "clauses" / f"{school}.txt").read_text(encoding="utf-8").splitlines()
    split = [[part.strip() for part in line.split("|")] for line in lines if not line.startswith("#")]
    assert all(len(parts) == 3 and all(parts) for parts in split), school
    assert len({clause for clause, _, _ in split}) == len(split), f"{school}: a clause stands twice"
    return {clause: tuple(held.split()) for clause, held, _ in split}


@cache
def _code() -> str:
    files = (path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.is_file())
    return "".join(p.read_text(encoding="utf-8") for p in files if p.suffix in (".py", ".html", ".js"))


def is_built(token: str) -> bool:
    if token in CODES or token in PARAMETERS or token in BY_NAME or token in WORDS:
        return True
    if "/" in token:
        return (ROOT / token).exists()
    return bool(_NUMBER.fullmatch(token)) and token in _code()


def is_required(token: str) -> bool:
    number = _NUMBER.fullmatch(token)
    return number is not None and 1 <= int(number[2]) <= LAST[number[1]]


def wrong(held: tuple[str, ...]) -> list[str]:
    """What of a row is neither built nor honestly put off."""
    cut = next((n for n, token in enumerate(held) if token in ISSUES), len(held))
    built, put_off = held[:cut], held[cut + 1 :]
    unsaid = [] if cut == len(held) or put_off else [held[cut]]
    return [t for t in built if not is_built(t)] + [t for t in put_off if not is_required(t)] + unsaid


@pytest.mark.parametrize("school", PARSERS)
def test_every_clause_of_the_act_has_its_row(school: str) -> None:
    seed = SEEDS / f"{school}.txt"
    if not seed.is_file():
        pytest.skip("the acts themselves do not come with the programme; the rows are their frozen list")
    assert tuple(rows(school)) == PARSERS[school](seed.read_text(encoding="utf-8"))


@pytest.mark.parametrize("school", PARSERS)
def test_what_a_row_names_is_there_or_is_said_to_come(school: str) -> None:
    assert {clause: bad for clause, held in rows(school).items() if (bad := wrong(held))} == {}


@pytest.mark.parametrize(
    "held", ["W-99", "P-98", "R-300", "ledger/nothing.py", "issue4", "issue4 W-41", "GiveMarks"]
)
def test_a_row_that_names_nothing_there_is_fails(held: str) -> None:
    assert wrong(tuple(held.split()))


@pytest.mark.parametrize("school", PARSERS)
def test_a_regulation_cites_only_clauses_its_act_has(school: str) -> None:
    """And so never another school's."""
    file = ROOT / "ledger" / "regulations" / f"{school}.toml"
    regulation = load(file.read_text(encoding="utf-8"), file.name)
    known = {clause.partition(" ")[0] for clause in rows(school)}
    cited = [*regulation.clauses.values(), *(word.sentence for word in regulation.rules.values())]
    assert {clause for words in cited for clause in clauses_in(words)} <= known


def clauses_in(words: str) -> set[str]:
    """«7.14(b2, b6), 9.5» → 7.14(b2), 7.14(b6), 9.5; dates and times are none, nor are «п. 7.14 и 9.5» two."""
    found: set[str] = set()
    for number, dashes in re.findall(
        r"(?<![\d.№/«-])(\d{1,2}\.\d{1,2}(?:\.\d)?)(?![\d.])(?:\((b\d+(?:, b\d+)*)\))?", words
    ):
        found |= {f"{number}({dash})" for dash in dashes.split(", ")} if dashes else {number}
    return found


def test_clauses_are_found_in_words() -> None:
    assert clauses_in("7.14(b2, b6), 9.5") == {"7.14(b2)", "7.14(b6)", "9.5"}
    assert clauses_in("(п. 7.14 и 9.5 Порядка)") == {"7.14", "9.5"}
    assert clauses_in("приказ от 21.01.2009 № 9, 9 и 11 классы") == set()


@pytest.mark.parametrize("school", PARSERS)
def test_the_row_of_a_clause_names_what_the_regulation_derives_from_it(school: str) -> None:
    file = ROOT / "ledger" / "regulations" / f"{school}.toml"
    missing = [
        (code, clause)
        for code, words in load(file.read_text(encoding="utf-8"), file.name).clauses.items()
        if "молч" not in words and "решение программы" not in words
        for clause in clauses_in(words)
        if not any(code in held for row, held in rows(school).items() if _part(row, clause))
    ]
    assert missing == []


def _part(row: str, clause: str) -> bool:
    """The clause itself or, where the regulation cites no dash, any of its parts."""
    return row == clause or row.startswith((f"{clause}(", f"{clause} ("))
