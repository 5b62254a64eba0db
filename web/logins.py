"""Login names made from people's names: «Соколова Ирина Владимировна» → sokolova.iv."""

from __future__ import annotations

from collections.abc import Set
from itertools import count

from ledger.people import Name

LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i",
    "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch", "ъ": "", "ы": "y", "ь": "",
    "э": "e", "ю": "yu", "я": "ya", "ӄ": "k", "ӈ": "n", "ԓ": "l",
}  # fmt: skip


def suggest(name: Name, taken: Set[str]) -> str:
    """A login of the name's letters that is not among `taken` (casefolded)."""
    initials = "".join(_latin(part)[:1] for part in (name.first, name.middle))
    plain = ".".join(part for part in (_latin(name.last), initials) if part) or "user"
    if plain not in taken:
        return plain
    return next(numbered for n in count(2) if (numbered := f"{plain}{n}") not in taken)


def _latin(text: str) -> str:
    spelt = "".join(LATIN.get(sign, sign) for sign in text.casefold())
    return "".join(sign for sign in spelt if sign.isascii() and sign.isalnum())
