"""The pages of substitutions for whoever asks: right first, then one reading transaction."""

from __future__ import annotations

from datetime import date

from flask import g

from projections import held_register, long_list, morning, staff_sheet
from projections.held_register import HeldRegister
from projections.long_list import LongList
from projections.morning import MorningPage
from projections.staff_sheet import StaffSheet
from web import reading


def the_morning(on: date, at: str | None) -> MorningPage:
    reading.allowed("record_substitution")
    return reading.show(at, lambda found: morning.page(found, on), "substitutions", log=False)


def sheet(on: date, at: str | None) -> StaffSheet:
    reading.allowed("view_staff_sheet")
    return reading.show(at, lambda found: staff_sheet.page(found, on), "staff sheet", log=False)


def long_substitutions(at: str | None) -> LongList:
    reading.allowed("record_substitution")
    return reading.show(at, long_list.page, "long substitutions", log=False)


def register(month: date, at: str | None) -> HeldRegister:
    """Of every teacher, or of oneself for whoever may see no more."""
    everybody = reading.may("view_held_register")
    own = None if everybody else g.actor.person
    reading.allowed("view_held_register", person=own)
    return reading.show(at, lambda found: held_register.page(found, month, own), "held register", log=False)
