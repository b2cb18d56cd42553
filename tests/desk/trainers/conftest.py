"""The people of two organisations with a course each come to the trainer's desk."""

from tests.training.conftest import people, tree  # noqa: F401 - fixtures
