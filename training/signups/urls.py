"""Addresses of course sign-ups, under the prefix of each language.

A course is named by the key of its public entry, which all its language versions share.
"""

from django.urls import path

from training.signups import own_views, views

urlpatterns = [
    path("privacy/", views.privacy, name="signup_privacy"),
    path("mine/", own_views.lost, name="signup_lost"),
    path("mine/<str:token>/", own_views.mine, name="signup_mine"),
    path("mine/<str:token>/confirm/", own_views.confirm, name="signup_confirm"),
    path("mine/<str:token>/change/<slug:part>/", own_views.change, name="signup_change"),
    path("mine/<str:token>/cancel/", own_views.cancel, name="signup_cancel"),
    path("mine/<str:token>/erase/", own_views.erase, name="signup_erase"),
    path("mine/<str:token>/data.json", own_views.data, name="signup_data"),
    path("mine/<str:token>/calendar.ics", own_views.own_calendar, name="signup_calendar"),
    path("next-time/<str:token>/", own_views.next_time_mine, name="next_time_mine"),
    path("<uuid:key>/sign-up/", views.sign_up, name="signup"),
    path("<uuid:key>/sign-up/sent/", views.sent, name="signup_sent"),
    path("<uuid:key>/next-time/", views.next_time_form, name="next_time"),
    path("<uuid:key>/next-time/sent/", views.next_time_sent, name="next_time_sent"),
    path("<uuid:key>/calendar.ics", views.course_calendar, name="course_calendar"),
]
