"""The twelve kinds of channel, each showing only its own fields.

A block's name is the code of a `Channel` concept: entries, facets and addresses hold it, so it is
fixed here and only its label changes, in the admin.
"""

from datetime import time

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, EmailBlock, StreamBlock
from wagtail.documents.blocks import DocumentChooserBlock

from services.blocks.parts import (
    Address,
    Anonymous,
    CallValue,
    ChannelValue,
    Cost,
    DeviceNeed,
    Hours,
    Label,
    Languages,
    Note,
    Number,
    SignInNeed,
    TextMessageValue,
    WebAddress,
)
from services.blocks.phone_numbers import validate_phone

HOURS = {
    "weekly": [{"days": ["mon", "tue", "wed", "thu", "fri"], "opens": time(9), "closes": time(15)}],
    "holidays": "closed",
}


class VideoBlock(
    Note, Cost, DeviceNeed, SignInNeed, Anonymous, Languages, Hours, Label, WebAddress
):
    class Meta:
        label = _("Video call")
        description = _("A meeting over a remote connection with picture and sound.")
        icon = "media"
        preview_value = {"url": "https://example.org/etavastaanotto", "hours": HOURS}


class ChatBlock(Note, Cost, DeviceNeed, SignInNeed, Anonymous, Languages, Hours, Label, WebAddress):
    class Meta:
        label = _("Chat")
        description = _("Writing back and forth with a person who answers.")
        icon = "comment"
        preview_value = {"url": "https://example.org/chat", "anonymous": True, "hours": HOURS}


class WebFormBlock(Note, Cost, SignInNeed, Anonymous, Languages, Label, WebAddress):
    class Meta:
        label = _("Web form")
        description = _("A form that is filled in and sent on the web.")
        icon = "form"
        preview_value = {"url": "https://example.org/lomake", "anonymous": True}


class EServiceBlock(Note, Cost, DeviceNeed, SignInNeed, Languages, Label, WebAddress):
    class Meta:
        label = _("E-service")
        description = _("A service that one logs in to and uses on the web.")
        icon = "desktop"
        preview_value = {"url": "https://example.org/asiointi", "sign_in": "strong"}


class CalculatorBlock(Note, Cost, SignInNeed, Anonymous, Languages, Label, WebAddress):
    class Meta:
        label = _("Calculator or self-assessment")
        description = _("Questions that give an answer at once.")
        icon = "sliders"
        preview_value = {"url": "https://example.org/testi", "anonymous": True}


class PhoneBlock(Note, Cost, Anonymous, Languages, Hours, Label, Number):
    class Meta:
        label = _("Telephone")
        description = _("A number to call.")
        icon = "mobile-alt"
        preview_value = {"number": "116 117", "cost": "Puhelu on maksuton.", "hours": HOURS}


class SmsBlock(Note, Cost, Anonymous, Languages, Hours, Label, Number):
    class Meta:
        value_class = TextMessageValue
        label = _("Text message")
        description = _("A number to send a text message to.")
        icon = "tablet-alt"
        preview_value = {"number": "16161", "note": "Kirjoita APUA."}


class EmailValue(ChannelValue):
    def action(self) -> tuple[str, str | None]:
        address = self.get("address") or ""
        return address, f"mailto:{address}" if address else None


class EmailChannelBlock(Note, Cost, Anonymous, Languages, Label):
    address = EmailBlock(label=_("E-mail address"))

    class Meta:
        value_class = EmailValue
        label = _("E-mail")
        description = _("An address to write to.")
        icon = "mail"
        label_format = "{address}"
        form_layout = ["address", "label", "languages", "anonymous", "cost", "note"]
        preview_value = {"address": "neuvonta@example.org", "note": "Vastaamme kahdessa päivässä."}


class FormValue(ChannelValue):
    def action(self) -> tuple[str, str | None]:
        """Return the form's title and address; a form that was deleted leaves its label only."""
        form = self.get("form")
        return (form.title, form.url) if form else ("", None)


class PrintableFormBlock(Note, Cost, Languages, Label):
    form = DocumentChooserBlock(label=_("Form"))

    class Meta:
        value_class = FormValue
        label = _("Printable form")
        description = _("A form to print, fill in and send or bring.")
        icon = "doc-full"
        label_format = "{form}"
        form_layout = ["form", "label", "languages", "cost", "note"]
        preview_value = {"label": "Hakemus", "note": "Palauta lomake palvelupisteeseen."}


class InPersonBlock(Note, Cost, Anonymous, Languages, Hours, Address):
    class Meta:
        label = _("In person")
        description = _("An office or a place to come to.")
        icon = "group"
        preview_value = {"street": "Esimerkkikatu 1", "town": "Sodankylä", "hours": HOURS}


class ServicePointBlock(Note, Cost, Anonymous, Languages, Hours, Address):
    name = CharBlock(label=_("Name of the service point"), max_length=100)

    class Meta:
        label = _("Service point")
        description = _("A point with devices and a helper, where the service is used remotely.")
        icon = "site"
        label_format = "{name} {town}"
        form_layout = [
            *("name", "street", "postal_code", "town"),
            *("hours", "languages", "anonymous", "cost", "note"),
        ]
        preview_value = {"name": "Palvelupiste", "street": "Esimerkkikatu 1", "town": "Pello"}


class HomeVisitBlock(Cost, Languages, Hours, Label):
    number = CharBlock(
        label=_("Telephone number to ask at"),
        required=False,
        max_length=30,
        validators=[validate_phone],
    )
    note = CharBlock(
        label=_("How to ask for a visit"), max_length=250, help_text=_("Whom to contact, and when.")
    )

    class Meta:
        value_class = CallValue
        label = _("Home visit")
        description = _("Somebody comes to the home.")
        icon = "home"
        label_format = "{note}"
        form_layout = ["note", "number", "label", "hours", "languages", "cost"]
        preview_value = {"note": "Sovi käynnistä puhelimitse.", "number": "016 123 456"}


class ChannelsBlock(StreamBlock):
    """All ways to use a service, in the order they are to be shown."""

    video = VideoBlock()
    chat = ChatBlock()
    web_form = WebFormBlock()
    e_service = EServiceBlock()
    calculator = CalculatorBlock()
    phone = PhoneBlock()
    sms = SmsBlock()
    email = EmailChannelBlock()
    printable_form = PrintableFormBlock()
    in_person = InPersonBlock()
    service_point = ServicePointBlock()
    home_visit = HomeVisitBlock()

    class Meta:
        label = _("Ways to use it")
        description = _("How a person starts: by calling, writing, opening a form, coming.")
        icon = "list-ul"
        template = "blocks/channels.html"
        preview_value = [("phone", PhoneBlock._meta_class.preview_value)]
