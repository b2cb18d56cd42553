"""Addresses below `/desk/` for those who run courses; the menu leads to `desk_courses`."""

from django.urls import include, path

from . import courses, groups, questions, sessions

ONE = [
    path("", courses.course, name="desk_course"),
    path("facts/", courses.facts, name="desk_course_facts"),
    path("questions/new/", questions.new, name="desk_question_new"),
    path("questions/<int:pk>/", questions.question, name="desk_question"),
    path("groups/new/", groups.new, name="desk_group_new"),
    path("groups/<int:pk>/", groups.group, name="desk_group"),
    path("groups/<int:pk>/cancel/", groups.cancel, name="desk_group_stop"),
    path("groups/<int:pk>/remove/", groups.remove, name="desk_group_remove"),
    path("groups/<int:pk>/sessions/new/", sessions.new, name="desk_sessions_new"),
    path("groups/<int:offering>/people/", include("site_core.desk.trainers.people.urls")),
    path("sessions/<int:pk>/", sessions.session, name="desk_session"),
    path("sessions/<int:pk>/cancel/", sessions.cancel, name="desk_session_cancel"),
    path("sessions/<int:pk>/link/", sessions.join_link, name="desk_join_link"),
]
"""Below one course."""

urlpatterns = [
    path("courses/", courses.courses, name="desk_courses"),
    path("courses/<int:course>/", include(ONE)),
]
