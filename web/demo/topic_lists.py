"""What the demonstration's teachers taught: lists of topics and homework by subject and grade."""

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

TOPICS = Path(__file__).parent / "topics"
NOT_SET = "Не задано"  # homework that was said not to be set: a value, not an absence of one

TopicLists = Mapping[tuple[str, int | None], tuple["TaughtTopic", ...]]


@dataclass(frozen=True, kw_only=True)
class TaughtTopic:
    """homework is None where none was set."""

    topic: str
    homework: str | None


def read_topics(folder: Path) -> TopicLists:
    """(subject, grade) → its topics in order; grade None is for every grade that has no list of its own."""
    lists: dict[tuple[str, int | None], list[TaughtTopic]] = defaultdict(list)
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                homework = None if row["homework"] == NOT_SET else row["homework"]
                grade = int(row["grade"]) if row["grade"] else None
                lists[row["subject"], grade].append(TaughtTopic(topic=row["topic"], homework=homework))
    return {key: tuple(rows) for key, rows in lists.items()}


def topic_for(lists: TopicLists, subject: str, grade: int, number: int) -> TaughtTopic | None:
    """The topic of lesson `number` (from 1); a list begins again at its end; None where there is no list."""
    rows = lists.get((subject, grade)) or lists.get((subject, None))
    return rows[(number - 1) % len(rows)] if rows else None
