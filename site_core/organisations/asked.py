"""What an admin request asks about: the page, picture and attachment ids in its route and query."""

from dataclasses import dataclass, field

from django.http import HttpRequest
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

PAGE_ARGUMENTS = (
    "page_id",
    "parent_page_id",
    "page_to_move_id",
    "destination_id",
    "parent_id",
    "page_pk",
)
PICTURE_ARGUMENTS = ("image_id",)
ATTACHMENT_ARGUMENTS = ("document_id", "doc_id")
#: Views that print the titles of pages people link to, not only of those they explore.
CHOOSER_VIEWS = ("wagtailadmin_choose_page_child", "wagtailadmin_choose_page_chosen_multiple")
#: Form fields of move, copy and choose-parent views that name a page.
LONGEST_ID = 18  # digits: what fits a 64-bit key; databases raise on more
DESTINATION_FIELDS = ("new_parent_page", "parent_page", "chooser")


@dataclass(slots=True)
class Asked:
    """Ids a request names. `odd`: one of them can be no id, as in no link of ours."""

    explored: set[int] = field(default_factory=set)
    chosen: set[int] = field(default_factory=set)
    files: dict[type, set[int]] = field(default_factory=dict)
    whole_branch: str | None = None
    odd: bool = False

    def add(self, model: type, values, *, chooser: bool = False) -> None:
        """Note ids of a model; pages by what their titles are shown for."""
        for value in values:
            if not str(value).isdecimal() or len(str(value)) > LONGEST_ID:
                self.odd = True
                continue
            number = int(value)
            if not issubclass(model, Page):
                self.files.setdefault(model, set()).add(number)
            else:
                (self.chosen if chooser else self.explored).add(number)


def asked_by(request: HttpRequest) -> Asked:
    """Collect the ids of a request to the admin; `request.resolver_match` must be set."""
    match, asked = request.resolver_match, Asked()
    chooser = match.url_name in CHOOSER_VIEWS
    for names, model in (
        (PAGE_ARGUMENTS, Page),
        (PICTURE_ARGUMENTS, get_image_model()),
        (ATTACHMENT_ARGUMENTS, get_document_model()),
    ):
        asked.add(model, (match.kwargs[n] for n in names if n in match.kwargs), chooser=chooser)
    if "pk" in match.kwargs:
        model = _model_of_pk(match.namespaces)
        if model is not None:
            asked.add(model, [match.kwargs["pk"]])
    if match.url_name == "wagtail_bulk_action":
        _bulk(request, asked)
    elif chooser:
        asked.add(Page, request.GET.getlist("id"), chooser=True)
    asked.add(Page, filter(None, request.GET.getlist("target_pages[]")))
    if request.method == "POST" and _moves_pages(match):
        for name in DESTINATION_FIELDS:
            asked.add(Page, filter(None, request.POST.getlist(name)))
    return asked


def _model_of_pk(namespaces: list[str]) -> type | None:
    if "wagtailadmin_pages" in namespaces:
        return Page
    if "wagtailimages_chooser" in namespaces:
        return get_image_model()
    if "wagtaildocs_chooser" in namespaces:
        return get_document_model()
    return None


def _moves_pages(match) -> bool:
    return "wagtailadmin_pages" in match.namespaces or match.url_name == "wagtail_bulk_action"


def _bulk(request: HttpRequest, asked: Asked) -> None:
    """Bulk actions print the titles of all they are given, and of all children for `id=all`."""
    kwargs = request.resolver_match.kwargs
    model = {m._meta.label_lower: m for m in (Page, get_image_model(), get_document_model())}.get(
        f"{kwargs['app_label']}.{kwargs['model_name']}".lower()
    )
    if model is None:
        return
    ids = request.GET.getlist("id")
    asked.add(model, (value for value in ids if value != "all"))
    if model is Page:
        parents = request.GET.getlist("childOf")
        asked.add(Page, filter(None, parents))
        if "all" in ids:
            asked.whole_branch = parents[-1] if parents else ""
