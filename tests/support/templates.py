"""Make templates of the test databases before tests ask for them.

python -m tests.support.templates STAGE...
"""

import sys

import django


def main() -> None:
    django.setup()
    from tests.support.database import TestDatabase  # needs Django

    database = TestDatabase()
    for stage in sys.argv[1:]:
        database.template(stage)


if __name__ == "__main__":
    main()
