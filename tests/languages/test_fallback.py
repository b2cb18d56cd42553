"""What falls back says so, everything is escaped, and plurals follow each language."""

from html.parser import HTMLParser

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from site_core.languages import fallback
from site_core.languages.fallback import Phrase, label_phrase, language_phrase, marked, say

pytestmark = pytest.mark.usefixtures("words")


def render(source: str, code: str, *, autoescape: bool = True, **values) -> str:
    with translation.override(code):
        return Template(source).render(Context(values, autoescape=autoescape))


class _Voices(HTMLParser):
    """Collects texts with the language a screen reader would read them in."""

    def __init__(self, page_language: str) -> None:
        super().__init__()
        self.stack, self.heard = [page_language], []

    def handle_starttag(self, tag, attrs):
        self.stack.append(dict(attrs).get("lang", self.stack[-1]))

    def handle_endtag(self, tag):
        self.stack.pop()

    def handle_data(self, data):
        if data.strip():
            self.heard.append((data.strip(), self.stack[-1]))


def heard(html: str, page_language: str) -> list[tuple[str, str]]:
    voices = _Voices(page_language)
    voices.feed(html)
    return voices.heard


LEFT = '{% say "One place left" plural="%(count)s places left" count=n %}'


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("fi", "Tallenna"),
        ("sv", "Spara"),
        ("se", "Vurke"),
        ("smn", '<span lang="fi">Tallenna</span>'),
        ("sms", '<span lang="fi">Tallenna</span>'),
        ("en", "Save"),
    ],
)
def test_own_word_or_a_marked_one(code, expected):
    assert render('{% say "Save" %}', code) == expected


def test_swedish_falls_back_to_finnish_marked():
    assert render('{% say "100 % free" %}', "sv") == '<span lang="fi">100 % maksuton</span>'


def test_a_word_nobody_has_is_english_and_marked():
    assert render('{% say "Unheard of" %}', "fi") == '<span lang="en">Unheard of</span>'
    assert render('{% say "Unheard of" %}', "en") == "Unheard of"


def test_a_missing_word_is_heard_in_its_own_language():
    html = render('<p>{% say "Save" %} {% say "Tom & Jerry" %}</p>', "se")
    assert heard(html, "se") == [("Vurke", "se"), ("Tom & Jerry <3", "fi")]


def test_control_without_the_span_the_wrong_voice_is_heard(monkeypatch):
    monkeypatch.setattr(fallback, "_wrap", lambda html, lang: html)
    html = render('<p>{% say "Tom & Jerry" %}</p>', "se")
    assert heard(html, "se") == [("Tom & Jerry <3", "se")]


def test_text_and_attribute_apart():
    source = '<h1{% say_lang "100 % free" %} title="{% say_text "Tom & Jerry" %}">'
    assert render(source, "se") == '<h1 lang="fi" title="Tom &amp; Jerry &lt;3">'
    assert render(source, "fi") == '<h1 title="Tom &amp; Jerry &lt;3">'


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("<b>Inari</b>", "&lt;b&gt;Inari&lt;/b&gt;"),
        (mark_safe("<b>Inari</b>"), "<b>Inari</b>"),
        ("50 %s", "50 %s"),
        (1234567, "1\xa0234\xa0567"),
        (Phrase("Anár", "se"), '<span lang="se">Anár</span>'),
        (Phrase("Inari"), "Inari"),
    ],
)
def test_values_are_escaped_and_written_as_the_language_does(value, shown):
    html = render('{% say "Services in %(place)s" place=value %}', "fi", value=value)
    assert html == f"Palvelut: {shown}"


def test_the_readers_own_word_inside_a_fallback_is_marked_back():
    html = render(
        '{% say "Services in %(place)s" place=a %}{% say "Services in %(place)s" place=b %}',
        "se",
        a=Phrase("Anár"),
        b=Phrase("Inari", "fi"),
    )
    assert html == (
        '<span lang="fi">Palvelut: <span lang="se">Anár</span></span>'
        '<span lang="fi">Palvelut: Inari</span>'
    )


def test_an_attribute_value_cannot_break_out():
    html = render('title="{% say_text "Services in %(place)s" place=v %}"', "fi", v='" onclick="x')
    assert html == 'title="Palvelut: &quot; onclick=&quot;x"'


def test_plain_mail_gets_neither_marks_nor_entities():
    source = '{% say "Tom & Jerry" %} {% say_text "Tom & Jerry" %}'
    assert render(source, "se", autoescape=False) == "Tom & Jerry <3 Tom & Jerry <3"


