"""The icons an editor may give a theme or a life situation: drawings of the portal's sprite."""

from django.utils.translation import gettext_lazy as _

ICONS = {
    "access": _("Wheelchair"),
    "alert": _("Warning triangle"),
    "cal": _("Calendar"),
    "clock": _("Clock"),
    "coin": _("Coin"),
    "device": _("Computer"),
    "family": _("Family"),
    "flag": _("Flag"),
    "form": _("Form"),
    "heart": _("Heart"),
    "home": _("House"),
    "info": _("Letter i"),
    "key": _("Key"),
    "leaf": _("Leaf"),
    "lit": _("Lit window"),
    "meet": _("Two people"),
    "person": _("Person"),
    "plus": _("Plus sign"),
    "queue": _("List"),
    "road": _("Road"),
    "shield": _("Shield"),
    "speech": _("Speech bubble"),
}
