"""Admin views of pages that ask the policy where Wagtail's walk permission rows."""

from wagtail.admin.views.home import RecentEditsPanel, UserObjectsInWorkflowModerationPanel
from wagtail.admin.views.pages.choose_parent import GenericChooseParentView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from site_core.organisations.sight import page_policy


class ChooseParentView(GenericChooseParentView):
    """Where a new page may lie: one query, however many branches the person has.

    Core joins one condition for each permission row by OR, which SQLite refuses at two hundred
    organisations (pitfall B22).
    """

    def get_valid_parent_pages(self, user):
        parents = Page.objects.type(*self.model.allowed_parent_page_models())
        if self.locale:
            parents = parents.filter(locale=self.locale)
        may_add = page_policy().instances_user_has_permission_for(user, "add")
        return parents.filter(pk__in=may_add.order_by().values("pk"))


class OwnRecentEditsPanel(RecentEditsPanel):
    """Pages one has edited and may still see: core goes on showing them after a membership ends."""

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        seen = _explorable(parent_context, [page.pk for _date, page in context["last_edits"]])
        context["last_edits"] = [edit for edit in context["last_edits"] if edit[1].pk in seen]
        return context


class OwnModerationPanel(UserObjectsInWorkflowModerationPanel):
    """Pages one has submitted and may still see; as `OwnRecentEditsPanel`."""

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        states = list(context["workflow_states"])
        pages = [s.content_object.pk for s in states if isinstance(s.content_object, Page)]
        seen = _explorable(parent_context, pages)
        context["workflow_states"] = [
            s
            for s in states
            if not isinstance(s.content_object, Page) or s.content_object.pk in seen
        ]
        return context


#: Core's panel class to ours.
PANELS = {
    RecentEditsPanel: OwnRecentEditsPanel,
    UserObjectsInWorkflowModerationPanel: OwnModerationPanel,
}

page_viewset = PageViewSet(model=Page, choose_parent_view_class=ChooseParentView)


def _explorable(parent_context, ids) -> set[int]:
    user = parent_context["request"].user
    pages = page_policy().explorable_instances(user).filter(pk__in=ids)
    return set(pages.values_list("pk", flat=True))
