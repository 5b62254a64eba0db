"""Names as people type them, and the keys by which two spellings of one name meet.

A displayed name keeps its letters; only its blanks are put in order. Keys fold what the eye cannot tell
apart: Latin letters inside Cyrillic words («Фiзика»), «7A» typed on a Latin keyboard, ё and е, apostrophes.
"""

import re
import unicodedata

from ledger.alphabet import plain

LOOK_ALIKE = str.maketrans("ABCEHIKMOPTXYaceiopxyï", "АВСЕНІКМОРТХУасеіорхуї")
LATIN = re.compile(r"[A-Za-zï]")
CYRILLIC = re.compile(r"[\u0400-\u04FF]")
WORD = re.compile(r"[^\W\d_]+")
APOSTROPHES = re.compile(r"[’ʼ`´‘]")
DASHES = re.compile(r"[‐‑‒–—−]")
GRADE = re.compile(r"^(1[0-2]|[1-9])(?!\d)")


def tidy(name: str) -> str:
    """Unicode NFC, outer blanks gone, inner runs of blanks (also no-break ones) become one."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def match_key(name: str) -> str:
    """Two names with one key are one name: case, ё, apostrophes, dashes and look-alikes do not count."""
    alike = DASHES.sub("-", APOSTROPHES.sub("'", tidy(name)))
    return plain(WORD.sub(lambda word: fold_word(word.group()), alike))


def class_key(name: str) -> str:
    """`match_key` for classes: «7-А», «7 А», «7 «А»» and «7А» are one class. A dot still makes another."""
    return re.sub(r"[\s\-«»\"']", "", match_key(name))


def fold_word(word: str) -> str:
    """Fold where the word is Cyrillic anyway, or could be: a truly Latin word keeps its letters."""
    folded = word.translate(LOOK_ALIKE)
    return folded if CYRILLIC.search(word) or not LATIN.search(folded) else word


def mixes_alphabets(name: str) -> bool:
    return any(LATIN.search(word) and CYRILLIC.search(word) for word in WORD.findall(name))


def grade_of(class_name: str) -> int | None:
    """The grade a class name begins with, or None: aSc exports a pupil taught at home as a class."""
    found = GRADE.match(tidy(class_name))
    return int(found.group()) if found else None
