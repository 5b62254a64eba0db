"""A network that loses replies: a proxy before PostgreSQL that kills a connection after the commit."""

from __future__ import annotations

import re
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

TOKEN = re.compile(rb"lose-reply-(\d+)\.")
READY = b"Z\x00\x00\x00\x05I"  # ReadyForQuery, idle: everything sent so far is committed
NAME = ".s.PGSQL.5432"


class Proxy:
    """Each token is lost once: what carries it reaches the server, its answer reaches nobody.

    `then`: lose the answer not to the token but to these bytes after it (a COMMIT of its own).
    """

    def __init__(self, target: str, folder: str, then: bytes) -> None:
        self.target, self.then = target, then
        self.lost: set[bytes] = set()
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(f"{folder}/{NAME}")
        self.listener.listen(64)

    def serve(self) -> None:
        with suppress(OSError):  # the listener was closed: the test is over
            while True:
                client, _ = self.listener.accept()
                threading.Thread(target=self.relay, args=[client], daemon=True).start()

    def relay(self, client: socket.socket) -> None:
        with client, socket.socket(socket.AF_UNIX) as server:
            server.connect(self.target)
            losing = threading.Event()
            threading.Thread(target=self.answers, args=[server, client, losing], daemon=True).start()
            with suppress(OSError):
                self.requests(client, server, losing)

    def requests(self, client: socket.socket, server: socket.socket, losing: threading.Event) -> None:
        marked = False
        while data := client.recv(1 << 16):
            fresh = set(TOKEN.findall(data)) - self.lost
            marked = marked or bool(fresh)
            self.lost |= fresh
            if marked and self.then in data:
                losing.set()
            server.sendall(data)

    def answers(self, server: socket.socket, client: socket.socket, losing: threading.Event) -> None:
        with suppress(OSError):
            while data := server.recv(1 << 16):
                if not losing.is_set():
                    client.sendall(data)
                elif data.endswith(READY):
                    break
        for end in (server, client):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def losing_replies(dsn: str, then: bytes = b"") -> Iterator[tuple[str, Proxy]]:
    """The same database through a proxy on a socket of its own."""
    host = str(conninfo_to_dict(dsn)["host"])
    with tempfile.TemporaryDirectory(prefix="lossy-", dir="/tmp") as folder:
        proxy = Proxy(str(Path(host) / NAME), folder, then)
        threading.Thread(target=proxy.serve, daemon=True).start()
        try:
            yield make_conninfo(dsn, host=folder), proxy
        finally:
            proxy.listener.shutdown(socket.SHUT_RDWR)
            proxy.listener.close()
