"""An organisation that is renamed, suspended or restored takes its entries along."""

from typing import Any

from django.dispatch import receiver

from site_core.organisations.branches import branch_pages
from site_core.organisations.models import Organisation
from site_core.organisations.signals import organisation_changed
from site_core.pages.projection import projector


@receiver(organisation_changed)
def project_branches(sender: Any, organisation: Organisation, **kwargs: Any) -> None:
    """Project every branch of the organisation, inside the action's transaction."""
    for branch in branch_pages().filter(organisation=organisation):
        projector().project_subtree(branch)
