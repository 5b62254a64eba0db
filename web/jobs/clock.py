"""When a job was last due: one question for the run that is due now and for one that was missed."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from web.jobs.job import When

AT_MOST = 400  # fires looked at: a daily job that was missed for a year


def trigger(when: When, zone: ZoneInfo) -> CronTrigger:
    """The zone is said aloud: a trigger without one takes the machine's."""
    return CronTrigger(
        day=when.days, day_of_week=when.weekdays, hour=when.hour, minute=when.minute, timezone=zone
    )


def last_due(when: When, zone: ZoneInfo, since: datetime, now: datetime) -> datetime | None:
    """The latest time of the timetable in (since, now]; None when there is none. Instants are aware. Of several that
    were missed the last one counts: what it does covers the days since."""
    fires, found = trigger(when, zone), None
    following = fires.get_next_fire_time(None, since + timedelta(microseconds=1))
    for _ in range(AT_MOST):
        if following is None or following > now:
            break
        found = following
        following = fires.get_next_fire_time(following, following + timedelta(seconds=1))
    return found


def next_due(when: When, zone: ZoneInfo, now: datetime) -> datetime | None:
    fires: datetime | None = trigger(when, zone).get_next_fire_time(None, now + timedelta(microseconds=1))
    return fires
