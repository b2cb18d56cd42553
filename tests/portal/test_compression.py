"""What is rendered is compressed and revalidated; files pass as they are."""

import gzip

from django.http import FileResponse, HttpResponse
from django.test import RequestFactory

from site_core.http import CompressTextMiddleware

TEXT = "Lappi " * 200


def through(response, accepted: str = "gzip"):
    request = RequestFactory().get("/", headers={"accept-encoding": accepted})
    return CompressTextMiddleware(lambda _: response)(request)


def test_text_is_compressed():
    response = through(HttpResponse(TEXT))
    assert response["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content).decode() == TEXT


def test_no_length_tells_of_a_secret_in_the_text():
    lengths = {len(through(HttpResponse(TEXT)).content) for _ in range(40)}
    assert len(lengths) > 5


def test_text_is_plain_for_who_refuses():
    response = through(HttpResponse(TEXT), "gzip;q=0, br")
    assert response.content.decode() == TEXT
    assert response["Vary"] == "Accept-Encoding"


def test_pictures_and_streams_pass(tmp_path):
    picture = HttpResponse(TEXT, content_type="image/avif")
    assert "Content-Encoding" not in through(picture)
    file = tmp_path / "form.txt"
    file.write_text(TEXT)
    with file.open("rb") as content:
        sent = through(FileResponse(content))
    assert "Content-Encoding" not in sent
    assert sent["Content-Length"] == str(len(TEXT))


def test_a_listing_is_compressed_and_answers_304(portal, client):
    first = client.get("/fi/search/", headers={"accept-encoding": "gzip"})
    assert first["Content-Encoding"] == "gzip"
    again = client.get(
        "/fi/search/", headers={"accept-encoding": "gzip", "if-none-match": first["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
