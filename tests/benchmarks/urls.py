"""The portal's addresses, and its pages by Wagtail's stock road beside them."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.static import serve as serve_file
from wagtail.urls import serve_pattern
from wagtail.views import serve

from site_core.urls import handler403, handler404, urlpatterns  # noqa: F401

urlpatterns = [
    re_path(r"^media/(?P<path>.*)$", serve_file, {"document_root": settings.MEDIA_ROOT}),
    *i18n_patterns(path("stock/", include([re_path(serve_pattern, serve)]))),
    *urlpatterns,
]
