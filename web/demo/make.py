"""A demonstration school, made once; what was cut off goes on with the same day and the same story."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from commands.importing import ids
from ledger import contacts, people, streams
from projections.rebuild import rebuild
from web.demo import founding, pupils, sign_ins, story, theft, traces
from web.demo.foreseen import foresee
from web.demo.steps import run
from web.premises import Premises


def begun(here: Premises) -> UUID | None:
    """The demonstration that is being made; None when there is none, or it is complete."""
    unfinished = (
        school
        for school in here.school_ids()
        if here.school(school).demonstration and not sign_ins.complete(here, school)
    )
    return next(unfinished, None)


def make(here: Premises) -> int:
    """Found it or go on with it; how many steps its story has. A minute's work at most."""
    school, now = _school_and_now(here)
    zone = ZoneInfo(founding.zone())
    local = now.astimezone(zone).replace(tzinfo=None)
    laid, house = founding.plan(local.date()), here.house(school)
    run(founding.founding_steps(laid), school, zone, house)
    born = {ids.pupil(school, row.id): str(row.birth_date) for row in laid.bundle.pupils}
    with here.pool.connection() as connection:
        since = laid.founded.replace(tzinfo=zone)
        people.put_many(connection, school, founding.names(laid, school), since=since)
        for person, values in pupils.contact_values(here.school(school), born).items():
            contacts.put(connection, school, person, values, at=since, by=ids.person(school, "gromova"))
    foreseen = foresee(laid, school, zone, local)
    told = story.steps(foreseen.school, foreseen.regulation, local)
    done = run((*foreseen.affairs, *told), school, zone, house)
    rebuild(here.store, here.pool, here.runner, school)
    traces.leave(here, theft.choose(foreseen.school, foreseen.regulation, local), school, zone)
    sign_ins.create(here, laid.bundle, school)
    return done


def _school_and_now(here: Premises) -> tuple[UUID, datetime]:
    """The instant it was founded at rules the whole story, also when it is told in two goes."""
    school = begun(here)
    if school is None:
        return uuid4(), here.now()
    stream = streams.calendar(school)
    entries = here.store.load(school, streams=[stream]).streams[stream]
    return school, entries[0].stamp.received_at
