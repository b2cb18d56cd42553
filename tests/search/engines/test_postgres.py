"""What holds on PostgreSQL alone."""

import pytest
from django.db import connection

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="only there"),
]


def test_statements_are_not_compiled():
    """Compiling those of a filtered listing takes a second."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)
