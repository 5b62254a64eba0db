"""Places that say something else than before, as one query: what stood at the two moments, and why it differs.

Nearly every row of a span is plain: entered in its time, standing as it was entered, the only one of its place. Plain
rows are counted and never looked at one by one. The rows of every other place are compared, and the entry that moved
the place last tells why, in the order of projections.difference.WHY."""

from __future__ import annotations

from dataclasses import dataclass

from projections.reading import HOLDS, OF_PAGES, OF_SCOPE

_OWN = "school_id = %(school)s"
_SCOPE = f"{_OWN} AND {OF_SCOPE}"
_BEGAN, _ENDED = (f"{end} > %(earlier)s AND {end} <= %(position)s" for end in ("since", "until"))
_MOVED = f"({_BEGAN} OR {_ENDED})"
_BY = "(%(person)s::uuid IS NULL OR entered_by = %(person)s)"
_ASKED = "(%(whys)s::text[] IS NULL OR why = ANY(%(whys)s))"
_PLACE = "kind, journal, lesson, period, work, pupil, date"
_PLAIN = f"{_BEGAN} AND {HOLDS} AND since = entry AND delay IS NULL AND correction IS NULL"


@dataclass(frozen=True)
class _Rows:
    """Rows of a table whose `key` tells one place from another; `place` gives them the columns of _PLACE."""

    table: str
    others: str
    key: str
    place: str
    plain: str
    imported: str

    def of(self, rows: str) -> str:
        return ", ".join(f"{rows}.{each}" for each in self.key.split(", "))

    @property
    def other(self) -> str:
        """Keys of the places that hold anything but one plain row, near rows together."""
        return (
            f"SELECT DISTINCT {self.key} FROM pages.{self.table}"
            f" WHERE {_SCOPE} AND {_MOVED} AND NOT ({self.plain}) ORDER BY {self.key}"
        )

    @property
    def moved(self) -> str:
        """All rows of those places that began or ended in the span, one look into the index for each."""
        return f"""
        SELECT own.* FROM {self.others} AS other, LATERAL (
            SELECT {self.place}, value, entry AS said, since, until, {self.plain} AND {_BY} AS plain,
                {self.imported} AS imported
            FROM pages.{self.table}
            WHERE {_OWN} AND {_MOVED} AND {OF_PAGES} AND ({self.key}) = ({self.of("other")}) OFFSET 0) AS own"""

    @property
    def counted(self) -> str:
        return f"""
        SELECT count(*) FILTER (WHERE {self.imported}), count(*) FILTER (WHERE NOT {self.imported})
        FROM pages.{self.table} WHERE {_SCOPE} AND {self.plain} AND {_BY}"""

    @property
    def listed(self) -> str:
        """The last plain rows; enough of them for those that share a place with another row to fall out."""
        return f"""
        SELECT {self.place}, '', value, entry, CASE WHEN {self.imported} THEN 'imported' ELSE 'new' END
        FROM (SELECT * FROM pages.{self.table} WHERE {_SCOPE} AND {self.plain} AND {_BY}
            ORDER BY since DESC LIMIT %(shown)s + (SELECT count(*) FROM moved WHERE plain)) AS last
        WHERE NOT EXISTS (SELECT FROM {self.others} AS other WHERE ({self.of("other")}) = ({self.of("last")}))"""


_CELLS = _Rows(
    table="cells",
    others="other_cells",
    key="lesson, work, pupil, value_kind",
    place="value_kind AS kind, journal, lesson, NULL::uuid AS period, work, pupil, date",
    plain=f"{_PLAIN} AND NOT permitted",
    imported="imported",
)
_MARKS = _Rows(
    table="period_marks",
    others="other_marks",
    key="journal, period, pupil, kind",
    place="kind, journal, NULL::uuid AS lesson, period, NULL::uuid AS work, pupil, NULL::date AS date",
    plain=f"{_PLAIN} AND rewritten = 0",
    imported="FALSE",
)
# Entries a rule had something to say of, that took something away or came from a file: why is to be looked up.
_LOUD = f"""
    SELECT position FROM ledger.entries WHERE {_OWN} AND position > %(earlier)s AND position <= %(position)s
        AND (findings IS NOT NULL OR topic IN ('entries-voided', 'entries-taken-back'))
    UNION
    SELECT position FROM ledger.entries WHERE {_OWN} AND position > %(earlier)s AND position <= %(position)s
        AND origin = 'import'"""


def _statement(kind: str, text: str) -> str:
    """The first and the last entry that said it in the rows of a lesson, and whether it stands uncorrected."""
    return f"""
        min({kind}_entry) FILTER (WHERE {text}) AS {kind}_first,
        max({kind}_entry) FILTER (WHERE {text}) AS {kind}_last,
        coalesce(bool_or({text}) FILTER (WHERE {HOLDS}), FALSE) AND bool_and({kind}_correction IS NULL)
            AS {kind}_stands"""


# The topic and the homework of each lesson: the entries that said them, whatever else of the lesson's row changed.
# One said before the span that stands is no change.
_SAID = f"""
    SELECT kind, lesson, last, single AND first = last AND first > %(earlier)s AND stands
        AND %(person)s::uuid IS NULL AND NOT EXISTS (SELECT FROM loud WHERE loud.position = first) AS plain
    FROM (SELECT lesson, min(date) = max(date) AS single,
            {_statement("topic", "topic <> ''")}, {_statement("homework", "homework_entry IS NOT NULL")}
        FROM pages.lessons WHERE {_OWN} AND {_MOVED} AND %(pupil)s::uuid IS NULL AND {OF_PAGES} GROUP BY lesson) AS own,
        LATERAL (VALUES ('topic', topic_first, topic_last, topic_stands),
            ('homework', homework_first, homework_last, homework_stands)) AS each (kind, first, last, stands)
    WHERE last > %(earlier)s OR NOT stands OR NOT single"""
