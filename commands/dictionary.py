"""The school's dictionaries (R-070; Усть-Белая 9.6(b1)): kinds of work, absence categories, kinds of order, subjects.

An entry is added, written anew or retired, never deleted: what was used keeps its word. Stream: the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid5

from commands.deciding import Refusal, Sight
from commands.files.csv_values import ATTRIBUTES
from commands.files.names import match_key
from commands.importing import ids
from commands.importing.terms import numbered
from commands.texts import plain
from ledger import streams
from ledger.dictionary import CATEGORY, DICTIONARIES, FLAGS, WORK_KIND
from ledger.entry import Draft
from ledger.events.calendar import TermSet
from ledger.events.journals import SubjectAdded
from ledger.lesson import ANSWER
from ledger.school import School

LONGEST_TITLE, LONGEST_SHORT = 80, 12
RETIRED = "retired"  # the attribute of a subject no new page is opened for


@dataclass(frozen=True, kw_only=True, slots=True)
class SetTerm:
    """`key` is "" for a new entry. `flags` of a kind of work: ledger.dictionary.FLAGS."""

    dictionary: str
    title: str
    key: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class RetireTerm:
    """From now on it is offered nowhere; SetTerm with its key brings it back."""

    dictionary: str
    key: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SetSubject:
    """`subject` is None for a new one. `attributes`: of commands.files.csv_values.ATTRIBUTES, or `retired`."""

    title: str
    short: str = ""
    attributes: tuple[str, ...] = ()
    subject: UUID | None = None


def set_term(command: SetTerm, sight: Sight) -> tuple[Draft, ...]:
    _known_dictionary(command.dictionary)
    title = plain(command.title, LONGEST_TITLE)
    key = command.key or _key(command.dictionary, title, sight.school)
    _title_is_free(command.dictionary, key, title, sight)
    if command.dictionary == CATEGORY and key != title:
        raise Refusal(
            "term-word", "Категория записана в пропусках этими словами. Заведите новую, а прежнюю уберите."
        )
    flags = _flags(command, key, sight)
    return _said(command.dictionary, key, title, flags, retired=False, sight=sight)


def retire_term(command: RetireTerm, sight: Sight) -> tuple[Draft, ...]:
    _known_dictionary(command.dictionary)
    standing = _standing(command.dictionary, sight)
    if command.key not in standing:
        raise Refusal("term-exists", "Такой записи в справочнике нет.", status=404)
    if command.dictionary == WORK_KIND and command.key == ANSWER:
        raise Refusal("term-needed", "«Ответ на уроке» есть у каждого урока: его не убирают.")
    if command.dictionary == CATEGORY and set(sight.regulation.absence_categories) <= {command.key}:
        raise Refusal("term-needed", "Хотя бы одна категория пропуска должна остаться.")
    title, flags = standing[command.key]
    return _said(command.dictionary, command.key, title, flags, retired=True, sight=sight)


def set_subject(command: SetSubject, sight: Sight) -> tuple[Draft, ...]:
    school, title = sight.school, plain(command.title, LONGEST_TITLE)
    short = plain(command.short, LONGEST_SHORT) if command.short.strip() else ""
    unknown = set(command.attributes) - {*ATTRIBUTES, RETIRED}
    if unknown:
        raise Refusal("subject-attribute", f"Признака «{min(unknown)[:40]}» у предметов не бывает.")
    if command.subject is not None and command.subject not in school.subjects:
        raise Refusal("subject-exists", "Такого предмета нет.", status=404)
    # the id an import would give it, so that the next file finds it
    id_ = command.subject or ids.subject(school.id, title)
    same = (s.id for s in school.subjects.values() if match_key(s.title) == match_key(title))
    if any(each != id_ for each in same) or (command.subject is None and id_ in school.subjects):
        raise Refusal("subject-new", f"Предмет «{title}» уже есть.", status=409)
    attributes = tuple(sorted(set(command.attributes)))
    known = school.subjects.get(id_)
    if known is not None and (known.title, known.short, known.attributes) == (
        title,
        short,
        frozenset(attributes),
    ):
        return ()
    event = SubjectAdded(subject=id_, title=title, short=short, attributes=attributes)
    return numbered([(streams.calendar(school.id), event)], school)


def _known_dictionary(dictionary: str) -> None:
    if dictionary not in DICTIONARIES:
        raise Refusal("dictionary", "Такого справочника нет.", status=404)


def _key(dictionary: str, title: str, school: School) -> str:
    return title if dictionary == CATEGORY else uuid5(school.id, f"{dictionary}/{match_key(title)}").hex[:12]


def _standing(dictionary: str, sight: Sight) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Key → title and flags of what may be retired: of the act and of the school's own, whichever it is."""
    own = {t.key: (t.title, t.flags) for t in sight.school.terms.values() if t.dictionary == dictionary}
    if dictionary == WORK_KIND:
        return {key: (kind.title, kind.flags) for key, kind in sight.regulation.work_kinds.items()} | own
    if dictionary == CATEGORY:
        return {word: (word, ()) for word in sight.regulation.absence_categories} | own
    return own


def _title_is_free(dictionary: str, key: str, title: str, sight: Sight) -> None:
    for other, (known, _) in _standing(dictionary, sight).items():
        term = sight.school.terms.get((dictionary, other))
        gone = term is not None and term.retired
        if other != key and not gone and match_key(known) == match_key(title):
            raise Refusal("term-new", f"«{title}» в этом справочнике уже есть.", status=409)


def _flags(command: SetTerm, key: str, sight: Sight) -> tuple[str, ...]:
    """Those a kind of the act has follow from the act: its deadlines depend on them (P-45)."""
    if set(command.flags) - set(FLAGS) or (command.flags and command.dictionary != WORK_KIND):
        raise Refusal("term-flag", "Такого признака у вида работы не бывает.")
    flags = tuple(flag for flag in FLAGS if flag in command.flags)
    known = sight.regulation.work_kinds.get(key) if command.dictionary == WORK_KIND else None
    if known is not None and not known.own and known.flags != flags:
        raise Refusal(
            "term-by-act", "Признаки этого вида работы называет порядок школы: от них зависят сроки."
        )
    return flags


def _said(
    dictionary: str, key: str, title: str, flags: tuple[str, ...], *, retired: bool, sight: Sight
) -> tuple[Draft, ...]:
    event = TermSet(dictionary=dictionary, key=key, title=title, flags=flags, retired=retired)
    known = sight.school.terms.get((dictionary, key))
    same = known is not None and (known.title, known.flags, known.retired) == (title, flags, retired)
    return () if same else numbered([(streams.calendar(sight.school.id), event)], sight.school)
