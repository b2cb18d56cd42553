"""Which branches of the page tree belong to which organisation.

The page type lives in a layer above, so it registers itself: any page model with an `organisation`
foreign key. Everything below such a page is that organisation's, by path; no other page stores an
owner.
"""

from collections.abc import Iterable

from site_core.organisations.models import Organisation

_models: list[type] = []


def register_branch_model(model):
    """Class decorator: pages of this type are the roots of an organisation's branches.

    Raises ValueError for a model registered twice.
    """
    if model in _models:
        raise ValueError(f"{model.__name__} is registered already")
    _models.append(model)
    return model


def branch_pages():
    """Queryset of all branch roots, every language. LookupError before a model is registered."""
    if not _models:
        raise LookupError("no page type has called register_branch_model")
    return _models[0]._default_manager.all()


def branch_paths(organisation_ids: Iterable[int]) -> list[str]:
    """Tree paths of the organisations' branch roots in every language: one query, one per model."""
    ids = list(organisation_ids)
    if not ids:
        return []
    return [
        path
        for model in _models
        for path in model._default_manager.filter(organisation_id__in=ids)
        .order_by()
        .values_list("path", flat=True)
    ]


def branches_of_member(user) -> list[tuple[int, str]]:
    """Primary key and path of every branch root in which the person's memberships give rights.

    One query a model; a membership in a suspended organisation gives none.
    """
    organisations = Organisation.objects.of_member(user).values("pk")
    return [
        branch
        for model in _models
        for branch in model._default_manager.filter(organisation_id__in=organisations)
        .order_by()
        .values_list("pk", "path")
    ]


def path_prefixes(path: str, steplen: int = 4) -> list[str]:
    """The path itself and each of its ancestors' paths, nearest first."""
    return [path[:end] for end in range(len(path), 0, -steplen)]


def branch_for_path(path: str):
    """The branch root that holds this path, organisation loaded, or None. One query a model."""
    for model in _models:
        found = (
            model._default_manager.filter(path__in=path_prefixes(path))
            .select_related("organisation")
            .order_by("-depth")
            .first()
        )
        if found is not None:
            return found
    return None


def organisation_for_path(path: str) -> Organisation | None:
    """The organisation whose branch holds this path, or None where nobody's does.

    One query a model.
    """
    branch = branch_for_path(path)
    return branch.organisation if branch is not None else None
