"""Addresses below `/desk/`."""

from django.urls import include, path

from site_core.desk import home

urlpatterns = [
    path("", home.home, name="desk_home"),
    path("", include("site_core.desk.signin.urls")),
    path("", include("site_core.desk.authors.urls")),
    path("", include("site_core.desk.trainers.urls")),
    path("", include("site_core.desk.members.urls")),
    path("", include("site_core.desk.review.urls")),
    path("", include("site_core.desk.onboarding.urls")),
]
