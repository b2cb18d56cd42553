"""wagtail-localize within our rights: its views ask one global permission, or too little.

Its own addresses are registered first with these guards, so `reverse()` finds the same paths
(pitfalls A1, A2, A2b). Taking a page down takes its translations along, and only with the right to
each (A9).
"""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import include, path
from wagtail.models import Page
from wagtail_localize.models import TranslationSource
from wagtail_localize.views.convert import convert_to_alias
from wagtail_localize.views.submit_translations import SubmitPageTranslationView
from wagtail_localize.views.update_translations import UpdateTranslationsView


class GuardedSubmitView(SubmitPageTranslationView):
    """Core asks only for the global right to submit; ours also for the right to edit this page."""

    def dispatch(self, request, *args, **kwargs):
        page = get_object_or_404(Page, pk=kwargs["page_id"]).specific
        if not page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class GuardedUpdateView(UpdateTranslationsView):
    """Core publishes whatever hangs on the source; ours asks the right to publish each page of it.

    Asked for publishing or not: the update writes the translations' stored texts either way.
    """

    def dispatch(self, request, *args, **kwargs):
        source = get_object_or_404(TranslationSource, pk=kwargs["translation_source_id"])
        for page in pages_of(source):
            if not page.permissions_for_user(request.user).can_publish():
                raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


def guarded_convert_to_alias(request, page_id):
    """Core asks for the right to edit; the deed replaces live content, so ours asks to publish."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    return convert_to_alias(request, page_id)


def pages_of(source: TranslationSource) -> list[Page]:
    """The source page and its translations; nothing for what is no page."""
    return list(Page.objects.filter(translation_key=source.object_id).specific())


def guarded_urls():
    """Hook `register_admin_urls`, before wagtail-localize's own."""
    urls = [
        path(
            "submit/page/<int:page_id>/",
            GuardedSubmitView.as_view(),
            name="submit_page_translation",
        ),
        path(
            "update/<int:translation_source_id>/",
            GuardedUpdateView.as_view(),
            name="update_translations",
        ),
        path(
            "page/<int:page_id>/convert_to_alias/",
            guarded_convert_to_alias,
            name="convert_to_alias",
        ),
    ]
    return [path("localize/", include((urls, "wagtail_localize"), namespace="wagtail_localize"))]
