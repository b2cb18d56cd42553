"""The app's models, gathered where Django looks for them."""

from .home_pages import HomePage, ListingPage, OrganisationIndexPage
from .place_pages import MunicipalityIndexPage, MunicipalityPage
from .standard_page import StandardPage
from .statement_page import StatementPage
from .stored import StoredPage
from .topic_pages import TopicIndexPage, TopicPage

__all__ = [
    "HomePage",
    "ListingPage",
    "MunicipalityIndexPage",
    "MunicipalityPage",
    "OrganisationIndexPage",
    "StandardPage",
    "StatementPage",
    "StoredPage",
    "TopicIndexPage",
    "TopicPage",
]
