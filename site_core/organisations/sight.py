"""What a person may see in the admin, beyond what she may change.

Stock Wagtail shows titles of any page, picture or document to everyone in the admin on many roads
(pitfalls B1, B21, B22). These few questions close them; the middleware and the hooks ask them.
"""

from collections.abc import Collection, Iterable

from django.db.models import F, Q, QuerySet
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permissions import policy_registry

#: Any of these lets a person know that a picture or an attachment exists.
FILE_ACTIONS = ("choose", "change", "delete")


def page_policy():
    """The policy of all pages."""
    return policy_registry.get_by_type(Page)


def choosable_pages(user) -> QuerySet:
    """Pages a person may link to: live ones that ask for no log-in, and what she may explore.

    Choosers print the draft's title, so a live page whose next title is still a draft is left out
    for others until it is published.
    """
    explorable = page_policy().explorable_instances(user).order_by().values("pk")
    public = Page.objects.live().public().order_by().filter(draft_title=F("title")).values("pk")
    return Page.objects.filter(Q(pk__in=public) | Q(pk__in=explorable))


def usable_files(user, model) -> QuerySet:
    """Pictures or attachments a person may know of."""
    return policy_registry.get_by_type(model).instances_user_has_any_permission_for(
        user, FILE_ACTIONS
    )


def may_explore(user, ids: Collection[int]) -> bool:
    """Whether the person may explore every one of the pages. A page that is not there counts no."""
    return _holds(page_policy().explorable_instances(user), ids)


def may_choose(user, ids: Collection[int]) -> bool:
    """Whether the person may link to every one of the pages."""
    return _holds(choosable_pages(user), ids)


def may_use(user, model, ids: Collection[int]) -> bool:
    """Whether the person may know of every one of the pictures or attachments."""
    return _holds(usable_files(user, model), ids)


def may_see_reference(user, model, ids: Collection[int]) -> bool:
    """Whether the person may put a reference to these objects into a page."""
    if issubclass(model, Page):
        return may_choose(user, ids)
    if issubclass(model, (get_image_model(), get_document_model())):
        policy = policy_registry.get_by_type(model)
        return _holds(policy.instances_user_has_permission_for(user, "choose"), ids)
    return True


def sees_whole_tree(user) -> bool:
    """Whether the person holds a right over the whole page tree, as some staff do."""
    return user.is_superuser or page_policy().rights(user).covers_tree


def holds_branch(user, page_id: int) -> bool:
    """Whether everything below the page is the person's to explore."""
    if user.is_superuser:
        return True
    path = Page.objects.filter(pk=page_id).values_list("path", flat=True).first()
    return path is not None and bool(page_policy().rights(user).at(path))


def _holds(allowed: QuerySet, ids: Iterable[int]) -> bool:
    wanted = set(ids)
    if not wanted:
        return True
    return wanted <= set(allowed.filter(pk__in=wanted).values_list("pk", flat=True))
