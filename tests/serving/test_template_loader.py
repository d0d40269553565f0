"""Templates are indented for those who write them; readers get what means something."""

from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Engine, TemplateSyntaxError
from django.template.loader import get_template

from lkintegration.serving.template_loader import tightened

pytestmark = pytest.mark.any_database


def engine(folder: Path, **options) -> Engine:
    loaders = [("django.template.loaders.cached.Loader", settings.TEMPLATE_LOADERS[:1])]
    return Engine(dirs=[str(folder)], loaders=loaders, **options)


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("<ul>\n    <li>a</li>\n    <li>b</li>\n</ul>\n", "<ul><li>a</li>\n<li>b</li></ul>"),
        ("<p>\n    Ja\n    <b>nein</b>.\n</p>", "<p>Ja\n<b>nein</b>.</p>"),
        ("<h{{ level }}>\n    a\n</h{{ level }}>", "<h{{ level }}>a</h{{ level }}>"),
        ("Ja,\n\n\n    nein", "Ja,\nnein"),
        (
            '<form class="a"\n      action="b">\n    c\n</form>',
            '<form class="a" action="b">c</form>',
        ),
        ("<p {% if a %}b{% endif %}>\n    c\n</p>", "<p {% if a %}b{% endif %}>c</p>"),
        ("<pre>\n    a\n\n  b\n</pre>\n<p>\n    c\n</p>", "<pre>\n    a\n\n  b\n</pre>\n<p>c</p>"),
        ("<textarea>\n  a</textarea>", "<textarea>\n  a</textarea>"),
        ("{% load i18n %}\n{% comment %}\nWhat.\n{% endcomment %}\n<p>", "{% load i18n %}<p>"),
        (
            "<main>\n{% block a %}\n    b\n{% endblock %}\n</main>",
            "<main>{% block a %}b{% endblock %}</main>",
        ),
        (
            "{% blocktranslate trimmed %}\n    a\n    b\n{% endblocktranslate %}",
            "{% blocktranslate trimmed %}\n    a\n    b\n{% endblocktranslate %}",
        ),
    ],
)
def test_what_is_left_of_a_template(source, left):
    assert tightened(source) == left


@pytest.mark.parametrize("given", [{}, {"a": 1}, {"b": [1, 2]}, {"a": 1, "b": [1, 2]}])
def test_words_stay_apart_whichever_way_a_statement_goes(given, tmp_path):
    (tmp_path / "words.html").write_text(
        "eins\n"
        "{% if a %}\n    zwei\n{% else %}\n    drei\n{% endif %}\n"
        "{% if a %}\n    {% if b %}\n        vier\n    {% endif %}\n{% endif %}\n"
        "{% for c in b %}\n    <b>{{ c }}</b>\n{% empty %}\n    keine\n{% endfor %}\n"
        "{% with d=a %}\n    fünf\n{% endwith %}\n"
        "sechs\n",
        encoding="utf-8",
    )
    loose = Engine(dirs=[str(tmp_path)]).get_template("words.html")
    tight = engine(tmp_path).get_template("words.html")

    shown = tight.render(Context(given))

    assert shown.split() == loose.render(Context(given)).split()
    assert shown == shown.strip()
    assert "\n\n" not in shown


def test_a_mistake_is_told_with_its_line(tmp_path):
    (tmp_path / "wrong.html").write_text(
        '<form class="a"\n      action="b">\n    {# c #}\n\n    <p>\n        {% falsch %}\n',
        encoding="utf-8",
    )
    with pytest.raises(TemplateSyntaxError) as raised:
        engine(tmp_path, debug=True).get_template("wrong.html")
    assert raised.value.template_debug["line"] == 6


def test_the_site_s_own_templates_are_read_so_and_those_of_libraries_as_they_are():
    ours = get_template("base.html").template
    theirs = get_template("admin/base.html").template
    assert "\n    " not in ours.source
    assert "\n    " in theirs.source
