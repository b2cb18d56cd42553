"""A column that only those who hold the keys can read."""

import pytest
from django.core.exceptions import FieldError
from django.db import connection

from site_core.encrypted import Unreadable, new_key
from tests.training.signups.making import join, of, offering_with
from training.models import Answer

pytestmark = pytest.mark.django_db
TOLD = "Viittomakielen tulkki, kiitos"


@pytest.fixture
def answer() -> Answer:
    offering = offering_with(1)
    join(offering, "aino", answers={None: TOLD})
    return of(offering, "aino").answers.get()


def stored(answer: Answer) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT value FROM {Answer._meta.db_table} WHERE id = %s", [answer.pk])
        return cursor.fetchone()[0]


def test_the_database_holds_nothing_to_read(answer):
    assert "tulkki" not in stored(answer)
    assert Answer.objects.get(pk=answer.pk).value == TOLD


def test_the_same_text_is_another_each_time(answer):
    first = stored(answer)
    answer.save()
    assert stored(answer) != first


def test_a_new_key_writes_and_the_old_one_still_reads(answer, settings):
    settings.PERSONAL_DATA_KEYS = [new_key(), *settings.PERSONAL_DATA_KEYS]
    answer.refresh_from_db()
    assert answer.value == TOLD
    answer.save()
    settings.PERSONAL_DATA_KEYS = settings.PERSONAL_DATA_KEYS[:1]
    answer.refresh_from_db()
    assert answer.value == TOLD


def test_without_its_key_it_is_not_taken_for_empty(answer, settings):
    settings.PERSONAL_DATA_KEYS = [new_key()]
    with pytest.raises(Unreadable):
        Answer.objects.get(pk=answer.pk)


def test_nothing_is_looked_up_by_it():
    with pytest.raises(FieldError):
        Answer.objects.filter(value=TOLD).first()
    with pytest.raises(FieldError):
        Answer.objects.filter(value__icontains="tulkki").first()
