"""Addresses of a group's people, below that of the group."""

from django.urls import path

from . import attendance, deeds, files, needs, views, writing

urlpatterns = [
    path("", views.people, name="desk_group_people"),
    path("new/", deeds.sign_up, name="desk_group_sign_up"),
    path("<int:pk>/promote/", deeds.promote, name="desk_group_promote"),
    path("<int:pk>/cancel/", deeds.cancel, name="desk_group_cancel"),
    path("needs/", needs.needs, name="desk_group_needs"),
    path("attendance/", attendance.sessions, name="desk_group_attendance"),
    path("attendance/<int:session>/", attendance.session, name="desk_group_session_attendance"),
    path("files/", files.choose, name="desk_group_files"),
    path("list/", files.on_paper, name="desk_group_list"),
    path("message/", writing.write, name="desk_group_message"),
    path("message/send/", writing.send, name="desk_group_message_send"),
]
