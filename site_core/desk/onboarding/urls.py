"""Addresses below `/desk/` for applications to join."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
