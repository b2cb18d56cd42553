"""The app's models, gathered where Django looks for them."""

from training.courses import Course, Offering, Session
from training.training_page import TrainingPage, TrainingTargetGroup, TrainingTheme

__all__ = ["Course", "Offering", "Session", "TrainingPage", "TrainingTargetGroup", "TrainingTheme"]
