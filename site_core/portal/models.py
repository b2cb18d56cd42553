"""The app's models, gathered where Django looks for them."""

from .home_pages import HomePage, ListingPage, OrganisationIndexPage
from .stored import StoredPage

__all__ = [
    "HomePage",
    "ListingPage",
    "OrganisationIndexPage",
    "StoredPage",
]
