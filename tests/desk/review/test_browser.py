"""Queue, review, history and what comes too late in a browser: rules of access, keys alone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from site_core.moderation import actions
from site_core.moderation.models import Decision
from tests.factories.pages import VISIT, stored
from tests.moderation.conftest import approve, write
from tests.support.axe import violations

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey, pytest.mark.a11y]


def enter(page, live_server, client) -> None:
    """Bring the log-in of a test client into the browser."""
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )


def state_of(page) -> int:
    return stored(page).current_workflow_task_state.pk


@pytest.fixture
def work(rounds, live, submitted):
    """A late change with comments and blocks of every fate, a new page, one that is not hers."""
    draft = stored(live).get_latest_revision_as_object()
    draft.short = "Soita meille. Kerromme, mistä saat tukea."
    draft.body[0].value.source = '<p>Neuvomme <a href="https://example.org">arjessa</a>.</p>'
    draft.channels[0].value["number"] = "040 999 8888"
    draft.channels.append(("in_person", VISIT["value"]))
    draft.save_revision(user=rounds.author)
    actions.submit(stored(live), rounds.author)
    actions.comment(stored(live), rounds.language2, "short", "Onko tämä oikein?")
    TaskState.objects.filter(pk=state_of(live)).update(
        started_at=timezone.now() - timedelta(days=9)
    )
    other = write(rounds.home, "Kolmas", by=rounds.author)
    actions.submit(other, rounds.author)
    approve(other, rounds.language2)
    return live


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_of_a_reviewer_passes_axe_and_fits(
    rounds, work, submitted, page, live_server, width
):
    client = rounds.client("language")
    enter(page, live_server, client)
    late = state_of(submitted)
    addresses = [
        reverse("desk_queue"),
        reverse("desk_review", args=[state_of(work)]),
        reverse("desk_review", args=[late]),
        reverse("desk_history", args=[work.pk]),
    ]
    page.set_viewport_size({"width": width, "height": 800})
    for address in addresses:
        page.goto(live_server.url + address)
        page.evaluate("document.querySelectorAll('details.more').forEach(d => { d.open = true })")
        assert violations(page) == ""
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(live_server.url + reverse("desk_review", args=[late]))
    page.locator("#id_outcome_1").check()
    page.locator("button[value=next]").click()
    page.wait_for_selector("[role=alert]")
    assert violations(page) == ""
    actions.approve(stored(submitted), rounds.language2, stored(submitted).latest_revision_id)
    page.locator("#id_reason").select_option("facts")
    page.locator("#id_text").fill("Lisää puhelinaika.")
    page.locator("button[value=next]").click()
    page.wait_for_selector(".said")
    assert violations(page) == ""
    assert "Lisää puhelinaika." in page.content()


def test_a_reviewer_decides_and_goes_on_without_leaving_the_keyboard(
    rounds, work, submitted, nojs_page, live_server
):
    """From the queue to the decision and to the next one: Tab, Space, arrows and Enter alone."""
    page, first = nojs_page, state_of(work)
    enter(page, live_server, rounds.client("language"))
    page.goto(live_server.url + reverse("desk_queue"))
    walk_to(page, f"a.btn[href='{reverse('desk_review', args=[first])}']")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{reverse('desk_review', args=[first])}")
    walk_to(page, "a[href='#decision']")
    page.keyboard.press("Enter")
    walk_to(page, "input[name=outcome]")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    following = reverse("desk_review", args=[state_of(submitted)])
    page.wait_for_url(f"**{following}#content")  # at its top, not at the decision as before
    assert Decision.objects.filter(task_state=first, outcome="approved").exists()


def walk_to(page, selector: str, most: int = 60) -> None:
    """Press Tab until the element has the focus, and see that it shows."""
    for _press in range(most):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count() and focused.evaluate("(e, s) => e.matches(s)", selector):
            assert focused.evaluate("e => getComputedStyle(e).outlineStyle !== 'none'") or (
                selector.startswith("input")
            )
            return
    raise AssertionError(f"{selector} is not reached by Tab")
