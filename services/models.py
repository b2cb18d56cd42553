"""The app's models, gathered where Django looks for them."""

from services.organisation_page import OrganisationPage
from services.service_page import (
    Occurrence,
    ServiceLifeSituation,
    ServiceMunicipality,
    ServicePage,
    ServiceTargetGroup,
    ServiceTheme,
)
from services.service_point_page import ServicePointPage

__all__ = [
    "Occurrence",
    "OrganisationPage",
    "ServiceLifeSituation",
    "ServiceMunicipality",
    "ServicePage",
    "ServicePointPage",
    "ServiceTargetGroup",
    "ServiceTheme",
]
