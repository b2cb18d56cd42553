"""The check of our data for machines sees what schema.org does not know."""

import pytest

from tests.support.schema_org import faults

SERVICE = {"@context": "https://schema.org", "@type": "Service", "name": "Neuvonta"}
CHANNEL = {"@type": "ServiceChannel", "serviceUrl": "https://example.org/"}


def test_what_is_right_passes():
    assert list(faults({**SERVICE, "availableChannel": [CHANNEL]})) == []


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"@type": "Servce"}, "no such type"),
        ({"@context": None}, "no context"),
        ({"inLanguage": "fi"}, "no such property"),
        ({"nome": "Neuvonta"}, "no such property"),
        ({"name": ""}, "is none of"),
        ({"url": "/fi/"}, "is none of"),
        ({"provider": "Lumituki ry"}, "is none of"),
        ({"availableChannel": [{"@type": "Place"}]}, "is none of"),
        ({"availableChannel": [CHANNEL | {"opens": "9.00"}]}, "no such property"),
        ({"offers": {"@type": "Offer", "price": True}}, "is none of"),
    ],
)
def test_what_is_wrong_is_told(wrong, told):
    assert told in "\n".join(faults({**SERVICE, **wrong}))
