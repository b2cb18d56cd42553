"""A connection to a server that takes its time."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from time import sleep
from urllib.parse import urlsplit

CHUNK = 65536


class SlowProxy:
    """Passes connections on to another server; answers come `delay` seconds late."""

    def __init__(self, target: str) -> None:
        place = urlsplit(target)
        self.target = (place.hostname, place.port)
        self.delay = 0.0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def serve(self) -> None:
        """Take connections until the listener is closed."""
        with suppress(OSError):
            while True:
                near, _ = self.listener.accept()
                far = socket.create_connection(self.target)
                threading.Thread(target=self._pass, args=(near, far, False), daemon=True).start()
                threading.Thread(target=self._pass, args=(far, near, True), daemon=True).start()

    def _pass(self, source: socket.socket, sink: socket.socket, is_answer: bool) -> None:
        with suppress(OSError), closing(source), closing(sink):
            while data := source.recv(CHUNK):
                if is_answer:
                    sleep(self.delay)
                sink.sendall(data)


@contextmanager
def slow_proxy(target: str) -> Iterator[SlowProxy]:
    """Serve a proxy before `target`, an address with host and port, until the block ends."""
    proxy = SlowProxy(target)
    threading.Thread(target=proxy.serve, daemon=True).start()
    try:
        yield proxy
    finally:
        proxy.listener.shutdown(socket.SHUT_RDWR)
        proxy.listener.close()
