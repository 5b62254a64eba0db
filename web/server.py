"""The web server: gunicorn, one worker process with threads."""

from __future__ import annotations

import signal
from collections.abc import Callable
from typing import Any

from gunicorn.app.base import BaseApplication

from web.identity import end_with_parent
from web.logs import log_settings

Wsgi = Callable[..., Any]
THREADS = 8
GRACE = 10  # seconds a request may still take after the signal to stop


class _Application(BaseApplication):  # gunicorn's own way to be run from a program
    def __init__(self, create: Callable[[], Wsgi], options: dict[str, Any]) -> None:
        self.create = create
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Wsgi:
        return self.create()


def run_server(
    create: Callable[[], Wsgi], host: str, port: int, log_format: str, when_ready: Callable[[], None]
) -> None:
    """Serve until SIGTERM or SIGINT, then finish the requests begun and raise SystemExit.

    `create` is called in the worker process, so that connections and threads are its own.
    """
    options = {
        "bind": f"{host}:{port}",
        "workers": 1,
        "threads": THREADS,
        "worker_class": "gthread",
        "graceful_timeout": GRACE,
        "proc_name": "letopis",
        "logconfig_dict": log_settings(log_format),
        "control_socket_disable": True,
        "when_ready": lambda _arbiter: when_ready(),
        # PostgreSQL dies with the master, so an orphan can answer nothing and would only hold the port.
        "post_fork": lambda arbiter, _worker: end_with_parent(arbiter.pid, signal.SIGKILL),
    }
    _Application(create, options).run()
