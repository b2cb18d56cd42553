"""Who may do what to a page of A, in which state: the expectation, written by hand.

For each deed the roles that may, first for all states, then for those that differ.
"""

from tests.permissions.world import ROLES, STATES

MEMBERS = {"author_a", "lead_a", "trainer_a"}
EDITORS = {"editor", "admin"}
ADMIN = {"admin"}
WRITERS = MEMBERS | EDITORS | {"translator"}
"""Whoever may change the page: its organisation, and staff with rows on the whole tree."""
NOBODY: set[str] = set()
EVERYBODY = set(ROLES)
LANGUAGE, CONTENT = {"language", "admin"}, {"moderator", "admin"}

PUBLIC = ("live", "live_changed", "live_in_review")
ONCE_PUBLIC = (*PUBLIC, "hidden", "expired")
IN_TURN = {"language_check": LANGUAGE, "live_in_review": LANGUAGE, "content_check": CONTENT}
"""The only states in which a reviewer has a say, and who she is."""


def everywhere(roles: set[str], **states: set[str]) -> dict[str, set[str]]:
    """The same roles in every state but those named."""
    return {state: states.get(state, roles) for state in STATES}


def in_turn(others: set[str] = NOBODY) -> dict[str, set[str]]:
    """The reviewer of the step, besides others in every state."""
    return {state: others | IN_TURN.get(state, NOBODY) for state in STATES}


EXPECTED: dict[str, dict[str, set[str]]] = {
    # what Wagtail's views ask
    "edit": everywhere(WRITERS, scheduled=NOBODY, **IN_TURN),
    "delete": everywhere(WRITERS, **dict.fromkeys(ONCE_PUBLIC, EDITORS)),
    "publish": everywhere(NOBODY),  # the last approval does, and nobody by hand
    "unpublish": everywhere(
        NOBODY, live=EDITORS, live_changed=EDITORS, hidden=EDITORS, live_in_review=ADMIN
    ),
    "lock": everywhere(EDITORS, **dict.fromkeys(IN_TURN, ADMIN)),
    "set_view_restrictions": everywhere(EDITORS),
    "move": everywhere(WRITERS, **dict.fromkeys(ONCE_PUBLIC, EDITORS)),
    "add_subpage": everywhere(NOBODY),  # a service holds no pages
    # our own verbs
    "submit": everywhere(WRITERS, live=NOBODY, hidden=NOBODY, scheduled=NOBODY),
    "withdraw": everywhere(WRITERS),
    "approve": in_turn(),
    "ask_changes": in_turn(),
    "reject": in_turn(),
    "comment": in_turn(),
    "translate": everywhere(WRITERS),
    "confirm": everywhere(WRITERS),
    "hide": everywhere(EDITORS),
    # what one may look at
    "read in public": everywhere(NOBODY, **dict.fromkeys(PUBLIC, EVERYBODY)),
    "look at in the admin": in_turn(WRITERS),
    "write at the desk": everywhere(MEMBERS),
    "read the history": in_turn(WRITERS),
}
