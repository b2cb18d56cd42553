"""Pictures: made when a page is published, light, never moving what is around them."""

import re
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.images.forms import get_image_form

from search.models import Entry
from site_core.media.models import Picture, PictureRendition
from site_core.pages.pictures import FORMATS
from tests.factories.media import PictureFactory, png
from tests.factories.pages import ServicePageFactory, publish, stored, translate


def shown_picture(page) -> dict:
    return Entry.objects.get(page_id=page.pk).picture


def big(size=(1600, 1000), **fields) -> Picture:
    return PictureFactory(file=ContentFile(png(size=size), name="big.png"), **fields)


def stored_file(url: str):
    return next(copy for copy in PictureRendition.objects.all() if copy.url == url).file


def widths(srcset: str) -> list[int]:
    return [int(width) for width in re.findall(r" (\d+)w", srcset)]


def test_a_picture_comes_in_three_formats_and_widths(portal):
    picture = shown_picture(ServicePageFactory(picture=big()))
    assert [kind for kind, _ in picture["sources"]] == ["image/avif", "image/webp"]
    for srcset in (picture["srcset"], *(srcset for _, srcset in picture["sources"])):
        assert widths(srcset) == [480, 960, 1440]
    assert (picture["width"], picture["height"]) == (960, 600)
    first = picture["sources"][0][1].split()[0]
    with Image.open(stored_file(first)) as image:
        assert (image.format, image.size) == ("AVIF", (480, 300))


@pytest.mark.parametrize(
    ("size", "expected"),
    [((12, 8), [12]), ((700, 400), [480, 700]), ((400, 999), [192, 384, 400])],
)
def test_a_small_original_makes_fewer_copies(portal, size, expected):
    picture = shown_picture(ServicePageFactory(picture=big(size)))
    assert widths(picture["srcset"]) == expected
    assert PictureRendition.objects.filter(filter_spec__startswith="max-").count() == len(
        FORMATS
    ) * len(expected)


def test_the_shared_picture_is_cut_round_the_focal_point(portal):
    canvas = Image.new("RGB", (2400, 630), "black")
    canvas.paste("white", (0, 0, 400, 630))
    data = BytesIO()
    canvas.save(data, "PNG")
    at_left = PictureFactory(
        file=ContentFile(data.getvalue(), name="left.png"),
        focal_point_x=200,
        focal_point_y=315,
        focal_point_width=300,
        focal_point_height=300,
    )
    shared = shown_picture(ServicePageFactory(picture=at_left))["shared"]
    with Image.open(stored_file(shared["src"])) as image:
        assert (image.format, image.size) == ("JPEG", (1200, 630))
        assert image.getpixel((10, 300))[0] > 200


def test_no_reader_makes_a_copy(portal, client):
    body = [
        {
            "type": "picture",
            "value": {
                "image": {"image": big().pk, "alt_text": "Järvi", "decorative": False},
                "caption": "",
                "credit": "",
            },
        }
    ]
    page = ServicePageFactory(picture=big(), body=body)
    made = PictureRendition.objects.count()
    assert made > 10
    for address in (page.entry.path, f"/sv/e/{page.translation_key}/", "/fi/search/", "/fi/"):
        assert client.get(address, follow=True).status_code == 200
    assert PictureRendition.objects.count() == made


def test_the_page_offers_the_lightest_first_and_keeps_the_place(portal, client):
    page = ServicePageFactory(picture=big(), picture_alt="Kahvila")
    html = client.get(page.entry.path).content.decode()
    picture = re.search(r"<picture>.*?</picture>", html)[0]
    assert re.findall(r'type="([^"]+)"', picture) == ["image/avif", "image/webp"]
    assert picture.count("sizes=") == 3
    assert 'width="960" height="600" alt="Kahvila"' in picture
    shared = page.entry.picture["shared"]
    assert f'<meta property="og:image" content="http://127.0.0.1:8000{shared["src"]}">' in html
    assert '<meta property="og:image:width" content="1200">' in html
    assert '<meta property="og:image:alt" content="Kahvila">' in html


def test_a_new_file_takes_the_place_of_the_old(portal, django_user_model):
    picture = big()
    page = ServicePageFactory(picture=picture)
    version, before = page.entry.version, page.entry.picture
    form = get_image_form(Picture)(
        {"title": picture.title, "alt_text": picture.alt_text, "tags": ""},
        {"file": SimpleUploadedFile("new.png", png("white", (800, 800)), "image/png")},
        instance=Picture.objects.get(pk=picture.pk),
        user=django_user_model.objects.create_superuser("editor", "e@example.org", "x"),
    )
    assert form.is_valid(), form.errors
    form.save()
    entry = Entry.objects.get(page_id=page.pk)
    assert entry.version > version
    assert entry.picture["src"] != before["src"]
    assert (entry.picture["width"], entry.picture["height"]) == (800, 800)
    assert stored_file(entry.picture["src"])


def test_a_deleted_picture_is_shown_no_more(portal):
    page = ServicePageFactory(picture=big())
    translation = translate(page, "sv", title="Rådgivning")
    assert shown_picture(translation)
    Picture.objects.get(pk=page.picture_id).delete()
    assert shown_picture(page) is None
    assert shown_picture(translation) is None
    assert publish(stored(page)).picture is None
