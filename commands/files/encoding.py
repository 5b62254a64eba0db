"""Which encoding a file is in: byte order mark, declaration, valid UTF-8, else a guess that says so."""

import codecs
import re
from dataclasses import dataclass

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
DECLARATION = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
# Only encodings of ordinary text: Python also knows "idna", "unicode_escape" and such under these calls.
DECLARABLE = re.compile(r"^(utf-?8|utf-?16|us-ascii|(windows-|cp)125[0-8]|iso-8859-\d{1,2}|koi8-[ru]|cp866)$")
WORD = re.compile(rb"[A-Za-z\x80-\xff]+")
HIGH = re.compile(rb"[\x80-\xff]")
LATIN = re.compile(rb"[A-Za-z]")
CYRILLIC = ("windows-1251", "koi8-r", "cp866")
FREQUENT = frozenset("оеаинтсрвлкм")  # the commonest letters of Russian and Ukrainian, lower case


@dataclass(frozen=True, kw_only=True)
class Decoded:
    """text without a byte order mark; encoding by name; guessed: neither the file nor its bytes prove it."""

    text: str
    encoding: str
    guessed: bool


def decode(data: bytes) -> Decoded | None:
    """The text of a file in any encoding schools really use; None when it is no text in any of them."""
    proven = bom_encoding(data) or declared_encoding(data)
    for encoding in (proven, "utf-8"):
        text = strictly(data, encoding) if encoding else None
        if encoding and text is not None:
            return Decoded(text=text, encoding=encoding, guessed=False)
    guess = guess_encoding(data)
    text = strictly(data, guess)
    return None if text is None else Decoded(text=text, encoding=guess, guessed=True)


def bom_encoding(data: bytes) -> str | None:
    return next((name for mark, name in BOMS if data.startswith(mark)), None)


def declared_encoding(data: bytes) -> str | None:
    found = DECLARATION.match(data[:400])
    name = found.group(1).decode("ascii").lower() if found else ""
    return name if DECLARABLE.match(name) else None


def strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except (UnicodeError, LookupError):
        return None


def guess_encoding(data: bytes) -> str:
    """Cyrillic words are high bytes alone; Polish or Czech ones have some among Latin letters."""
    sample = data[:200_000]
    words = [word for word in WORD.findall(sample) if HIGH.search(word)]
    mixed = sum(LATIN.search(word) is not None for word in words)
    if mixed * 2 > len(words):
        return "windows-1250"
    return max(CYRILLIC, key=lambda name: frequent_letters(sample, name))


def frequent_letters(sample: bytes, encoding: str) -> int:
    return sum(letter in FREQUENT for letter in sample.decode(encoding, errors="replace"))
