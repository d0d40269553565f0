"""Another kind of content takes the steps of the recipe in docs/developers.md and no other edit.

A scratch copy of the project learns what a course is, then looks for it everywhere.
"""

import shutil
from pathlib import Path

import pytest

from tests.admin import EDITOR, STAFF
from tests.site.scratch import ROOT, add, change, copy_project, run

pytestmark = pytest.mark.any_database

MODEL = '''"""The courses."""

from django.db import models
from django.urls import reverse

from lkintegration.core.kinds import Kind
from lkintegration.core.models import Content
from lkintegration.core.querysets import ContentQuerySet, manager
from lkintegration.core.richtext import RichTextField
from lkintegration.core.slugs import Sluggable


class Course(Sluggable, Content):
    """A course that somebody can join."""

    name = models.CharField("Name", max_length=200)
    text = RichTextField("Text", blank=True)

    kind = Kind(own_page="kurs", list_page="angebote", in_feed=True, in_check_list=True)
    objects = manager(ContentQuerySet)

    class Meta(Content.Meta):
        verbose_name = "Kurs"
        verbose_name_plural = "Kurse"
        ordering = ["name_de"]

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("kurs", args=[self.slug])
'''
TRANSLATION = """

from offers.models import Course  # noqa: E402


@register(Course)
class CourseTranslation(TranslationOptions):
    fields = ("name", "text")
    required_languages = {"de": ("name",)}


track_revisions(Course)
"""
RIGHTS = '''"""Who works on courses."""

from django.db import migrations

from lkintegration.core.new_kind import give_rights


class Migration(migrations.Migration):
    dependencies = [("offers", "LATEST"), ("editorial", "0005_roles")]
    operations = [
        give_rights(
            "offers.course",
            {
                "Angebote und Kontakte": ("add", "change", "delete", "view", "publish"),
                "Veröffentlichung": ("view", "publish"),
                "Übersetzung": ("translate",),
            },
        )
    ]
'''
ADMIN = """

from offers.models import Course  # noqa: E402


@admin.register(Course)
class CourseAdmin(ContentAdmin):
    list_display = ["name_de", "status", "checked_on"]
    search_fields = ["name_de", "text_de"]
    fieldsets = [(None, {"fields": ["name", "text"]}), PUBLICATION, SOURCES, ADDRESS]
"""
VIEW = '''

from offers.models import Course  # noqa: E402


class CourseView(SlugDetailView):
    """One course."""

    template_name = "offers/course.html"
    context_object_name = "course"

    def get_queryset(self) -> Any:
        return Course.objects.published().for_reader()
'''
URL = """    public("kurse/<slug:slug>/", views.CourseView.as_view(), name="kurs", of=Course),
]
"""
TEMPLATE = """{% extends "base.html" %}

{% block main %}
    <div class="page-head wrap">
        <h1>{% text course "name" %}</h1>
    </div>
    <div class="wrap prose">{% rich course "text" %}</div>
{% endblock main %}
"""
STRUCTURED_DATA = '''

from offers.models import Course  # noqa: E402


@about.register
def about_course(course: Course) -> About:
    """Return what the page of a course is about."""
    return About(title=str(course.name), description=shortened(course.text))
'''
GERMAN = """[[course]]
key = "naehkurs"
slug = "naehkurs"
name = "Nähkurs"
text = "<p>Hier lernen Sie nähen.</p>"
status = "published"
evidence = "own"
checked_on = 2020-01-01
"""
ARABIC = """
[course.naehkurs]
name = "دورة خياطة"
"""
FACTORY = """

def course(save: bool = True, **fields: Any) -> Course:
    return _made(Course, save, _PUBLIC | {"name_de": "Nähkurs"}, fields)
"""
# The copy's own tests, as far as they come across a new kind.
CHECKS = [
    "tests/offers/test_course.py",
    "tests/core/test_kinds.py",
    "tests/serving/test_addresses.py",
    "tests/site/test_sweep.py::test_every_record_page_is_whole_in_every_language[de]",
    "tests/site/test_sweep.py::test_every_record_page_is_whole_in_every_language[ar]",
    "tests/xss/test_stored.py::test_an_attack_by_a_form_is_stored_as_text",
    "tests/editing/test_roles.py::test_every_address_of_the_admin_has_an_entry",
    "tests/editing/test_roles.py::test_every_model_of_the_admin_has_an_entry",
    *(
        f"tests/editing/test_roles.py::{test}[{role}]"
        for test in (
            "test_each_role_opens_the_screens_it_has_a_right_to",
            "test_each_role_changes_published_content_as_far_as_it_may",
        )
        for role in (STAFF, EDITOR)
    ),
]


def follow_the_recipe(copy: Path) -> None:
    """Take its steps in their order."""
    offers = copy / "offers"
    add(offers / "models/courses.py", MODEL)
    named = "from offers.models.services import"
    models = offers / "models/__init__.py"
    change(models, named, f"from offers.models.courses import Course\n{named}")
    change(models, '["OLDEST"', '["OLDEST", "Course"')
    add(offers / "translation.py", TRANSLATION)
    add(offers / "admin.py", ADMIN)
    add(offers / "views.py", VIEW)
    add(copy / "templates/offers/course.html", TEMPLATE)
    add(offers / "structured_data.py", STRUCTURED_DATA)
    change(offers / "urls.py", "import Service\n", "import Course, Service\n")
    text = (offers / "urls.py").read_text(encoding="utf-8")
    (offers / "urls.py").write_text(text.removesuffix("]\n") + URL, encoding="utf-8")
    run(copy, "manage.py", "makemigrations", "offers", "--name", "course")
    (made,) = (offers / "migrations").glob("*_course.py")
    add(offers / "migrations/rights_on_courses.py", RIGHTS.replace("LATEST", made.stem))
    add(offers / "content/courses.toml", GERMAN)
    add(offers / "content/ar.toml", ARABIC)
    factories = copy / "tests/factories.py"
    change(factories, "import Service, Topic\n", "import Course, Service, Topic\n")
    add(factories, FACTORY)
    matrix = '    "offers.topic": EDITORIAL_CONTENT'
    roles = copy / "tests/editing/test_roles.py"
    change(roles, matrix, f'    "offers.course": CONTACT_CONTENT,\n{matrix}')


def test_a_kind_is_everywhere_once_the_recipe_is_followed(tmp_path):
    copy = copy_project(tmp_path)
    follow_the_recipe(copy)
    shutil.copy(ROOT / "tests/site/another_kind.py", copy / "tests/offers/test_course.py")

    assert "No changes detected" in run(copy, "manage.py", "makemigrations", "--check", "--dry-run")
    assert "no issues" in run(copy, "manage.py", "check")
    passed = run(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", *CHECKS)

    assert "failed" not in passed
