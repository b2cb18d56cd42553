"""Chromium for tests: Debian's, driven by Playwright."""

import shutil
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Playwright,
    Request,
    expect,
)

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
WAIT_MS = 20_000


def launch(playwright: Playwright) -> Browser:
    """Start Chromium; raises RuntimeError naming the package where there is none."""
    path = shutil.which("chromium")
    if path is None:
        raise RuntimeError("Chromium is missing: apt-get install chromium")
    expect.set_options(timeout=WAIT_MS)
    return playwright.chromium.launch(executable_path=path, args=FLAGS)


@dataclass
class Watch:
    """What must never happen in a browser on our pages: errors in scripts, a breach of the content
    security policy, a request to anybody else."""

    host: str
    faults: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        context.on("console", self.on_console)
        context.on("request", self.on_request)

    def on_console(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.faults.append(f"policy: {message.text}")

    def on_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != self.host:
            self.faults.append(f"third party: {request.url}")
