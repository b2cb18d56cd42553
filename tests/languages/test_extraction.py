"""Every msgid is found, in Python and in templates, and only those."""

import pytest

from site_core.languages.extraction import (
    Message,
    UnreadableTemplateError,
    all_messages,
    fixed_messages,
    python_messages,
    template_messages,
)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('_("Save")', [Message("Save")]),
        ('gettext_lazy("Sa" "ve")', [Message("Save")]),
        ('translation.gettext("Save")', [Message("Save")]),
        ('ngettext("one", "many", n)', [Message("one", plural="many")]),
        ('pgettext("alt. month", "May")', [Message("May", "alt. month")]),
        ('npgettext("c", "one", "many", n)', [Message("one", "c", "many")]),
        ('say("one", plural="many", count=n)', [Message("one", plural="many")]),
        ('say("May", msgctxt="alt. month", place="Inari")', [Message("May", "alt. month")]),
        ('fallback.say_html("Save")', [Message("Save")]),
        ("_(variable)", []),
        ('_("")', []),
        ('_(f"Save {x}")', []),
        ('text.find("Save")', []),
        ('# _("Save")\nprint("Save")', []),
        ('Field(_("Name"), help_text=_("Whole name"))', [Message("Name"), Message("Whole name")]),
    ],
)
def test_python(source, expected):
    assert sorted(python_messages(source)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{% say "Save" %}', [Message("Save")]),
        ("{% say 'Save' %}", [Message("Save")]),
        ('<a title="{% say_text "Save it" %}"{% say_lang "Save it" %}>', [Message("Save it")] * 2),
        (
            '{% say "One place left" plural="%(count)s places left" count=n %}',
            [Message("One place left", plural="%(count)s places left")],
        ),
        ('{% say "May" msgctxt="alt. month" as may %}', [Message("May", "alt. month")]),
        ('{% translate "May" context "alt. month" %}', [Message("May", "alt. month")]),
        ('{% include "x.html" with label=_("Close") only %}', [Message("Close")]),
        ('{{ value|default:_("None yet") }}', [Message("None yet")]),
        ('{% say "It’s free: 100 %" %}', [Message("It’s free: 100 %")]),
        ("{% say choice.label %}", []),
        ('{# {% say "Save" %} #}', []),
        ('{% comment %}{% endcomment %}{% verbatim %}{% say "Save" %}{% endverbatim %}', []),
        ('plain "Save"', []),
    ],
)
def test_templates(source, expected):
    assert list(template_messages(source)) == expected


@pytest.mark.parametrize("tag", ["blocktranslate", "blocktrans"])
def test_a_tag_we_do_not_read_is_refused_with_its_place(tag):
    with pytest.raises(UnreadableTemplateError, match=r"card\.html:2: use \{% say %\}"):
        list(template_messages(f"\n{{% {tag} %}}Save{{% end{tag} %}}", "card.html"))


def test_languages_days_and_months_are_there():
    found = set(fixed_messages())
    assert {Message("Skolt Sámi"), Message("Sunday"), Message("May")} <= found
    assert Message("December", "alt. month") in found
    assert len(found) == 5 + 7 + 12 * 2


def test_a_project_is_read_whole(tmp_path):
    (tmp_path / "services").mkdir()
    (tmp_path / "services" / "models.py").write_text('_("In Python")\n_("Either")', "utf-8")
    (tmp_path / "templates" / "pages").mkdir(parents=True)
    page = tmp_path / "templates" / "pages" / "page.html"
    page.write_text('{% say "In a page" %}{% say "Either" plural="Both" count=2 %}', "utf-8")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_x.py").write_text('_("In a test")', "utf-8")
    found = set(all_messages(tmp_path)) - set(fixed_messages())
    assert found == {
        Message("In Python"),
        Message("In a page"),
        Message("Either", plural="Both"),
    }
