"""Addresses of the search, under the prefix of each language."""

from django.urls import path

from . import views

urlpatterns = [path("", views.search, name="search")]
