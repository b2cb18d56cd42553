"""The icons an editor may give a theme or a life situation: drawings of the portal's sprite."""

from django.utils.translation import pgettext_lazy

ICONS = {
    "access": pgettext_lazy("icon", "Wheelchair"),
    "alert": pgettext_lazy("icon", "Warning triangle"),
    "cal": pgettext_lazy("icon", "Calendar"),
    "clock": pgettext_lazy("icon", "Clock"),
    "coin": pgettext_lazy("icon", "Coin"),
    "device": pgettext_lazy("icon", "Computer"),
    "family": pgettext_lazy("icon", "Family"),
    "flag": pgettext_lazy("icon", "Flag"),
    "form": pgettext_lazy("icon", "Form"),
    "heart": pgettext_lazy("icon", "Heart"),
    "home": pgettext_lazy("icon", "House"),
    "info": pgettext_lazy("icon", "Letter i"),
    "key": pgettext_lazy("icon", "Key"),
    "leaf": pgettext_lazy("icon", "Leaf"),
    "lit": pgettext_lazy("icon", "Lit window"),
    "meet": pgettext_lazy("icon", "Two people"),
    "person": pgettext_lazy("icon", "Person"),
    "plus": pgettext_lazy("icon", "Plus sign"),
    "queue": pgettext_lazy("icon", "List"),
    "road": pgettext_lazy("icon", "Road"),
    "shield": pgettext_lazy("icon", "Shield"),
    "speech": pgettext_lazy("icon", "Speech bubble"),
}
