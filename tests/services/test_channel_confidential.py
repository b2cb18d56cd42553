"""A confidential service keeps no address: not live, not as a draft, not in a revision."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Revision
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from services.models import ServicePage

PHONE = ("phone", {"number": "016 123 456", "label": "", "cost": "", "note": ""})
NO_HOURS = {
    "weekly": {"count": 0},
    "exceptions": {"count": 0},
    "holidays": "closed",
}


def phone(**changes) -> tuple[str, dict]:
    kind, value = PHONE
    return kind, {**value, "hours": NO_HOURS, "languages": {"count": 0}, **changes}


def place(**changes) -> tuple[str, dict]:
    value = {"street": "", "postal_code": "", "town": "", "cost": "", "note": "Soita ensin."}
    return "in_person", {**value, "hours": NO_HOURS, "languages": {"count": 0}, **changes}


def form(*channels, **changes) -> dict:
    fields = {
        "title": "Turvaa perheille",
        "slug": "turvaa",
        "kind": "service",
        "summary": "Turvallinen paikka.",
        "short": "Pääset suojaan mihin aikaan tahansa.",
        "alert": "",
        "coverage": "all_lapland",
        "confidential": "on",
        "audience": "residents",
        "price": "free",
        "price_note": "",
        "referral_for": "",
        "referral_how": "",
        "referral_reply": "",
        "picture": "",
        "picture_alt": "",
        "reviewed_by_speaker": "",
        "body": streamfield([]),
        "channels": streamfield(list(channels)),
        "occurrences": inline_formset([]),
        "comments": inline_formset([]),
        **changes,
    }
    return nested_form_data(fields)


def add(shelter, *channels, **changes):
    address = reverse("wagtailadmin_pages:add", args=["services", "servicepage", shelter.home.pk])
    return shelter.client.post(address, form(*channels, **changes))


def faults(answer) -> dict:
    return json.loads(answer.context["form"].errors.as_json())


def stored() -> str:
    return json.dumps(list(Revision.objects.values_list("content", flat=True)))


def test_a_confidential_service_without_address_is_saved(shelter):
    assert add(shelter, phone(), place()).status_code == 302
    assert ServicePage.objects.get().confidential


def test_the_same_service_may_have_an_address_when_it_is_no_secret(shelter):
    answer = add(shelter, place(street="Salakatu 1", town="Pello"), confidential="")
    assert answer.status_code == 302
    assert "Salakatu 1" in stored()


@pytest.mark.leak
@pytest.mark.parametrize(
    ("channels", "changes", "field"),
    [
        ([place(street="Salakatu 1")], {}, "channels"),
        ([phone(), place(town="Pello")], {}, "channels"),
        ([phone(note="Salakatu 1")], {}, "channels"),
        ([phone()], {"title": "Turvaa, Salakatu 1"}, "title"),
        ([phone()], {"short": "Tule osoitteeseen Salakatu 1."}, "short"),
        ([phone()], {"referral_reply": "Postia: 95700 Pello"}, "referral_reply"),
    ],
)
def test_an_address_is_refused_even_in_a_draft(shelter, channels, changes, field):
    answer = add(shelter, *channels, **changes)
    assert answer.status_code == 200
    assert list(faults(answer)) == [field]
    assert not ServicePage.objects.exists()
    assert "Salakatu" not in stored()


@pytest.mark.leak
def test_the_fault_is_shown_at_its_channel(shelter):
    shown = add(shelter, phone(), place(street="Salakatu 1")).content.decode()
    assert "blockErrors" in shown


@pytest.mark.leak
def test_nothing_publishes_an_address_that_a_script_wrote(shelter):
    page = ServicePage(
        title="Turvaa", summary="x", short="Salakatu 1", confidential=True, live=False
    )
    shelter.home.add_child(instance=page)
    with pytest.raises(ValidationError):
        page.save_revision().publish()
    assert not ServicePage.objects.get(pk=page.pk).live
