"""Addresses of signing in below `/desk/`."""

from django.urls import path

from site_core.desk.signin import codes, people

urlpatterns = [
    path("sign-in/", codes.second_step, name="desk_second_step"),
    path("sign-in/code/", codes.code, name="desk_code"),
    path("sign-in/set-up/", codes.set_up, name="desk_code_set_up"),
    path("sign-in/recovery/", codes.recovery_codes, name="desk_recovery_codes"),
    path("sign-in/recovery/new/", codes.new_recovery_codes, name="desk_recovery_codes_new"),
    path("sign-in/off/", codes.take_off, name="desk_code_off"),
    path("accounts/", people.accounts, name="desk_accounts"),
    path("accounts/<int:pk>/reset/", people.reset, name="desk_account_reset"),
]
