"""Addresses below `/desk/` for those who write."""

from django.urls import path

from site_core.desk.authors import deeds, views, writing

urlpatterns = [
    path("entries/", views.entries, name="desk_entries"),
    path("entries/new/<slug:code>/", writing.new, name="desk_new"),
    path("entries/<int:pk>/", writing.edit, name="desk_edit"),
    path("entries/<int:pk>/preview/", views.preview, name="desk_preview"),
    path("entries/<int:pk>/languages/", deeds.languages, name="desk_languages"),
    path("entries/<int:pk>/take-back/", deeds.take_back, name="desk_take_back"),
    path("entries/<int:pk>/confirm/", deeds.confirm, name="desk_confirm"),
    path("entries/<int:pk>/delete/", deeds.delete, name="desk_delete"),
]
