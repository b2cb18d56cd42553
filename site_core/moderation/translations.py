"""wagtail-localize within our rights: its views ask one global permission, or too little.

Its own addresses are registered first with these guards, so `reverse()` finds the same paths
(pitfalls A1, A2, A2b, A2c). Taking a page down takes its translations along, and only with the
right to each (A9).
"""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import path
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.views import edit_translation
from wagtail_localize.views.convert import convert_to_alias
from wagtail_localize.views.submit_translations import SubmitPageTranslationView
from wagtail_localize.views.update_translations import UpdateTranslationsView

#: What takes a page down, and the right it needs on each translation.
RIGHTS = {
    "unpublish": lambda permissions: permissions.can_unpublish(),
    "delete": lambda permissions: permissions.can_delete(),
}


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


def while_unlocked(view):
    """Core forgets locks: texts in review could be changed under the reviewer's eyes (A2c)."""

    @wraps(view)
    def guarded(request, translation_id, *args, **kwargs):
        refuse_locked(request, get_object_or_404(Translation, pk=translation_id))
        return view(request, translation_id, *args, **kwargs)

    return guarded


def refuse_locked(request, translation: Translation) -> None:
    """Raise PermissionDenied where the page a translation belongs to is locked for the person."""
    page = Page.objects.filter(
        translation_key=translation.source.object_id, locale_id=translation.target_locale_id
    ).first()
    if page is not None and page.specific.permissions_for_user(request.user).page_locked():
        raise PermissionDenied


def refuse_publishing_locked(request, page: Page) -> None:
    """Hook `before_edit_page`: wagtail-localize's own Publish button asks for no lock either."""
    publishes = request.method == "POST" and request.POST.get("action") == "publish"
    if publishes and page.permissions_for_user(request.user).page_locked():
        raise PermissionDenied


def pages_of(source: TranslationSource) -> list[Page]:
    """The source page and its translations; nothing for what is no page."""
    return list(Page.objects.filter(translation_key=source.object_id).specific())


def guarded_urls():
    """Hook `register_admin_urls`, before wagtail-localize's own: the same paths, found first.

    Without its namespace, since Django warns of one used twice; its names reverse to these paths.
    """
    return [
        path("localize/submit/page/<int:page_id>/", GuardedSubmitView.as_view()),
        path("localize/update/<int:translation_source_id>/", GuardedUpdateView.as_view()),
        path("localize/page/<int:page_id>/convert_to_alias/", guarded_convert_to_alias),
        path(
            "localize/translate/<int:translation_id>/strings/<int:string_segment_id>/edit/",
            while_unlocked(edit_translation.edit_string_translation),
        ),
        path(
            "localize/translate/<int:translation_id>/overrides/<int:overridable_segment_id>/edit/",
            while_unlocked(edit_translation.edit_override),
        ),
        path(
            "localize/translate/<int:translation_id>/pofile/upload/",
            while_unlocked(edit_translation.upload_pofile),
        ),
        path(
            "localize/translate/<int:translation_id>/machine_translate/",
            while_unlocked(edit_translation.machine_translate),
        ),
    ]


def cascade(pages: list[Page], action: str) -> dict[Page, list[Page]]:
    """Hook `construct_translated_pages_to_cascade_actions`: translations go down with the original.

    Core carries the deed out without asking for rights, so they are asked here, of the person whose
    request it is. Raises PermissionDenied where one translation is not hers to take down: better
    nothing than half. Taking a translation down leaves the original alone.
    """
    if action not in RIGHTS:
        return {}
    user = get_active_log_context().user
    found = {page: translations_with(page, action) for page in pages}
    for translation in (t for translations in found.values() for t in translations):
        _require(user, translation, action)
    return found


def cascade_bulk(request, action_type: str, objects: list, bulk_action) -> None:
    """Hook `before_bulk_action`: core's bulk actions forget translations; add them to the list."""
    if action_type not in RIGHTS or not issubclass(bulk_action.model, Page):
        return
    present = {page.pk for page in objects}
    for page in list(objects):
        for translation in translations_with(page, action_type):
            _require(request.user, translation, action_type)
            if translation.pk not in present:
                present.add(translation.pk)
                objects.append(translation)


def translations_with(page: Page, action: str) -> list[Page]:
    """The translations that go down with a page; none where the page itself is a translation."""
    group = list(
        Page.objects.filter(translation_key=page.translation_key, alias_of=None)
        .order_by("pk")
        .specific()
    )
    if not group or group[0].pk != page.pk:
        return []
    return [other for other in group[1:] if other.live or action == "delete"]


def _require(user, page: Page, action: str) -> None:
    if user is None or not RIGHTS[action](page.permissions_for_user(user)):
        raise PermissionDenied
