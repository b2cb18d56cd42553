"""What an author does to an entry with one button. GET asks, POST does; twice does no harm."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.models import Page

from site_core.desk.access import member_required
from site_core.desk.authors import actions
from site_core.desk.authors.branches import own_page
from site_core.languages.registry import LANGUAGES
from site_core.moderation import actions as moderation


@require_POST
@member_required
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the entry back from the reviewers."""
    own = own_page(request, pk)
    if moderation.withdraw(own.page, request.user):
        told = _("You took it back. Go on writing, and send it when you are ready.")
        messages.success(request, told)
    return HttpResponseRedirect(reverse("desk_edit", args=[pk]))


@require_POST
@member_required
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Vouch that the published entry is true today."""
    own = own_page(request, pk)
    if not own.page.live:
        raise Http404
    moderation.confirm_current(own.page, by=request.user)
    messages.success(request, _("Thank you. Readers see that you confirmed it today."))
    return HttpResponseRedirect(reverse("desk_entries"))


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then delete a draft that was never public; 404 for what may not be deleted."""
    own = own_page(request, pk)
    if not actions.may_delete(own.page, request.user):
        raise Http404
    if request.method != "POST":
        return render(request, "desk/authors/delete.html", {"own": own})
    actions.delete_draft(own.page, by=request.user)
    messages.success(request, _("The draft is deleted."))
    return HttpResponseRedirect(reverse("desk_entries"))


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def languages(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a language, and make the entry in it: a draft of its own, in the original's words."""
    own = own_page(request, pk)
    versions = Page.objects.filter(
        translation_key=own.page.translation_key, alias_of=None
    ).values_list("locale__language_code", flat=True)
    open_languages = [each for code, each in LANGUAGES.items() if code not in set(versions)]
    context = {"own": own, "open_languages": open_languages}
    if request.method == "POST":
        language = request.POST.get("language", "")
        if language in LANGUAGES:
            made = _translated(request, own.page, language)
            return HttpResponseRedirect(reverse("desk_edit", args=[made.pk]))
        context["fault"] = _("Choose a language.")
    return render(request, "desk/authors/languages.html", context)


def _translated(request: HttpRequest, page: Page, language: str) -> Page:
    """The version in that language: the one there is, or a new draft."""
    there = Page.objects.filter(
        translation_key=page.translation_key, locale__language_code=language, alias_of=None
    ).first()
    if there is not None:
        return there
    made = moderation.copy_for_translation(page, language, by=request.user)
    messages.success(
        request, _("Here is your draft. Write each text in its new language, then send it.")
    )
    return made
