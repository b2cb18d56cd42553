"""The app's models, gathered where Django looks for them."""

from training.courses import Course, Offering, Session
from training.signups.models import Attendee, Pool, Seat, SignUp
from training.training_page import TrainingPage, TrainingTargetGroup, TrainingTheme

__all__ = [
    "Attendee",
    "Course",
    "Offering",
    "Pool",
    "Seat",
    "Session",
    "SignUp",
    "TrainingPage",
    "TrainingTargetGroup",
    "TrainingTheme",
]
