"""Addresses below `/desk/` for those who review; the menu leads to the one named `desk_queue`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
