"""Video and sound come with words, from our own files or as plain links."""

import pytest
from django.core.files.base import ContentFile
from django.utils.translation import override
from wagtail.blocks import StreamBlockValidationError

from site_core.media.models import Attachment
from tests.pages.test_body_blocks import BLOCK, body, html_of

WORDS = "<p>Avaa linkki.</p>"
ELSEWHERE = {"title": "Video", "language": "fi", "url": "https://example.org/v"}


def attachment(name: str) -> int:
    return Attachment.objects.create(title=name, file=ContentFile(b"x", name=name)).pk


@pytest.mark.parametrize("kind", ["video", "podcast"])
def test_it_needs_words(db, kind):
    with pytest.raises(StreamBlockValidationError):
        BLOCK.clean(body((kind, ELSEWHERE)))
    assert BLOCK.clean(body((kind, {**ELSEWHERE, "transcript": WORDS})))
    assert len(BLOCK.clean_deferred(body((kind, ELSEWHERE)))) == 1


@pytest.mark.parametrize("words", ["<p></p>", "<p> </p>", "<p>&nbsp;<br/></p>"])
def test_markup_alone_is_no_transcript(db, words):
    with pytest.raises(StreamBlockValidationError):
        BLOCK.clean(body(("podcast", {**ELSEWHERE, "transcript": words})))


def test_captions_are_words_for_a_file_of_ours_only(db):
    captions = {"captions": attachment("puhe.vtt")}
    own = {"title": "Video", "language": "fi", "file": attachment("video.mp4"), **captions}
    assert BLOCK.clean(body(("video", own)))
    with pytest.raises(StreamBlockValidationError):
        BLOCK.clean(body(("video", {**ELSEWHERE, **captions})))


@pytest.mark.parametrize(
    ("kind", "files"),
    [
        ("video", {"file": "video.exe"}),
        ("video", {"file": "ääni.mp3"}),
        ("video", {"file": "video.mp4", "captions": "puhe.txt"}),
        ("podcast", {"file": "video.mp4"}),
    ],
)
def test_files_of_another_kind_are_refused(db, kind, files):
    chosen = {field: attachment(name) for field, name in files.items()}
    with pytest.raises(StreamBlockValidationError):
        BLOCK.clean(body((kind, {"title": "A", "language": "fi", "transcript": WORDS, **chosen})))


@pytest.mark.parametrize("sources", [(), ("file", "url")], ids=["none", "both"])
def test_it_has_one_source(db, sources):
    all_sources = {"file": attachment("video.mp4"), "url": "https://example.org/v"}
    chosen = {name: all_sources[name] for name in sources}
    value = {"title": "A", "language": "fi", "transcript": WORDS, **chosen}
    with pytest.raises(StreamBlockValidationError):
        BLOCK.clean(body(("video", value)))


def test_a_file_of_ours_is_played_with_its_captions(db):
    value = {
        "title": "Näin liityt",
        "language": "se",
        "file": attachment("video.mp4"),
        "captions": attachment("puhe.vtt"),
    }
    shown = html_of("video", value)
    assert '<figure class="recording" lang="se">' in shown
    assert '<video controls preload="none"' in shown
    assert 'type="video/mp4"' in shown
    assert '<track kind="captions"' in shown
    assert 'srclang="se" default>' in shown


@pytest.mark.parametrize("kind", ["video", "podcast"])
def test_what_lies_elsewhere_is_a_plain_link_with_its_words(kind):
    shown = html_of(kind, {**ELSEWHERE, "transcript": WORDS})
    assert '<a href="https://example.org/v">Video</a>' in shown
    assert '<summary lang="fi">' in shown
    assert "Avaa linkki." in shown
    assert not any(tag in shown for tag in ("<video", "<audio", "<iframe", "<script"))


def test_a_heading_of_ours_is_not_in_the_language_of_the_recording():
    with override("sv"):
        shown = html_of("podcast", {**ELSEWHERE, "language": "se", "transcript": WORDS})
    assert '<figure class="recording" lang="se">' in shown
    assert '<summary lang="sv">' in shown


def test_sound_of_ours_is_played(db):
    value = {"title": "A", "language": "fi", "file": attachment("a.mp3"), "transcript": WORDS}
    assert '<audio controls preload="none"' in html_of("podcast", value)
