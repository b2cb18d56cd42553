"""Addresses below `/desk/` for members; the menu leads to the one named `desk_members`."""

from django.urls import path

from . import organisations, views

urlpatterns = [
    path("members/", views.index, name="desk_members"),
    path("members/<int:organisation>/", views.people, name="desk_people"),
    path("members/<int:organisation>/invite/", views.invite, name="desk_invite"),
    path("members/<int:organisation>/leave/", views.leave, name="desk_leave"),
    path("members/<int:organisation>/people/<int:pk>/", views.member, name="desk_member"),
    path(
        "members/<int:organisation>/invitations/<int:pk>/withdraw/",
        views.withdraw,
        name="desk_withdraw",
    ),
    path("organisations/", organisations.organisations, name="desk_organisations"),
    path("organisations/<int:pk>/", organisations.organisation, name="desk_organisation"),
]
