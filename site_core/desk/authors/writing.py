"""The light form: making a draft, changing one, sending it to be checked."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.models import Comment, Page

from site_core.desk.access import member_required
from site_core.desk.authors import actions
from site_core.desk.authors.branches import Branch, Own, branches_of, is_locked, own_page
from site_core.desk.authors.entries import row_of, wait_in_words
from site_core.desk.authors.forms import EntryForm, form_for
from site_core.desk.authors.forms.entry import anchor
from site_core.desk.authors.forms.times import coming
from site_core.desk.authors.kinds import KINDS, Kind, kind_of
from site_core.desk.middleware import DESK_LANGUAGES
from site_core.languages.registry import LANGUAGES
from site_core.moderation import actions as moderation
from site_core.moderation.errors import Stale
from site_core.moderation.quality import Finding, check_page
from site_core.moderation.states import PageState

SAVE, PREVIEW, SUBMIT = "save", "preview", "submit"


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Write a new entry of a kind; the organisation first where there are several."""
    kind = KINDS.get(code)
    if kind is None:
        raise Http404
    asked = request.POST if request.method == "POST" else request.GET
    branch = _branch_for(request, asked)
    if branch is None:
        return render(request, "desk/authors/choose.html", _choices(request, kind))
    parent = Page.objects.get(pk=branch.pk)
    source = _source(request, kind, asked.get("copy"))
    page = actions.blank(kind, parent, source)
    if request.method != "POST":
        return _show(request, form_for(kind, page), New(kind, branch, source))
    form = form_for(kind, page, request.POST)
    form.is_valid()
    try:
        made = actions.create_draft(
            form, parent=parent, key=_key(request.POST.get("key")), by=request.user
        )
    except PermissionDenied:
        raise Http404 from None
    except ValidationError as fault:
        return _show(request, _told(form, fault), New(kind, branch, source))
    return _after_saving(request, form, own_page(request, made.pk))


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft; while it is reviewed, show how it stands instead."""
    own = own_page(request, pk)
    locked = is_locked(own.page, request.user)
    if request.method != "POST":
        if locked:
            return _show_waiting(request, own)
        return _show(request, form_for(own.kind, own.draft), own)
    form = form_for(own.kind, own.draft, request.POST)
    form.is_valid()
    seen = request.POST.get("seen", "")
    if locked:
        words = _("This is being checked now, so your text was not saved. It is still here below.")
        return _show(request, form, own, refused=words, seen=seen)
    try:
        actions.save_draft(form, own.page, seen=seen, by=request.user)
    except PermissionDenied:
        raise Http404 from None
    except Stale:
        words = _(
            "Somebody changed this while you were writing. Your text is still here below, not "
            "saved yet. Look at the newer draft first. If yours is right, save it again."
        )
        return _show(request, form, own, refused=words)
    except ValidationError as fault:
        words = _("Your text was not saved yet.")
        return _show(request, _told(form, fault), own, refused=words, seen=seen)
    return _after_saving(request, form, own_page(request, pk))


@dataclass(frozen=True, slots=True)
class New:
    """An entry that is not stored yet, as the form's page needs it."""

    kind: Kind
    branch: Branch
    source: Page | None = None


def _after_saving(request: HttpRequest, form: EntryForm, own: Own) -> HttpResponse:
    """Stored; now stay with what is faulty, or go where the button leads."""
    deed = request.POST.get("deed", SAVE)
    if deed == SUBMIT:
        form.require()
        form.take(check_page(own.draft))
        if not form.errors:
            return _submit(request, form, own)
    if form.errors:
        saved = _("Your draft is saved. Something needs mending before it can be sent.")
        return _show(request, form, own, saved=saved)
    if deed == PREVIEW:
        return HttpResponseRedirect(reverse("desk_preview", args=[own.page.pk]))
    messages.success(request, _("Saved. Only you and your organisation see the draft."))
    return HttpResponseRedirect(reverse("desk_edit", args=[own.page.pk]))


def _told(form: EntryForm, fault: ValidationError) -> EntryForm:
    """The form with the faults of a page at its fields; what a stream says is told in words."""
    secret = _("A confidential place has no address here; say how to make contact instead.")
    for name, faults in fault.error_dict.items():
        place = form.place_of(Finding("", name, ""))
        form.add_error(place, secret if name == "channels" else faults)
    return form


def _submit(request: HttpRequest, form: EntryForm, own: Own) -> HttpResponse:
    try:
        moderation.submit(own.page, request.user)
    except PermissionDenied:
        raise Http404 from None
    except (Stale, ValidationError) as fault:
        words = fault.messages if isinstance(fault, ValidationError) else [str(fault)]
        form.add_error(None, words)
        return _show(request, form, own)
    messages.success(
        request, _("Thank you! It is sent to be checked. We write to you when it has been read.")
    )
    return HttpResponseRedirect(reverse("desk_entries"))


