"""The app's models, gathered where Django looks for them."""

from training.courses import Course, Offering, Session

__all__ = ["Course", "Offering", "Session"]
