"""Addresses of feedback, under the prefix of each language."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.feedback, name="feedback"),
    path("sent/", views.sent, name="feedback_sent"),
    path("helpful/", views.helpful, name="helpful"),
]