@pytest.mark.parametrize(
    ("code", "number", "expected"),
    [
        ("fi", 1, "Yksi paikka jäljellä"),
        ("fi", 2, "2 paikkaa jäljellä"),
        ("fi", 0, "0 paikkaa jäljellä"),
        ("se", 1, "okta"),
        ("se", 2, "guokte"),
        ("se", 3, "3"),
        ("se", 1200, "1\xa0200"),
        ("smn", 1, '<span lang="fi">Yksi paikka jäljellä</span>'),
        ("smn", 2, '<span lang="fi">2 paikkaa jäljellä</span>'),
        ("en", 1, "One place left"),
        ("en", 5, "5 places left"),
    ],
)
def test_plurals(code, number, expected):
    assert render(LEFT, code, n=number) == expected


def test_plural_in_text_and_lang():
    source = LEFT.replace("say ", "say_text ") + LEFT.replace("say ", "say_lang ")
    assert render(source, "smn", n=2) == '2 paikkaa jäljellä lang="fi"'


def test_context_keeps_words_apart():
    assert render('{% say "May" %} {% say "May" msgctxt="alt. month" %}', "fi") == (
        "toukokuu toukokuuta"
    )


def test_result_can_be_kept_in_a_variable():
    assert render('{% say "Save" as word %}[{{ word }}]', "sms") == (
        '[<span lang="fi">Tallenna</span>]'
    )


def test_phrases_in_python():
    with translation.override("sms"):
        assert say("Save") == ("Tallenna", "fi")
        assert say(gettext_lazy("Save")) == Phrase("Tallenna", "fi")
        assert str(say("Services in %(place)s", place="<Inari>")) == "Palvelut: <Inari>"
    with translation.override("fi"):
        assert say("Save") == Phrase("Tallenna", None)
    with translation.override(None):
        assert say("Save") == Phrase("Tallenna", None)


def test_a_forgotten_value_is_an_error():
    with translation.override("fi"), pytest.raises(KeyError):
        say("Services in %(place)s", town="Inari")


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        (Phrase("<Apu>"), "&lt;Apu&gt;"),
        (Phrase("<Apu>", "fi"), '<span lang="fi">&lt;Apu&gt;</span>'),
        (["Apu", "fi"], '<span lang="fi">Apu</span>'),
        (["Veahkki", "se"], "Veahkki"),
        (["Apu", None], "Apu"),
        ("Apu", "Apu"),
        (None, ""),
    ],
)
def test_marked(phrase, expected):
    with translation.override("se"):
        assert marked(phrase) == expected
    assert render("{{ phrase|marked }}", "se", phrase=phrase) == expected


def test_language_attribute_of_a_pair():
    source = "<h2{{ pair|lang_attr }}>"
    assert render(source, "se", pair=["Apu", "fi"]) == '<h2 lang="fi">'
    assert render(source, "fi", pair=["Apu", "fi"]) == "<h2>"
    assert render(source, "fi", pair=["Apu", '"><i>']) == '<h2 lang="&quot;&gt;&lt;i&gt;">'


@pytest.mark.parametrize(
    ("code", "labels", "expected"),
    [
        ("se", {"fi": "apu", "se": "veahkki"}, Phrase("veahkki")),
        ("se", {"sv": "hjälp", "fi": "apu"}, Phrase("apu", "fi")),
        ("sv", {"fi": "apu", "sv": ""}, Phrase("apu", "fi")),
        ("fi", {"sms": "veäʹǩǩ"}, Phrase("veäʹǩǩ", "sms")),
        ("fi", {"en": "help"}, Phrase("help", "en")),
        ("en", {"en": "help", "fi": "apu"}, Phrase("help")),
        ("en", {"fi": "apu"}, Phrase("apu", "fi")),
        ("fi", {}, Phrase("")),
    ],
)
def test_labels_of_a_concept(code, labels, expected):
    with translation.override(code):
        assert label_phrase(labels) == expected


def test_name_of_a_language_we_do_not_have_is_its_code():
    assert language_phrase("fse") == Phrase("fse")


def test_without_a_compiled_catalogue_readers_still_get_words(locale):
    (locale / "se" / "LC_MESSAGES" / "django.mo").unlink()
    fallback.catalogue.cache_clear()
    assert render('{% say "Save" %}', "se") == '<span lang="fi">Tallenna</span>'


def test_a_catalogue_is_read_once(monkeypatch):
    opened = []
    real = fallback.GNUTranslations
    monkeypatch.setattr(
        fallback, "GNUTranslations", lambda file: opened.append(file.name) or real(file)
    )
    render('{% say "Save" %}' * 50, "sms")
    assert len(opened) == 2  # Skolt Sámi, then Finnish
