"""Links in mail are absolute: the portal's own address and a path."""

from urllib.parse import urljoin

from django.conf import settings


def absolute(path: str) -> str:
    """The address of a path of the portal: `/desk/` becomes `https://…/desk/`."""
    return urljoin(settings.BASE_URL, path)
