"""The mail of a journey: what a real mail server got from the worker, and what no mail may hold."""

import re
from collections import Counter
from dataclasses import dataclass, field
from email.message import EmailMessage
from io import StringIO

from django.core.management import call_command

from tests.support.smtp import Sink

FOOT = {
    "fi": "Tämän viestin lähetti kone.",
    "sv": "Det här meddelandet skickades av en maskin.",
}
"""What ends each mail, by language."""
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w+")


@dataclass
class Letters:
    """Mails of one portal, read in the order of the story.

    `home` is the portal's address; `languages` of the readers by address; `private` words that
    stand in no mail: people's names, what they wrote to one another; `most_links` in one mail, the
    one to act by first.
    """

    sink: Sink
    home: str
    languages: dict[str, str] = field(default_factory=dict)
    private: list[str] = field(default_factory=list)
    most_links: int = 1
    read: int = 0

    def bring(self, *expected: tuple[str, str]) -> None:
        """Let the worker do a round, and one that sends what it wrote; exactly these mails came,
        as (to, subject)."""
        for _round in range(2):
            call_command("worker", "--once", stdout=StringIO())
        new = self.sink.mails[self.read :]
        self.read = len(self.sink.mails)
        came = Counter((mail["To"], mail["Subject"]) for mail in new)
        assert came == Counter(expected), f"{came} instead of {expected}"
        for mail in new:
            self.check(mail)
        assert max(self.sink.ids.values(), default=1) == 1, "a mail came twice"

    def check(self, mail: EmailMessage) -> None:
        """The mail is in its reader's language, in text and HTML, and tells nothing of anybody."""
        language = self.languages[mail["To"]]
        assert mail["Content-Language"] == language, mail["Subject"]
        text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
        assert FOOT[language] in text
        assert FOOT[language] in html
        assert f'<html lang="{language}"' in html
        assert not list(mail.iter_attachments())
        assert "<img" not in html
        for body in (mail["Subject"], text, html):
            assert not ADDRESS.search(body), body
            assert [word for word in self.private if word in body] == []
        links = set(re.findall(r"https?://[^\s\"<]+", text))
        assert len(links) <= self.most_links, links
        assert links == set(re.findall(r"https?://[^\s\"<]+", html)), "text and HTML differ"
        assert all(link.startswith(f"{self.home}/") for link in links), links

    def link(self, to: str, subject: str) -> str:
        """The first link in the newest mail to somebody with a subject."""
        mail = next(each for each in reversed(self.sink.to(to)) if each["Subject"] == subject)
        return re.findall(r"https?://\S+", mail.get_body(("plain",)).get_content())[0]
