"""The composition root: every address of the portal."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path, re_path
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls
from wagtail.urls import serve_pattern
from wagtail.urls import urlpatterns as wagtail_urlpatterns

from search import urls as search_urls
from site_core.desk.signin.log_in import LogInView
from site_core.feedback import urls as feedback_urls
from site_core.media import urls as media_urls
from site_core.portal import look, offline, reading, sitemaps

handler403 = "site_core.portal.errors.forbidden"
handler404 = "site_core.portal.errors.not_found"

OURS = ("wagtail_serve", "wagtailcore_login")
"""Names of Wagtail's for which views of ours stand."""

urlpatterns = [
    path("cms/", include("site_core.desk.signin.admin_urls")),  # before Wagtail's own
    path("cms/", include(admin_urls)),
    path("desk/", include("site_core.desk.urls")),
    path("documents/", include(document_urls)),
    path("originals/", include(media_urls)),
    path("sw.js", offline.worker, name="service_worker"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("robots.txt", sitemaps.robots, name="robots"),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    *i18n_patterns(
        path("search/", include(search_urls)),
        path("feedback/", include(feedback_urls)),
        path("join/", include("site_core.desk.onboarding.public_urls")),
        path("courses/", include("training.signups.urls")),
        path("_look/", look.look, name="look"),
        path("offline/", offline.offline, name="offline"),
        path("e/<uuid:key>/", reading.by_key, name="entry"),
        # Where restricted pages ask for a log-in: Wagtail's own view knows no limit of tries.
        path("_util/login/", LogInView.as_view(), name="wagtailcore_login"),
        # Wagtail's password form comes first; every other address is read from entries.
        *(pattern for pattern in wagtail_urlpatterns if pattern.name not in OURS),
        re_path(serve_pattern, reading.read, name="wagtail_serve"),
    ),
]