def _show(
    request: HttpRequest,
    form: EntryForm,
    own: Own | New,
    *,
    refused: str = "",
    saved: str = "",
    seen: str | None = None,
) -> HttpResponse:
    """The form with its faults, what is left to do, and the reviewers' words.

    `seen` is the state of the draft that the author has read, where it may not be the newest.
    """
    stored = isinstance(own, Own)
    findings = check_page(own.draft) if stored and not refused else []
    context: dict[str, Any] = {
        "form": form,
        "own": own,
        "stored": stored,
        "kind": own.kind,
        "refused": refused,
        "saved": saved,
        "faults": form.faults() if form.is_bound else [],
        "left": [] if form.is_bound else _left(form, findings),
        "hints": _hints(form, findings),
        "wait": wait_in_words(),
    }
    if stored:
        row = row_of(request, own.page)
        asked = row.state in (PageState.CHANGES_ASKED, PageState.REJECTED)
        context |= {
            "seen": actions.state_of_draft(own.page) if seen is None else seen,
            "row": row,
            "comments": _comments(own.page, form) if asked else {},
            "original": own.page.original if own.page.is_translation else None,
            "coming": coming(own.draft) if hasattr(own.draft, "occurrences") else [],
            "may_delete": actions.may_delete(own.page, request.user),
            "language": LANGUAGES[own.page.locale.language_code],
        }
    else:
        context |= {
            "key": request.POST.get("key") or uuid4(),
            "language": LANGUAGES[own.branch.language],
            "others": _other_languages(request, own.branch),
            "last": None if own.source else _last(request, own.kind, own.branch),
        }
    return render(request, "desk/authors/form.html", context)


def _show_waiting(request: HttpRequest, own: Own) -> HttpResponse:
    context = {"own": own, "row": row_of(request, own.page), "wait": wait_in_words()}
    return render(request, "desk/authors/waiting.html", context)


def _left(form: EntryForm, findings: list[Finding]) -> list[tuple[str, str]]:
    """What stops the draft from being sent: the field's id, or nothing, and the words."""
    return [
        (_anchor(form, form.place_of(finding)), str(finding))
        for finding in findings
        if finding.is_error
    ]


def _hints(form: EntryForm, findings: list[Finding]) -> dict[str, list[str]]:
    """Advice by the form's field; advice about what it does not show is under ""."""
    found: dict[str, list[str]] = {}
    for finding in findings:
        if not finding.is_error:
            found.setdefault(form.place_of(finding) or "", []).append(str(finding))
    return found


def _anchor(form: EntryForm, name: str | None) -> str:
    return anchor(form[name]) if name else ""


def _comments(page: Page, form: EntryForm) -> dict[str, list[str]]:
    """What reviewers wrote at the fields, open comments only; of other fields under ""."""
    found: dict[str, list[str]] = {}
    for comment in Comment.objects.filter(page_id=page.pk, resolved_at=None).order_by("pk"):
        place = form.place_of(Finding("", comment.contentpath, "")) or ""
        found.setdefault(place, []).append(comment.text)
    return found


def _branch_for(request: HttpRequest, asked: Any) -> Branch | None:
    """The branch named, or the only one there can be; None where the author has to choose."""
    branches = list(branches_of(request).values())
    organisation, language = asked.get("organisation", ""), asked.get("language", "")
    if organisation:
        branches = [each for each in branches if str(each.organisation.pk) == organisation]
    if not branches:
        raise Http404
    if len({each.organisation.pk for each in branches}) > 1:
        return None
    by_language = {each.language: each for each in branches}
    if language:
        if language not in by_language:
            raise Http404
        return by_language[language]
    order = (request.LANGUAGE_CODE, *DESK_LANGUAGES, *LANGUAGES)
    return next(by_language[code] for code in order if code in by_language)


def _choices(request: HttpRequest, kind: Kind) -> dict[str, Any]:
    held = {each.organisation.pk for each in branches_of(request).values()}
    organisations = [m.organisation for m in request.roles.memberships if m.organisation_id in held]
    return {"kind": kind, "organisations": organisations}


def _other_languages(request: HttpRequest, branch: Branch) -> list[Any]:
    """Further languages in which the organisation has a page to write below."""
    return [
        LANGUAGES[each.language]
        for each in branches_of(request).values()
        if each.organisation.pk == branch.organisation.pk and each.language != branch.language
    ]


def _source(request: HttpRequest, kind: Kind, asked: str | None) -> Page | None:
    """The draft to copy from, one of the author's of the same kind; 404 for any other."""
    if not asked:
        return None
    number = _number(asked)
    if number is None:
        raise Http404
    own = own_page(request, number)
    if own.kind is not kind:
        raise Http404
    return own.draft


def _last(request: HttpRequest, kind: Kind, branch: Branch) -> Page | None:
    """The author's last entry of this kind in this organisation and language, to copy from."""
    found = (
        kind.model.objects.filter(path__startswith=branch.path, alias_of=None)
        .order_by(F("latest_revision_created_at").desc(nulls_last=True), "-pk")
        .only("pk", "draft_title", "title", "path", "kind" if kind.fixed else "pk")
    )
    return next(
        (page for page in found[:20] if kind_of(kind.model, getattr(page, "kind", "")) is kind),
        None,
    )


def _key(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        return uuid4()


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 19 else None
