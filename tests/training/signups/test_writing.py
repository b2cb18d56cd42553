"""What a trainer writes reaches whom she chose, in her words, once."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import ModelLogEntry

from site_core.outbox.models import Message
from tests.factories.organisations import PersonFactory
from tests.factories.training import OfferingFactory
from training.signups import messages
from training.signups.actions import cancel, change_capacity
from training.signups.models import SignUp
from training.signups.writing import LONGEST, send_message

from .making import NOW, join, of

pytestmark = pytest.mark.django_db

TEXT = "Ottakaa <kumisaappaat> mukaan.\n\nTerveisin Maija"


@pytest.fixture
def offering():
    offering = OfferingFactory(course__text_language="fi")
    change_capacity(offering, 2, now=NOW)
    for who, language in zip("abc", ("fi", "sv", "se"), strict=True):
        join(offering, who, language=language)
    return offering


@pytest.fixture
def trainer():
    return PersonFactory(is_superuser=True)


def written() -> list[str]:
    return [mail.to[0] for mail in Message.objects.filter(kind=messages.MESSAGE).order_by("pk")]


def test_it_goes_to_whom_she_chose_among_the_groups_own(offering, trainer):
    other = OfferingFactory()
    change_capacity(other, None, now=NOW)
    join(other, "x")
    cancel(of(offering, "a"), now=NOW)
    assert send_message(offering, TEXT, to=SignUp.objects.exclude(pk=0), by=trainer) == 2
    assert written() == ["b", "c"]
    assert send_message(offering, TEXT, to=[of(offering, "c")], by=trainer) == 1
    assert written() == ["b", "c", "c"]


def test_her_words_stand_as_she_wrote_them_and_in_their_language(offering, trainer):
    send_message(offering, TEXT, to=offering.signups.all(), by=trainer)
    in_finnish, in_swedish, in_sami = Message.objects.filter(kind=messages.MESSAGE).order_by("pk")
    assert TEXT in in_finnish.text
    assert "Ottakaa &lt;kumisaappaat&gt; mukaan.</p>" in in_finnish.html
    assert 'lang="fi"' not in in_finnish.html.split("<blockquote")[1].split(">")[0]
    for mail in (in_swedish, in_sami):
        assert 'lang="fi"' in mail.html.split("<blockquote")[1].split(">")[0]
    send_message(offering, "Buorre!", to=[of(offering, "c")], by=trainer, language="se")
    latest = Message.objects.filter(kind=messages.MESSAGE).latest("pk")
    assert 'lang="se"' not in latest.html.split("<blockquote")[1].split(">")[0]


def test_the_same_form_twice_is_one_message(offering, trainer):
    key = uuid.uuid4()
    everybody = list(offering.signups.all())
    assert send_message(offering, TEXT, to=everybody, by=trainer, key=key) == 3
    assert send_message(offering, TEXT, to=everybody, by=trainer, key=key) == 0
    assert written() == ["a", "b", "c"]


def test_the_log_says_to_how_many_and_not_what(offering, trainer):
    send_message(offering, TEXT, to=offering.signups.all(), by=trainer)
    entry = ModelLogEntry.objects.get(action="training.message")
    assert entry.data == {"people": 3}


@pytest.mark.parametrize("text", ["", "  \n", "x" * (LONGEST + 1)])
def test_nothing_and_too_much_are_refused(offering, trainer, text):
    with pytest.raises(ValidationError):
        send_message(offering, text, to=offering.signups.all(), by=trainer)
    assert written() == []


@pytest.mark.permission
def test_only_who_runs_the_course_writes(offering):
    with pytest.raises(PermissionDenied):
        send_message(offering, TEXT, to=offering.signups.all(), by=PersonFactory())


def test_writing_to_many_costs_few_queries(offering, trainer, django_assert_max_num_queries):
    change_capacity(offering, None, now=NOW)
    for number in range(20):
        join(offering, f"p{number}")
    with django_assert_max_num_queries(22):
        assert send_message(offering, TEXT, to=offering.signups.all(), by=trainer) == 23
