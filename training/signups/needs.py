"""What people need in order to take part, as it is kept: one JSON text for each sign-up.

Needs tell of health, so they are asked only where the trainer turned them on, written down only
with the person's explicit consent, and hold the version of the text she agreed to with the time.
Pure: no models, no Django.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

INTERPRETERS: Final = ("fse", "fss", "se", "smn", "sms", "fi", "sv")
"""Languages one may need an interpreter for (ISO 639): the two sign languages of Finland first."""
CONSENT: Final = "2026-11"
"""Version of the words agreed to; raise it with every change of them."""


@dataclass(frozen=True, slots=True)
class Needs:
    """The needs of all people of a sign-up. `consent` is the version agreed to, `consented_at` an
    ISO time. False where nothing is needed."""

    interpreter: tuple[str, ...] = ()
    captions: bool = False
    access: str = ""
    diet: str = ""
    consent: str = ""
    consented_at: str = ""

    def __bool__(self) -> bool:
        return bool(self.interpreter or self.captions or self.access or self.diet)

    def agreed(self, now: datetime) -> "Needs":
        """The same with consent to today's words, given `now`."""
        return Needs(
            self.interpreter, self.captions, self.access, self.diet, CONSENT, now.isoformat()
        )


def write(needs: Needs) -> str:
    """The text to keep; empty where nothing is needed."""
    return json.dumps(asdict(needs), ensure_ascii=False) if needs else ""


def read(text: str | None) -> Needs:
    """The needs in a kept text. Languages that are not known any more stay."""
    if not text:
        return Needs()
    kept = json.loads(text)
    return Needs(
        interpreter=tuple(kept.get("interpreter", ())),
        captions=bool(kept.get("captions", False)),
        access=str(kept.get("access", "")),
        diet=str(kept.get("diet", "")),
        consent=str(kept.get("consent", "")),
        consented_at=str(kept.get("consented_at", "")),
    )
