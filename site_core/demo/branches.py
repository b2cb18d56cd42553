"""The organisations of the demo: their pages in each language, their pictures and forms."""

from django.core.files.base import ContentFile

from services.actions import create_organisation_page
from services.models import OrganisationPage
from site_core.demo import streams
from site_core.demo.content import SAMI, Data, business_id, key_of
from site_core.demo.pictures import draw
from site_core.demo.printable import printable
from site_core.demo.run import Run
from site_core.media.models import Attachment, Picture
from site_core.organisations.actions import create_organisation
from site_core.organisations.models import Organisation
from site_core.pages.models import BasePage

ORIGINAL = "fi"


class Branch:
    """An organisation with a page in each language that something of its own is written in.

    `data` is empty for the portal's own organisation, which has a Finnish page already.
    """

    def __init__(self, run: Run, organisation: Organisation, data: Data) -> None:
        self.run = run
        self.organisation = organisation
        self.data = data
        self._pages: dict[str, OrganisationPage] = {}

    def page(self, language: str) -> OrganisationPage:
        """The organisation's page in the language, to add children to."""
        if language not in self._pages:
            page = create_organisation_page(self.organisation, language=language)
            if not page.live and self._speaks(language):
                self._publish(page, language)
            self._pages[language] = OrganisationPage.objects.get(pk=page.pk)
        return self._pages[language]

    def _speaks(self, language: str) -> bool:
        """A Sámi page without a word of Sámi stays a draft: readers get the Finnish one, marked."""
        return language not in SAMI or language in self.data

    def _publish(self, page: OrganisationPage, language: str) -> None:
        words = self.data if language == ORIGINAL else self.data.get(language, {})
        page.title = words.get("title") or page.title
        page.summary = words.get("summary", "")
        if language in SAMI:
            page.reviewed_by_speaker = BasePage.Review.NO
        if self.data:
            key = key_of("organisation", self.data["key"])
            if page.translation_key != key and language == ORIGINAL:
                page.translation_key = key
                page.save()
            page.body = streams.body(words.get("body", ()), key)
            page.channels = [] if language in SAMI else streams.contacts(self.data, key)
        if language == ORIGINAL:
            page.picture = self.picture("organisation", self.data)
        elif language not in SAMI and "picture" in self.data:
            self.show_picture(page, self.data, language)
        self.run.publish_draft(page)

    def picture(self, kind: str, data: Data) -> Picture:
        """Draw and store the picture of one of the organisation's pages."""
        wanted = data["picture"]
        file = draw(
            data["key"],
            motif=wanted["motif"],
            time=wanted["time"],
            features=wanted.get("with", ()),
        )
        return Picture.objects.create(
            title=data.get("title") or data["name"],
            file=ContentFile(file, name=f"{kind}-{data['key']}.jpg"),
            alt_text=wanted["alt"][ORIGINAL],
            organisation=None if self.organisation.is_portal else self.organisation,
        )

    def show_picture(self, page: BasePage, data: Data, language: str) -> None:
        """Let a translation show its original's picture, described in its own language."""
        page.picture = page.original.picture
        page.picture_alt = data["picture"]["alt"][language]

    def forms(self, service: Data) -> dict[str, int]:
        """The printable forms that a service's channels offer, made where missing, by title."""
        titles = [channel["form"] for channel in service["channels"] if "form" in channel]
        return {title: self._form(title).pk for title in titles}

    def _form(self, title: str) -> Attachment:
        found = Attachment.objects.filter(organisation=self.organisation, title=title).first()
        if found is not None:
            return found
        file = ContentFile(printable(title), name=f"lomake-{self.organisation.pk}.pdf")
        return Attachment.objects.create(title=title, file=file, organisation=self.organisation)


def organisation_of(data: Data) -> Organisation:
    """The organisation behind a demo page, made where there is none yet.

    It is known by its page, so one that was renamed since is found again.
    """
    key = key_of("organisation", data["key"])
    page = OrganisationPage.objects.filter(translation_key=key).first()
    if page is not None:
        return page.organisation
    return create_organisation(
        name=data["name"],
        kind=data["kind"],
        business_id=business_id(data),
        email=data["email"],
        phone=data["phone"],
        website=data["website"],
    )
