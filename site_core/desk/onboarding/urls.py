"""Addresses below `/desk/` for applications to join."""

from django.urls import path

from . import review_views

urlpatterns = [
    path("applications/", review_views.applications, name="desk_applications"),
    path("applications/<int:pk>/", review_views.application, name="desk_application"),
]
