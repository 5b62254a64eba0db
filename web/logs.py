"""Logs of the program: one line an event, without personal data (no names, addresses, bodies, queries)."""

from __future__ import annotations

import logging.config
from typing import Any

import structlog
from structlog.typing import Processor


def configure_logs(log_format: str) -> None:
    """Send structlog and the standard loggers to stderr, as lines for people or as JSON."""
    logging.config.dictConfig(log_settings(log_format))
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def log_settings(log_format: str) -> dict[str, Any]:
    """For logging.config.dictConfig, and for gunicorn's logconfig_dict, which would set up its own."""
    foreign = [structlog.stdlib.add_log_level, structlog.processors.TimeStamper(fmt="iso", utc=True)]
    shown: list[Processor] = [structlog.dev.ConsoleRenderer(colors=False)]
    if log_format == "json":
        shown = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *shown],
        "foreign_pre_chain": foreign,
    }
    # gunicorn.access stays silent: an address and a path tell who read whose diary, and that is kept in
    # the views log of the database, where it can be erased in time.
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": formatter},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"level": "INFO", "handlers": ["stderr"]},
        "loggers": {
            "gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True},
            # A look each few seconds is no news; runs and failures stand in the table of runs.
            "apscheduler": {"level": "WARNING", "handlers": [], "propagate": True},
            "gunicorn.access": {"level": "CRITICAL", "handlers": [], "propagate": False},
        },
    }
