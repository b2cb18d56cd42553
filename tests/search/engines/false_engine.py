"""A server in the engine's place that can be told to fail in every way a network knows."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

PRODUCT = {"X-Elastic-Product": "Elasticsearch", "Content-Type": "application/json"}
REFUSALS = {"unauthorised": 401, "forbidden": 403, "missing": 404, "crowded": 429, "broken": 503}


class FalseEngine(ThreadingHTTPServer):
    """Answers every search with nothing found, until `mode` says otherwise.

    mode: "well", a key of `REFUSALS`, "silent", "cut", "page", "timed_out", "partial" or "alien".
    requests, addresses: the headers and the path of every request.
    connections: how many were opened.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.mode = "well"
        self.requests: list[dict[str, str]] = []
        self.addresses: list[str] = []
        self.connections = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def get_request(self) -> Any:
        self.connections += 1
        return super().get_request()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FalseEngine

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append(dict(self.headers))
        self.server.addresses.append(self.path)
        mode = self.server.mode
        if mode == "silent":
            time.sleep(3)
        elif mode == "cut":
            self.connection.close()
            self.close_connection = True
        elif mode == "page":
            self.answer(200, b"<h1>Welcome to nginx</h1>", {"Content-Type": "text/html"})
        elif mode in REFUSALS:
            error = {"error": {"type": mode, "reason": mode}, "status": REFUSALS[mode]}
            self.answer(REFUSALS[mode], json.dumps(error).encode(), PRODUCT)
        else:
            self.answer(200, json.dumps(_nothing(body, mode)).encode(), PRODUCT)

    def answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Nobody reads it."""


def _nothing(body: dict[str, Any], mode: str) -> dict[str, Any]:
    alien = {"_index": "another", "_id": "1", "_score": 1.0}
    counts = {
        name: {"doc_count": 0, **{facet: {"buckets": []} for facet in count.get("aggs", ())}}
        for name, count in body["aggs"].items()
    }
    return {
        "timed_out": mode == "timed_out",
        "_shards": {"total": 1, "failed": int(mode == "partial")},
        "hits": {"total": {"value": 0}, "hits": [alien] if mode == "alien" else []},
        "aggregations": counts,
    }


@contextmanager
def false_engine() -> Iterator[FalseEngine]:
    """A server that runs meanwhile."""
    with FalseEngine() as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()