_WORDS = (
    "CASE WHEN other.kind = 'topic' THEN topic WHEN not_set THEN 'не задано' ELSE coalesce(homework, '') END"
)
_ENTRY = "CASE WHEN other.kind = 'topic' THEN topic_entry ELSE homework_entry END"
_MOVED_WORDS = f"""
    SELECT other.kind, journal, lesson, NULL, NULL, NULL, date, max(value), entry, min(since),
        CASE WHEN bool_or(until IS NULL) THEN NULL ELSE max(until) END, FALSE, FALSE
    FROM (SELECT kind, lesson AS id FROM said WHERE NOT plain ORDER BY lesson) AS other, LATERAL (
        SELECT journal, lesson, date, since, until, {_WORDS} AS value, {_ENTRY} AS entry
        FROM pages.lessons WHERE {_OWN} AND lesson = other.id AND {_MOVED} OFFSET 0) AS own
    WHERE value <> '' GROUP BY other.kind, journal, lesson, date, entry"""
_LISTED_WORDS = f"""
    SELECT other.kind, own.journal, own.lesson, NULL, NULL, NULL, own.date, '', {_WORDS}, other.last, 'new'
    FROM (SELECT * FROM said WHERE plain ORDER BY last DESC LIMIT %(shown)s) AS other, LATERAL (
        SELECT * FROM pages.lessons WHERE {_OWN} AND lesson = other.lesson AND {HOLDS} OFFSET 0) AS own"""
# A quote inside a text is escaped, so `"correction":"` is the field and nothing else.
_WHY = """
    CASE WHEN e.topic = 'entries-voided' THEN 'act'
        WHEN convert_from(e.state, 'UTF8') LIKE '%%"correction":"%%' THEN 'correction'
        WHEN e.topic = 'entries-taken-back' THEN 'taken_back'
        WHEN (SELECT p.topic FROM ledger.entries p WHERE p.school_id = %(school)s AND p.position = e.causation)
            = 'late-entry-permitted' THEN 'permitted'
        WHEN e.findings ~ ',[1-9][0-9]*[]]' THEN 'late'
        WHEN before <> '' THEN CASE WHEN after <> '' THEN 'replaced' ELSE 'removed' END
        WHEN e.origin = 'import' THEN 'imported' ELSE 'new' END"""
# By `earlier`, `journals`, `pupil`, `person`, `whys` (None: all) and `shown`: no more than `shown` places, what
# happened last first; every row has `counts` by why and `restless`, and one without a place comes where there is none.
DIFFERENCE = f"""
    WITH loud AS MATERIALIZED ({_LOUD}),
    said AS MATERIALIZED ({_SAID}),
    other_cells AS MATERIALIZED ({_CELLS.other}),
    other_marks AS MATERIALIZED ({_MARKS.other}),
    moved AS MATERIALIZED ({_CELLS.moved} UNION ALL {_MARKS.moved} UNION ALL {_MOVED_WORDS}),
    ends AS MATERIALIZED (
        SELECT {_PLACE}, min(said) <> max(said) AS twice,
            coalesce(max(value) FILTER (WHERE since <= %(earlier)s), '') AS before,
            coalesce(max(value) FILTER (WHERE {HOLDS}), '') AS after,
            max(greatest(CASE WHEN {_BEGAN} THEN since END, CASE WHEN {_ENDED} THEN until END)) AS entry
        FROM moved GROUP BY {_PLACE}),
    caused AS MATERIALIZED (
        SELECT {_PLACE}, before, after, entry, {_WHY} AS why
        FROM (SELECT * FROM ends WHERE before <> after ORDER BY entry OFFSET 0) AS ends,
            LATERAL (SELECT topic, state, causation, findings, origin, person FROM ledger.entries
                WHERE {_OWN} AND position = ends.entry OFFSET 0) AS e
        WHERE (%(person)s::uuid IS NULL OR e.person = %(person)s)),
    plain (imported, new) AS ({_CELLS.counted} UNION ALL {_MARKS.counted}
        UNION ALL SELECT 0, count(*) FROM said WHERE plain
        UNION ALL SELECT -count(*) FILTER (WHERE imported), -count(*) FILTER (WHERE NOT imported)
            FROM moved WHERE plain),
    counted AS (
        SELECT why, sum(number) AS number FROM (
            SELECT why, count(*) FROM caused GROUP BY why
            UNION ALL SELECT 'imported', sum(imported) FROM plain
            UNION ALL SELECT 'new', sum(new) FROM plain) AS parts (why, number)
        GROUP BY why HAVING sum(number) > 0),
    listed AS (
        (SELECT * FROM caused WHERE {_ASKED} ORDER BY entry DESC LIMIT %(shown)s)
        UNION ALL ({_CELLS.listed}) UNION ALL ({_MARKS.listed}) UNION ALL ({_LISTED_WORDS}))
    SELECT (SELECT jsonb_object_agg(why, number) FROM counted) AS counts,
        (SELECT count(*) FROM ends WHERE before = after AND (twice OR before = '')) AS restless, shown.*
    FROM (VALUES (1)) AS once LEFT JOIN LATERAL (
        SELECT * FROM listed WHERE {_ASKED}
        ORDER BY entry DESC, kind, lesson, work, pupil LIMIT %(shown)s) AS shown ON TRUE"""
