"""Addresses below `/desk/` for members; the menu leads to the one named `desk_members`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
