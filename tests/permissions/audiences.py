"""Who an address is for. Whoever is not named is kept out: by the log-in, a refusal or a 404."""

from pathlib import Path

from tests.permissions.world import ROLES

_MEMBERS_A = {"author_a", "lead_a", "trainer_a"}
_EDITORS = {"editor", "admin"}

AUDIENCES: dict[str, set[str]] = {
    "everybody": set(ROLES),
    "signed_in": set(ROLES) - {"anonymous"},
    # Whoever may enter the admin; lists there show what is hers.
    "admin_area": set(ROLES) - {"anonymous", "stranger"},
    # Whoever has pages in the tree or reviews, here with A's branch.
    "explorers": set(ROLES) - {"anonymous", "stranger", "author_b"},
    "own_pages": _MEMBERS_A | _EDITORS | {"translator"},
    "own_files": _MEMBERS_A | _EDITORS,
    "any_files": _MEMBERS_A | _EDITORS | {"author_b"},
    "members": _MEMBERS_A | {"author_b"},
    "members_a": _MEMBERS_A,
    "lead_a": {"lead_a"},
    # Whoever runs A's courses; the list shows what is hers.
    "runners_a": {"lead_a", "trainer_a"} | _EDITORS,
    # The page waits for the language check.
    "turn": {"language", "admin"},
    "turn_and_writers": _MEMBERS_A | _EDITORS | {"translator", "language"},
    "portal_staff": _EDITORS | {"language", "moderator", "translator"},
    "staff_lists": _EDITORS | {"moderator"},
    "translators": _EDITORS | {"translator"},
    "editors": _EDITORS,
    "administrators": {"admin"},
    # Switched off, without anything behind it here, or what an organisation's page allows nobody.
    "nobody": set(),
}
FAULTS = {
    "cms/failwhale/": "made to fail",
    "cms/localize/translate/<int:translation_id>/pofile/upload/": "localize fails without a file",
    "cms/redirects/import/process/": "Wagtail fails without the fields of the step before",
}
"""Where a server error is the stock answer to a bare request; it counts as open."""


def expectations() -> dict[str, set[str]]:
    """The roles that get in, by the text of the route. Raises where one is listed twice."""
    found: dict[str, set[str]] = {}
    audience: set[str] = set()
    for line in Path(__file__).with_name("addresses.txt").read_text().splitlines():
        if line.startswith("["):
            audience = AUDIENCES[line.strip("[]")]
        elif line and not line.startswith("#"):
            if line in found:
                raise ValueError(f"{line} is listed twice.")
            found[line] = audience
    return found
