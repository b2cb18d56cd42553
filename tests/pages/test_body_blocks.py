"""Blocks of a body: plain semantic HTML, links that outlive addresses, refusals in words."""

import pytest
from django.urls import reverse
from django.utils.translation import override
from wagtail.blocks import StreamBlockValidationError
from wagtail.models import Page

from site_core.pages.blocks import BodyBlock
from site_core.pages.body import render_body
from tests.factories.media import PictureFactory

BLOCK = BodyBlock()


def body(*blocks):
    return BLOCK.to_python(
        [{"type": kind, "value": value, "id": str(n)} for n, (kind, value) in enumerate(blocks)]
    )


def html_of(kind: str, value) -> str:
    return " ".join(render_body(body((kind, value))).split())


def items(*values) -> list[dict]:
    return [{"type": "item", "value": value, "id": str(n)} for n, value in enumerate(values)]


@pytest.mark.parametrize(
    ("kind", "value", "html"),
    [
        ("heading", {"text": "Näin alkuun", "level": "h2"}, "<h2>Näin alkuun</h2>"),
        ("heading", {"text": "A < B", "level": "h3"}, "<h3>A &lt; B</h3>"),
        ("paragraph", "<p>Tule <b>mukaan</b>.</p>", "<p>Tule <b>mukaan</b>.</p>"),
        (
            "quote",
            {"text": "Hyvä!", "source": ""},
            '<figure class="quote"> <blockquote><p>Hyvä!</p></blockquote> </figure>',
        ),
        ("quote", {"text": "Hyvä!", "source": "Ohjaaja"}, "<figcaption>Ohjaaja</figcaption>"),
        (
            "note",
            {"heading": "Huom", "text": "<p>Maksuton.</p>"},
            '<h2 class="note-heading">Huom</h2> <p>Maksuton.</p>',
        ),
    ],
)
def test_blocks_are_plain_html(kind, value, html):
    assert html in html_of(kind, value)


def test_an_empty_body_is_an_empty_string():
    assert render_body(body()) == ""


def test_blocks_follow_each_other_in_order():
    shown = render_body(body(("heading", {"text": "A", "level": "h2"}), ("paragraph", "<p>B</p>")))
    assert shown.index("A") < shown.index("B")


def test_a_picture_is_described_and_comes_in_sizes(db):
    picture = PictureFactory(alt_text="Järvi")
    value = {"image": {"image": picture.pk, "alt_text": "Ryhmä rannalla", "decorative": False}}
    shown = html_of("picture", {**value, "caption": "Retki", "credit": "Yhdistys"})
    assert 'alt="Ryhmä rannalla"' in shown
    assert shown.count(" srcset=") == 3
    assert 'type="image/webp"' in shown
    assert "<figcaption> Retki <small>Yhdistys</small> </figcaption>" in shown


def test_a_decorative_picture_has_an_empty_description(db):
    picture = PictureFactory(alt_text="Järvi")
    value = {"image": {"image": picture.pk, "alt_text": "", "decorative": True}}
    assert 'alt=""' in html_of("picture", value)


def test_a_picture_that_was_deleted_leaves_nothing(db):
    assert html_of("picture", {"image": {"image": 999_999, "alt_text": "x"}}) == ""


def test_a_picture_needs_a_description(db):
    picture = PictureFactory()
    value = {"image": {"image": picture.pk, "alt_text": "", "decorative": False}}
    with pytest.raises(StreamBlockValidationError):
        BLOCK.clean(body(("picture", value)))


def test_a_link_to_a_page_goes_by_its_key(db):
    page = Page.objects.get(depth=1)
    value = {"heading": "Lue lisää", "links": items({"text": "Juuri", "page": page.pk})}
    with override("sv"):
        shown = html_of("links", value)
        assert f'<a href="{reverse("entry", args=[page.translation_key])}">Juuri</a>' in shown


def test_a_link_whose_page_is_gone_is_plain_text(db):
    shown = html_of("links", {"links": items({"text": "Poissa", "page": 999_999})})
    assert "Poissa" in shown
    assert "<a" not in shown


@pytest.mark.parametrize(
    "links",
    [
        [],
        [{"text": "Linkki"}],
        [{"text": "", "url": "https://example.org/"}],
        [{"text": "Linkki", "url": "http://example.org/"}],
        [{"text": "Linkki", "url": "javascript:alert(1)"}],
    ],
    ids=["none", "no target", "no words", "not secure", "script"],
)
def test_links_that_lead_nowhere_or_astray_are_refused(links):
    with pytest.raises(StreamBlockValidationError):
        BLOCK.clean(body(("links", {"links": items(*links)})))


def test_a_link_has_one_target(db):
    page = Page.objects.get(depth=1)
    both = {"text": "Linkki", "url": "https://example.org/", "page": page.pk}
    with pytest.raises(StreamBlockValidationError):
        BLOCK.clean(body(("links", {"links": items(both)})))


def test_a_draft_may_lack_a_target():
    draft = body(("links", {"links": items({"text": "Linkki"})}))
    assert len(BLOCK.clean_deferred(draft)) == 1


@pytest.mark.parametrize("kind", list(BLOCK.child_blocks))
def test_every_block_explains_itself_in_the_picker(db, kind):
    PictureFactory()
    block = BLOCK.child_blocks[kind]
    assert block.meta.description
    assert block.meta.icon != "placeholder"
    assert block.is_previewable
    assert block.render(block.get_preview_value()).strip()
