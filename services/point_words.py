"""What a service point can have, code by code, in words: devices, help, ways in for everyone."""

from typing import Final

from django.utils.translation import gettext_noop

DEVICES: Final[dict[str, str]] = {
    "computer": gettext_noop("computer"),
    "tablet": gettext_noop("tablet"),
    "camera": gettext_noop("camera and headphones"),
    "printer": gettext_noop("printer"),
    "scanner": gettext_noop("scanner"),
    "room": gettext_noop("room with a door that closes"),
}

HELP: Final[dict[str, str]] = {
    "kela_video": gettext_noop("Video meetings with Kela"),
    "social_video": gettext_noop("Video meetings with your own social worker"),
    "printing": gettext_noop("Printing and scanning"),
    "attachments": gettext_noop("Sending attachments"),
    "identification": gettext_noop("Identifying yourself and user names; we never ask a password"),
    "forms": gettext_noop("Filling in forms"),
    "own_device": gettext_noop("Your own device: bring it along"),
}

HELP_ICONS: Final[dict[str, str]] = {
    "kela_video": "video",
    "social_video": "video",
    "printing": "paper",
    "attachments": "mail",
    "identification": "key",
    "forms": "form",
    "own_device": "device",
}

ACCESS: Final[dict[str, str]] = {
    "ramp": gettext_noop("ramp"),
    "wide_door": gettext_noop("wide door"),
    "toilet": gettext_noop("accessible toilet"),
    "induction_loop": gettext_noop("induction loop"),
    "parking": gettext_noop("parking by the door"),
    "guide_dogs": gettext_noop("guide dogs welcome"),
}
