"""The app's models, gathered where Django looks for them."""

from training.courses import Course, Offering, Session
from training.questions import Question
from training.sessions import Attendance, JoinLink, SessionChange
from training.signups.models import Answer, Attendee, NextTime, Pool, Seat, SignUp
from training.training_page import TrainingPage, TrainingTargetGroup, TrainingTheme

__all__ = [
    "Answer",
    "Attendance",
    "Attendee",
    "Course",
    "JoinLink",
    "NextTime",
    "Offering",
    "Pool",
    "Question",
    "Seat",
    "Session",
    "SessionChange",
    "SignUp",
    "TrainingPage",
    "TrainingTargetGroup",
    "TrainingTheme",
]
