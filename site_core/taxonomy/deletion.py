"""When a term may not be deleted, and what the editor is told instead."""

from collections.abc import Iterable

from django.contrib import messages
from django.db.models import ProtectedError, RestrictedError
from django.db.models.deletion import Collector
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from site_core.taxonomy.models import Concept


def refuse_deletion(request: HttpRequest, instances: Iterable) -> HttpResponse | None:
    """Send the editor back, with the reason, where a term is in use or comes from the data files.

    Hook ``before_delete_snippet``: it runs for one and for many, before the question and before
    the deed. A term of the data files would come back with the next load.
    """
    for concept in (item for item in instances if isinstance(item, Concept)):
        if is_used(concept):
            reason = _("“%(term)s” is in use and cannot be deleted. Take it out of use instead.")
        elif concept.loaded:
            reason = _(
                "“%(term)s” belongs to the portal's own vocabulary and cannot be deleted. "
                "Take it out of use instead."
            )
        else:
            continue
        messages.error(request, reason % {"term": concept})
        return redirect(concept.snippet_viewset.get_url_name("list"))
    return None


def is_used(concept: Concept) -> bool:
    """Whether any row elsewhere forbids that this term goes."""
    try:
        Collector(using=concept._state.db, origin=concept).collect([concept])
    except (ProtectedError, RestrictedError):
        return True
    return False
