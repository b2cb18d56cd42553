"""Addresses of joining, under the prefix of each language."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.join, name="join"),
    path("sent/", views.sent, name="join_sent"),
    path("privacy/", views.privacy, name="join_privacy"),
    path("confirmed/", views.confirmed, name="join_confirmed"),
    path("accepted/", views.accepted, name="join_accepted"),
    path("confirm/<str:token>/", views.confirm, name="join_confirm"),
    path("complete/<str:token>/", views.complete, name="join_complete"),
    path("decision/<str:token>/", views.decision, name="join_decision"),
    path("invitation/<str:token>/", views.invitation, name="join_invitation"),
]
