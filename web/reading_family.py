"""A family's pages: «Мои дети», the month and what else is told of the pupil's year. Every look is logged."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import g

from ledger import views_log
from projections import diary_about, diary_month, family_page
from projections.diary_about import DiaryAbout
from projections.diary_month import DiaryMonth
from projections.family_page import FamilyPage
from projections.reading import Reading
from web import reading


def first_page(at: str | None) -> FamilyPage:
    """Of the children whose diaries this person may open; of nobody, for who has none."""
    children = [child for child in reading.children() if reading.acts("view_diary", pupil=child)]
    keys = reading.person_keys()

    def made(found: Reading) -> FamilyPage:
        visits = views_log.last_visits(
            found.connection,
            g.actor.school,
            g.actor.account,
            pupils=children,
            session=g.actor.session,
            before=found.as_of.instant,
        )
        page = family_page.page(found, g.actor.person, children, visits, keys)
        for child in page.children:
            reading.log_view(found, "children", pupil_id=child.pupil)
        return page

    return reading.show(at, made, "children", log=False)


def month(pupil: UUID, first: date, at: str | None) -> DiaryMonth:
    reading.allowed("view_diary", pupil=pupil)
    return reading.show(
        at, lambda found: diary_month.page(found, pupil, first), "diary month", pupil_id=pupil
    )


def about(pupil: UUID, at: str | None) -> DiaryAbout:
    reading.allowed("view_diary", pupil=pupil)
    keys = reading.person_keys()
    return reading.show(at, lambda found: diary_about.page(found, pupil, keys), "diary about", pupil_id=pupil)
