"""Addresses below `/desk/` for those who write."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
