"""Addresses below `/desk/` for those who review; the menu leads to the one named `desk_queue`."""

from django.urls import path

from site_core.desk.review import history, views

urlpatterns = [
    path("review/", views.queue, name="desk_queue"),
    path("review/<int:task_state_id>/", views.review, name="desk_review"),
    path("review/<int:task_state_id>/preview/", views.preview, name="desk_review_preview"),
    path("history/<int:page_id>/", history.history, name="desk_history"),
]
