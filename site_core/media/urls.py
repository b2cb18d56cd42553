"""Addresses of originals, included under the `base_url` of the storage `originals`."""

from django.urls import path

from site_core.media.views import original

urlpatterns = [path("<path:name>", original, name="media_original")]
