"""Sound and moving pictures, never without words for those who do not hear or see them.

A file of our own is played in place; what lies elsewhere is a plain link, because a player from
another site would tell it who reads what.
"""

from html import unescape
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    RichTextBlock,
    StructBlock,
    StructBlockValidationError,
    StructValue,
)
from wagtail.documents.blocks import DocumentChooserBlock

from site_core.languages.registry import LANGUAGES
from site_core.pages.blocks.links import SecureURLBlock
from site_core.pages.blocks.text import RICH_TEXT_FEATURES

VIDEO_ENDINGS = ("mp4", "webm")
SOUND_ENDINGS = ("mp3", "m4a", "ogg", "opus")
CAPTION_ENDINGS = ("vtt",)


class RecordingValue(StructValue):
    """What templates ask of a recording."""

    @property
    def mime_type(self) -> str:
        """Media type of the file, as its ending says."""
        kind = "video" if self["file"].file_extension in VIDEO_ENDINGS else "audio"
        ending = {"m4a": "mp4", "mp3": "mpeg", "opus": "ogg"}.get(self["file"].file_extension)
        return f"{kind}/{ending or self['file'].file_extension}"


class RecordingBlock(StructBlock):
    """What a video and a podcast share: a file or an address, and the same in words."""

    endings: tuple[str, ...] = ()

    title = CharBlock(label=_("Title"), max_length=120)
    language = ChoiceBlock(
        label=_("Language that is spoken"),
        choices=[(code, language.own_name) for code, language in LANGUAGES.items()],
        default="fi",
    )
    file = DocumentChooserBlock(label=_("File"), required=False)
    url = SecureURLBlock(
        label=_("Address elsewhere"),
        required=False,
        help_text=_("Shown as a plain link. Write the transcript here."),
    )
    transcript = RichTextBlock(
        label=_("Transcript"),
        required=False,
        features=RICH_TEXT_FEATURES,
        help_text=_("Everything that is said, and what is seen if it matters."),
    )

    def clean(self, value: StructValue) -> StructValue:
        """Refuse a recording without a source, of a wrong kind, or without words."""
        cleaned = super().clean(value)
        faults = dict(self.faults(cleaned))
        if faults:
            raise StructBlockValidationError(faults)
        return cleaned

    def faults(self, value: StructValue) -> list[tuple[str, ValidationError]]:
        """Pairs of field and fault; a draft may lack what it will need."""
        found = []
        file, url = value.get("file"), value.get("url")
        if file and url:
            found.append(("url", _fault(_("Choose a file or write an address, not both."))))
        if not (file or url or self.is_deferred_validation):
            found.append(("file", _fault(_("Choose a file or write an address."))))
        found += _wrong_kind("file", file, self.endings)
        if not (self.has_words(value) or self.is_deferred_validation):
            found.append(("transcript", _fault(self.meta.words_missing)))
        return found

    def has_words(self, value: StructValue) -> bool:
        """Whether what is said can be read; a paragraph without a letter says nothing."""
        return bool(unescape(strip_tags(str(value.get("transcript") or ""))).strip())

    class Meta:
        value_class = RecordingValue
        label_format = "{title}"


class VideoBlock(RecordingBlock):
    endings = VIDEO_ENDINGS

    captions = DocumentChooserBlock(
        label=_("Captions"), required=False, help_text=_("A WebVTT file (.vtt).")
    )

    def faults(self, value: StructValue) -> list[tuple[str, ValidationError]]:
        """Captions belong to a file of ours, and are WebVTT."""
        return super().faults(value) + _wrong_kind(
            "captions", value.get("captions"), CAPTION_ENDINGS
        )

    def has_words(self, value: StructValue) -> bool:
        """Captions count for a file of ours only: elsewhere they would not be shown."""
        return bool(value.get("captions") and value.get("file")) or super().has_words(value)

    class Meta:
        label = _("Video")
        description = _("A video with captions or a transcript.")
        icon = "media"
        template = "blocks/video.html"
        words_missing = _("A video needs captions or a transcript.")
        preview_value = {
            "title": "Näin liityt videoryhmään",
            "language": "fi",
            "url": "https://example.org/video",
            "transcript": "<p>Avaa linkki. Paina Liity.</p>",
        }


class PodcastBlock(RecordingBlock):
    endings = SOUND_ENDINGS

    class Meta:
        label = _("Podcast")
        description = _("A recording to listen to, with a transcript.")
        icon = "media"
        template = "blocks/podcast.html"
        words_missing = _("A recording needs a transcript.")
        preview_value = {
            "title": "Omaishoitajan arki",
            "language": "fi",
            "url": "https://example.org/podcast",
            "transcript": "<p>Tänään puhumme jaksamisesta.</p>",
        }


def _wrong_kind(
    field: str, file: Any, endings: tuple[str, ...]
) -> list[tuple[str, ValidationError]]:
    if not file or file.file_extension in endings:
        return []
    wanted = ", ".join(f".{ending}" for ending in endings)
    return [(field, _fault(_("Choose a file of one of these kinds: %(kinds)s."), kinds=wanted))]


def _fault(words: Any, **values: str) -> ValidationError:
    return ValidationError(words, code="recording", params=values)
