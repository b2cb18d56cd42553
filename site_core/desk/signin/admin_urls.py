"""Addresses below `/cms/` that take the place of Wagtail's own, under the same names."""

from django.urls import path
from django.views.generic import RedirectView

from site_core.desk.signin import log_in, passwords

urlpatterns = [
    path("login/", log_in.LogInView.as_view(), name="wagtailadmin_login"),
    path("logout/", log_in.log_out, name="wagtailadmin_logout"),
    path("password_reset/", passwords.forgotten, name="wagtailadmin_password_reset"),
    path("password_reset/done/", passwords.sent, name="wagtailadmin_password_reset_done"),
    path(
        "password_reset/confirm/<uidb64>/<token>/",
        passwords.ChoosePasswordView.as_view(),
        name="wagtailadmin_password_reset_confirm",
    ),
    path(
        "password_reset/complete/",
        RedirectView.as_view(pattern_name="desk_home"),
        name="wagtailadmin_password_reset_complete",
    ),
]
