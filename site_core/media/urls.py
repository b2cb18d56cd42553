"""Addresses of originals; `base_url` of the storage `originals` names the same place."""

from django.urls import path

from site_core.media.views import original

urlpatterns = [path("originals/<path:name>", original, name="media_original")]
