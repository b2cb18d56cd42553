"""The part of the schema.org vocabulary that our pages use, and what breaks it.

Types, and domains and ranges of properties, are those of schema.org's release 20; a type or
property that is not listed here must be looked up there before a page may use it.
"""

import re
from collections.abc import Iterator
from typing import Any

PARENTS = {
    "Article": "CreativeWork",
    "BreadcrumbList": "ItemList",
    "CreativeWork": "Thing",
    "EducationEvent": "Event",
    "Event": "Thing",
    "GeoCoordinates": "Thing",
    "GovernmentService": "Service",
    "ItemList": "Thing",
    "ListItem": "Thing",
    "NewsArticle": "Article",
    "Offer": "Thing",
    "OpeningHoursSpecification": "Thing",
    "Organization": "Thing",
    "Place": "Thing",
    "Service": "Thing",
    "ServiceChannel": "Thing",
    "Thing": "",
    "VirtualLocation": "Thing",
    "WebPage": "CreativeWork",
}
"""Each type under the nearest that is listed; `Intangible` and `StructuredValue` add nothing."""

DATE = r"\d{4}-\d\d-\d\d"
TIME = r"\d\d:\d\d(:\d\d)?"
FORMS = {
    "Date": DATE,
    "DateTime": rf"{DATE}T{TIME}(\.\d+)?([+-]\d\d:\d\d|Z)",
    "Time": TIME,
    "URL": r"https?://\S+",
    "Language": r"[a-z]{2,3}",
    "DayOfWeek": r"https://schema\.org/(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day",
    "EventAttendanceModeEnumeration": r"https://schema\.org/(Online|Offline|Mixed)EventAttendanceMode",
    "Text": r".*\S.*",
}
PROPERTIES = {
    "address": ({"Organization", "Place"}, {"Text"}),
    "availableChannel": ({"Service"}, {"ServiceChannel"}),
    "availableLanguage": ({"ServiceChannel"}, {"Language"}),
    "closes": ({"OpeningHoursSpecification"}, {"Time"}),
    "dayOfWeek": ({"OpeningHoursSpecification"}, {"DayOfWeek"}),
    "datePublished": ({"CreativeWork"}, {"Date", "DateTime"}),
    "description": ({"Thing"}, {"Text"}),
    "endDate": ({"Event"}, {"Date", "DateTime"}),
    "eventAttendanceMode": ({"Event"}, {"EventAttendanceModeEnumeration"}),
    "geo": ({"Place"}, {"GeoCoordinates"}),
    "headline": ({"CreativeWork"}, {"Text"}),
    "inLanguage": ({"CreativeWork", "Event"}, {"Language"}),
    "isAccessibleForFree": ({"CreativeWork", "Event", "Place"}, {"Boolean"}),
    "item": ({"ListItem"}, {"URL", "Thing"}),
    "itemListElement": ({"ItemList"}, {"ListItem"}),
    "latitude": ({"GeoCoordinates", "Place"}, {"Number"}),
    "location": ({"Event", "Organization"}, {"Place", "VirtualLocation"}),
    "longitude": ({"GeoCoordinates", "Place"}, {"Number"}),
    "name": ({"Thing"}, {"Text"}),
    "offers": ({"CreativeWork", "Event", "Service"}, {"Offer"}),
    "opens": ({"OpeningHoursSpecification"}, {"Time"}),
    "openingHoursSpecification": ({"Place"}, {"OpeningHoursSpecification"}),
    "organizer": ({"Event"}, {"Organization"}),
    "position": ({"CreativeWork", "ListItem"}, {"Number"}),
    "price": ({"Offer"}, {"Number"}),
    "priceCurrency": ({"Offer"}, {"Text"}),
    "provider": ({"CreativeWork", "Service"}, {"Organization"}),
    "publicAccess": ({"Place"}, {"Boolean"}),
    "publisher": ({"CreativeWork"}, {"Organization"}),
    "sameAs": ({"Thing"}, {"URL"}),
    "serviceUrl": ({"ServiceChannel"}, {"URL"}),
    "startDate": ({"Event"}, {"Date", "DateTime"}),
    "telephone": ({"Organization", "Place"}, {"Text"}),
    "url": ({"Thing"}, {"URL"}),
    "validFrom": ({"OpeningHoursSpecification"}, {"Date", "DateTime"}),
    "validThrough": ({"OpeningHoursSpecification"}, {"Date", "DateTime"}),
}
"""Of each property the types that have it, and what its values may be."""


def faults(item: dict[str, Any], path: str = "") -> Iterator[str]:
    """What in one JSON-LD object the vocabulary does not know or allow."""
    kind = item.get("@type", "")
    where = f"{path}{kind}"
    if kind not in PARENTS:
        yield f"{where}: no such type"
        return
    if not path and item.get("@context") != "https://schema.org":
        yield f"{where}: no context"
    for name, value in item.items():
        if name.startswith("@"):
            continue
        domain, ranges = PROPERTIES.get(name, (set(), set()))
        if not domain & set(_with_parents(kind)):
            yield f"{where}.{name}: {kind} has no such property"
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                yield from faults(each, f"{where}.{name}: ")
            if not any(_fits(each, wanted) for wanted in ranges):
                yield f"{where}.{name}: {each!r} is none of {sorted(ranges)}"


def _with_parents(kind: str) -> Iterator[str]:
    while kind:
        yield kind
        kind = PARENTS.get(kind, "")


def _fits(value: Any, wanted: str) -> bool:
    if isinstance(value, dict):
        return wanted in _with_parents(value.get("@type", ""))
    if isinstance(value, bool) or wanted == "Boolean":
        return isinstance(value, bool) and wanted == "Boolean"
    if wanted == "Number":
        return isinstance(value, int | float)
    return isinstance(value, str) and bool(re.fullmatch(FORMS.get(wanted, r"(?!)"), value, re.S))
