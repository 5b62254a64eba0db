"""Events to bytes and back; an entry written yesterday is read for ever (design 3)."""

import json
from dataclasses import dataclass, fields
from pathlib import Path
from uuid import UUID

import pytest

from ledger.codec import NAMES, UnknownEvent, decode, encode
from ledger.events import TOPICS
from ledger.events.marks import MarkGiven

# One line for every shape ever written: {"topic", "state", "repr"}. Lines are only ever added.
SAMPLES = [
    json.loads(line) for line in (Path(__file__).parent / "samples" / "events.jsonl").read_text().splitlines()
]


@pytest.mark.parametrize("sample", SAMPLES, ids=[s["topic"] for s in SAMPLES])
def test_a_frozen_sample_still_decodes_to_the_same_event(sample: dict[str, str]) -> None:
    event = decode(sample["topic"], sample["state"].encode())
    assert repr(event) == sample["repr"]


@pytest.mark.parametrize("sample", SAMPLES, ids=[s["topic"] for s in SAMPLES])
def test_the_bytes_are_canonical(sample: dict[str, str]) -> None:
    assert encode(decode(sample["topic"], sample["state"].encode())) == (
        sample["topic"],
        sample["state"].encode(),
    )


def test_every_event_has_a_frozen_sample() -> None:
    assert {sample["topic"] for sample in SAMPLES} == set(TOPICS)


@pytest.mark.parametrize("event", TOPICS.values(), ids=list(TOPICS))
def test_events_are_frozen_and_keyword_only(event: type) -> None:
    assert event.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert all(f.kw_only for f in fields(event))
    assert hasattr(event, "__slots__")


def test_no_two_names_for_one_event() -> None:
    assert len(NAMES) == len(TOPICS)


def test_an_unknown_topic_is_kept_as_it_is() -> None:
    event = decode("mark-sung", b'{"song":"la"}')
    assert event == UnknownEvent(topic="mark-sung", state=b'{"song":"la"}')
    assert encode(event) == ("mark-sung", b'{"song":"la"}')


def test_an_upcaster_reads_what_an_older_programme_wrote() -> None:
    old = b'{"cell":"2b3fa081-ffe7-471b-b711-05bdfc794962","value":4}'
    pupil = "6cc378be-b93f-4a45-96a5-915c265867db"
    upcasters = {
        "mark-put": ("mark-set", lambda v: {"work": v["cell"], "value": [v["value"]]}),
        "mark-set": ("mark-given", lambda v: {**v, "pupil": pupil}),
    }
    assert decode("mark-put", old, upcasters) == MarkGiven(
        work=UUID("2b3fa081-ffe7-471b-b711-05bdfc794962"), pupil=UUID(pupil), value=(4,)
    )


def test_what_is_not_in_the_table_is_not_written() -> None:
    @dataclass
    class Whim:
        text: str

    with pytest.raises(TypeError, match="Whim"):
        encode(Whim(text=""))
