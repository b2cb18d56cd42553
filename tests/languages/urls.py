"""A site as small as the middleware tests need: a catch-all under prefixes, and other roots."""

from django.conf.urls.i18n import i18n_patterns
from django.http import Http404, HttpResponse, HttpResponseNotFound
from django.urls import path, re_path
from django.utils.translation import get_language


def _say(request, **kwargs):
    return HttpResponse(get_language())


def _missing(request, **kwargs):
    raise Http404


def handler404(request, exception):
    """Plain: the portal's own page needs the portal's addresses."""
    return HttpResponseNotFound()


urlpatterns = [
    path("api/known/", _say),
    path("cms/", _say),
    *i18n_patterns(path("missing/", _missing), re_path(r"^(?P<rest>.*)$", _say)),
]
