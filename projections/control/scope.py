"""Which classes and pages of the journal a control report is asked about, in the order people expect."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from ledger.alphabet import plain
from ledger.school import Journal, Klass, School
from ledger.school_records import Period
from ledger.sheet_periods import as_period
from ledger.span import Span
from projections.class_list import in_order
from projections.control.report import Asked
from projections.plan_items import part_of
from projections.reading import Reading

LEVELS = ("НОО", "ООО", "СОО")


def span_of(asked: Asked) -> Span:
    return Span(first=asked.first, last=asked.last)


def classes_asked(school: School, asked: Asked) -> list[Klass]:
    """Of the study years the days asked for lie in: 1А … 11Б."""
    years = _years(school, asked)
    found = (
        klass
        for klass in school.classes.values()
        if klass.year in years
        and (asked.class_id is None or klass.id == asked.class_id)
        and (asked.level is None or klass.level == asked.level)
    )
    return sorted(found, key=in_order)


def pages_asked(school: School, asked: Asked) -> list[Journal]:
    """By class and subject; of a teacher those taught on any of the days, as a long substitute too."""
    classes = {klass.id: n for n, klass in enumerate(classes_asked(school, asked))}
    found = (
        page
        for page in school.journals.values()
        if page.class_id in classes
        and page.year == school.classes[page.class_id].year
        and (asked.subject is None or page.subject == asked.subject)
        and (asked.teacher is None or asked.teacher in taught_by(page, span_of(asked)))
    )
    return sorted(
        found,
        key=lambda page: (
            classes[page.class_id],
            plain(school.subjects[page.subject].title),
            school.group_title(page.id),
        ),
    )


def about_page(asked: Asked, journal: UUID, school: School) -> Asked:
    """The same of the page's class and subject only: what lies behind one line needs no whole school."""
    page = school.journals.get(journal)
    return asked if page is None else replace(asked, class_id=page.class_id, subject=page.subject)


def taught_by(page: Journal, span: Span) -> frozenset[UUID]:
    """Who has taught the page on any of these days, by workload or a long substitution."""
    own = {person for person, days in page.teachers if days.overlaps(span)}
    return frozenset(own | {each.substitute for each in page.long if each.span.overlaps(span)})


def class_words(page: Journal, reading: Reading) -> str:
    """«7А», «7А, 1 группа», «7А, на дому, Ященко О.»"""
    part = part_of(page, reading)
    title = reading.school.classes[page.class_id].title
    return f"{title}, {part}" if part else title


def term_of(klass: Klass, asked: Asked, school: School, today: date) -> Period | None:
    """The reporting period of the class that the days asked for mean: the year where they hold it whole; else of those
    begun by `today` the last that ends among them, or the one that runs on the last of them; else the first that is to
    come. None: no period meets them."""
    year = school.years[klass.year]
    if asked.first <= year.first and year.last is not None and asked.last >= year.last:
        return as_period(school, klass.year, klass.level)
    met = [each for each in terms_of(klass, school) if each.span.overlaps(span_of(asked))]
    begun = [each for each in met if each.span.first <= today]
    ended = [each for each in begun if each.span.last is not None and each.span.last <= asked.last]
    chosen = ended or begun or met[:1]
    return chosen[-1] if chosen else None


def terms_of(klass: Klass, school: School) -> list[Period]:
    """The reporting periods of the class, in order."""
    own = (p for p in school.periods.values() if (p.level, p.year) == (klass.level, klass.year))
    return sorted(own, key=lambda each: each.span.first)


def _years(school: School, asked: Asked) -> frozenset[int]:
    return frozenset(year for year, span in school.years.items() if span.overlaps(span_of(asked)))
