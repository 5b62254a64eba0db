"""A regulation is a file a school writes itself: what is wrong in it is named by file, line and key."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

from ledger import windows
from ledger.entry import Category, Finding
from ledger.events.regulations import RegulationAdopted
from ledger.parameter_values import Moment
from ledger.parameters import PARAMETERS
from ledger.regulation import Mode, RegulationError, in_force, load, unread_keys
from ledger.rule_codes import CODES
from ledger.rules import RULES
from ledger.school import School
from ledger.school_fold import fold_school
from ledger.streams import regulation as regulation_stream
from tests.world import SCHOOL, SCHOOL_ID, TOML, UST_BELAYA, entry, school_entries, stamp

LEDGER = Path(windows.__file__).parent
FILES = sorted((LEDGER / "regulations").glob("*.toml"))
RULE_SOURCES = [*(LEDGER / "rules").glob("*.py"), LEDGER / "windows.py", LEDGER / "judging.py"]


def line_of(text: str, wanted: str) -> int:
    return text[: text.index(wanted)].count("\n") + 1


def changed(old: str, new: str) -> str:
    assert TOML.count(old) == 1, f"{old!r} stands {TOML.count(old)} times"
    return TOML.replace(old, new)


def complaint(text: str) -> str:
    with pytest.raises(RegulationError) as error:
        load(text, "school.toml")
    return str(error.value)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_file_that_comes_with_the_program_is_a_regulation(file):
    text = file.read_text(encoding="utf-8")
    regulation = load(text, file.name)
    assert all(word.sentence.endswith((".", "?")) for word in regulation.rules.values())
    assert all(len(clause) > 0 for clause in regulation.clauses.values())


def test_the_numbers_of_the_ust_belaya_act():
    assert UST_BELAYA.scale == (5, 4, 3, 2, 1)
    assert UST_BELAYA.unsatisfactory == (2, 1)
    assert date(2026, 9, 1) in UST_BELAYA.adaptation
    assert date(2026, 9, 15) in UST_BELAYA.adaptation
    assert date(2026, 9, 16) not in UST_BELAYA.adaptation
    assert date(2026, 8, 31) not in UST_BELAYA.adaptation
    assert UST_BELAYA.homework_terms.soft == Moment(anchor="class_end", minutes=60)
    assert [(t.code, t.days) for t in UST_BELAYA.work_terms] == [
        ("W-10", 3),
        ("W-08", 7),
        ("W-09", 10),
        ("W-07", None),
    ]
    assert UST_BELAYA.zone == "Asia/Anadyr"
    assert UST_BELAYA.edit_marks_as == frozenset()


def test_an_adaptation_period_may_reach_over_new_year():
    text = changed('from = "09-01", to = "09-15"', 'from = "12-25", to = "01-08"')
    period = load(text, "school.toml").adaptation
    inside = (date(2026, 12, 25), date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 8))
    outside = (date(2026, 12, 24), date(2027, 1, 9), date(2026, 9, 1))
    assert all(day in period for day in inside)
    assert not any(day in period for day in outside)


def test_what_a_finding_does_and_by_which_clause():
    assert UST_BELAYA.mode("W-12") is Mode.REFUSE
    assert UST_BELAYA.mode("W-01") is Mode.PERMIT
    assert UST_BELAYA.mode("W-13") is Mode.CONFIRM
    assert UST_BELAYA.mode("W-13", "holidays") is Mode.CONFIRM
    assert UST_BELAYA.mode("W-04", "soft") is Mode.LATE
    assert UST_BELAYA.clause("W-12") == "7.14(b6)"
    assert UST_BELAYA.clause("P-15") == "7.14(b6)"
    assert UST_BELAYA.clause("P-13") == "7.14(b3), 9.5(b4)"
    with pytest.raises(KeyError):
        UST_BELAYA.mode("W-99")


def test_a_sentence_names_its_details():
    finding = Finding(code="W-01", delay=61, details={"deadline": "12.10.2026 23:59:59"})
    assert UST_BELAYA.sentence(finding).startswith("Срок выставления истёк 12.10.2026 23:59:59.")
    # Details are not stored with an entry: what is left of a finding still makes a sentence.
    assert UST_BELAYA.sentence(Finding(code="W-01", delay=61)).startswith("Срок выставления истёк ….")


@pytest.mark.parametrize(
    ("old", "new", "key", "says"),
    [
        ("[rules.W-12]", "[rules.W-99]", "rules.W-99", "неизвестный ключ"),
        ("[parameters.P-13]", "[parameters.P-98]", "parameters.P-98", "неизвестный ключ"),
        ("[works.answer]", "[works.answers]", "works.answer", "нет обязательного ключа"),
        ("topic = 1000", "topics = 1000", "texts.topics", "неизвестный ключ"),
        ("topic = 1000", 'topic = "1000"', "texts.topic", "целое число"),
        ("topic = 1000", "topic = true", "texts.topic", "целое число"),
        ("topic = 1000", "topic = 0", "texts.topic", "от 1"),
        ("value = [5, 4, 3, 2, 1]", 'value = "5"', "parameters.P-13.value", "список"),
        ("value = [5, 4, 3, 2, 1]", "value = [5, 5, 2, 1]", "parameters.P-13.value", "повторяются"),
        ('value = "Asia/Anadyr"', 'value = "Asia/Anadir"', "parameters.P-02.value", "часового пояса"),
        ('value = "Asia/Anadyr"', 'value = "../Anadyr"', "parameters.P-02.value", "часового пояса"),
        ('to = "09-15"', 'to = "09-31"', "parameters.P-15.value", "такого дня нет"),
        ('to = "09-15"', 'to = "15.09"', "parameters.P-15.value", "месяц и день"),
        ('to = "09-15"', 'till = "09-15"', "parameters.P-15.value", "неизвестный ключ «till»"),
        ("absence_lessons = 3, ", "", "parameters.P-16.value", "нет ключа «absence_lessons»"),
        ('soft = "class_end+60"', 'soft = "class_end+an hour"', "parameters.P-43.value", "class_end+60"),
        ('mode = "approve"', 'mode = "maybe"', "parameters.P-47.value", "approve, reject, allow"),
        ('title = "Сочинение"', 'titel = "Сочинение"', "works.essay.titel", "неизвестный ключ"),
        ('"Сочинение"\nwritten = true', '"Сочинение"\nwritten = 1', "works.essay.written", "true или false"),
        ('oral = "устно"', "oral = 1", "manners.oral", "строка"),
        ("истёк {deadline}: тему", "истёк {until}: тему", "rules.W-03.sentence", "можно: deadline"),
        ("истёк {deadline}: тему", "истёк {deadline.year}: тему", "rules.W-03.sentence", "можно: deadline"),
        ("истёк {deadline}: тему", "истёк {deadline!r}: тему", "rules.W-03.sentence", "можно: deadline"),
        ("истёк {deadline}: тему", "истёк {deadline: тему", "rules.W-03.sentence", ""),
    ],
)
def test_a_mistake_is_named_by_file_line_and_key(old, new, key, says):
    text = changed(old, new)
    file, line, named, sentence = re.fullmatch(r"(.*?):(\d+): (\S*): (.*)", complaint(text)).groups()
    assert file == "school.toml"
    assert named.startswith(key)
    assert says in sentence
    table = f"[{named.rpartition('.')[0]}]" if f"[{named}]" not in text else f"[{named}]"
    assert int(line) >= (line_of(text, table) if table in text else 1)


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ("topic = 1000", 'topic = "1000"', 'topic = "1000"'),
        ("[rules.W-12]", "[rules.W-99]", "[rules.W-99]"),
        ('value = "Asia/Anadyr"', 'value = "Chukotka"', 'value = "Chukotka"'),
        ("value = [2, 1]", "value = [2, 7]", "value = [2, 7]"),
        ('mode = "confirm"\nclause = "7.14(b6)"', 'mode = "ask"\nclause = "7.14(b6)"', 'mode = "ask"'),
    ],
)
def test_the_line_is_the_one_with_the_mistake(old, new, at):
    text = changed(old, new)
    assert complaint(text).startswith(f"school.toml:{line_of(text, at)}: ")


def test_a_file_that_is_no_toml_names_the_line():
    assert complaint('title = "x"\n[texts\n').startswith("school.toml:2: ")


def test_a_part_that_is_missing_or_no_table_is_named():
    assert complaint('title = "x"').startswith("school.toml:1: manners: нет обязательного ключа")
    text = re.sub(r"\[manners\]\n(.+\n)+", "", TOML)
    assert "manners: нет обязательного ключа" in complaint(text)
    assert "manners: нужна таблица" in complaint('manners = "устно"\n' + text)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('soft = "class_end+60", hard = "day_end"', 'soft = "day_end", hard = "class_end"', "P-43"),
        ('soft = "lesson_end", hard', 'soft = "lesson_start", hard', None),
        (
            'opens = "lesson_start", soft = "lesson_end"',
            'opens = "lesson_end", soft = "lesson_start"',
            "P-44",
        ),
        ('from = "09-01"', 'from = "09-16"', "P-15"),
        ("value = [2, 1]", "value = [2, 0]", "P-14"),
        ('mode = "approve"', 'mode = "reject"', "P-47"),
        ("days = 10 }", 'days = 10, until = "next_lesson" }', "P-45"),
        ('title = "Ответ на уроке"', 'title = "Ответ на уроке"\nwritten = true', "works.answer"),
    ],
)
def test_values_that_contradict_each_other_are_refused(old, new, says):
    if says is None:
        assert load(changed(old, new), "school.toml").absence_terms.soft.anchor == "lesson_start"
    else:
        message = complaint(changed(old, new))
        assert says in message


def test_every_parameter_of_the_requirements_is_known_and_no_other():
    assert sorted(PARAMETERS) == [f"P-{number:02}" for number in range(1, 98)]


def test_a_parameter_counts_as_read_when_a_rule_really_reads_it():
    source = "".join(file.read_text(encoding="utf-8") for file in RULE_SOURCES)
    for key, known in PARAMETERS.items():
        used = bool(known.attribute) and f"regulation.{known.attribute}" in source
        assert used == known.read, key


def test_the_keys_no_rule_reads_yet_are_listed():
    unread = unread_keys(TOML, "ust-belaya.toml")
    assert any(key.startswith("P-07") for key in unread)
    assert not any(key.startswith("P-13") for key in unread)


def test_every_code_is_said_by_some_rule_and_every_rule_has_a_code():
    source = "".join(file.read_text(encoding="utf-8") for file in RULE_SOURCES)
    said = set(re.findall(r'(?:code=|past\(|within\()"([\w-]+)"', source))
    said |= {"W-07", "W-08", "W-09", "W-10"}  # said by the work's window (P-45)
    assert said == set(CODES)


def test_every_sentence_of_the_act_says_in_braces_only_what_its_rule_gives():
    for (code, _), word in UST_BELAYA.rules.items():
        names = {name for _, name, _, _ in Formatter().parse(word.sentence) if name}
        assert names <= set(CODES[code].details)


def test_no_rule_stands_twice_for_one_event():
    for event, rules in RULES.items():
        assert len(set(rules)) == len(rules), event


def adopted(*versions: tuple[str, int]) -> School:
    """The school after adopting one regulation after another: (in force from, length of a topic)."""
    base, made = school_entries()[:-1], stamp("Носов", "2026-08-31 12:00")
    entries = []
    for number, (on, length) in enumerate(versions, start=len(base) + 1):
        toml = TOML.replace("topic = 1000", f"topic = {length}")
        event = RegulationAdopted(title="school.toml", toml=toml, in_force=date.fromisoformat(on))
        entries.append(entry(event, regulation_stream(SCHOOL_ID), made, Category.REGULATION, number))
    return fold_school(SCHOOL_ID, (*base, *entries))


def test_the_regulation_in_force_is_the_latest_by_its_date_not_by_its_adoption():
    school = adopted(("2026-09-01", 100), ("2027-01-11", 200), ("2026-12-01", 300))

    def length(on):
        found = in_force(school, date.fromisoformat(on))
        return None if found is None else found[1].topic_length

    assert length("2026-08-31") is None
    assert length("2026-09-01") == length("2026-11-30") == 100
    assert length("2026-12-01") == length("2027-01-10") == 300
    assert length("2027-01-11") == 200


def test_of_two_regulations_of_one_day_the_one_adopted_last_holds():
    school = adopted(("2026-09-01", 100), ("2026-09-01", 200))
    position, regulation = in_force(school, date(2026, 9, 1))
    assert regulation.topic_length == 200
    assert position == max(e.position for e in school.regulations)


def test_a_regulation_is_parsed_once():
    first, second = in_force(SCHOOL, date(2026, 10, 12)), in_force(SCHOOL, date(2026, 10, 13))
    assert first[1] is second[1]
