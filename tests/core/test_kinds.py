"""Each kind of content says once what it is, and nothing else lists kinds."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

from lkintegration.core.checks import check_kinds
from lkintegration.core.kinds import Kind, is_content, kinds
from lkintegration.core.models import Content
from offers.models import Topic

pytestmark = pytest.mark.any_database

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("lkintegration", "contacts", "offers", "concept")


def test_every_model_of_content_is_a_kind():
    models = {model for model in apps.get_models() if issubclass(model, Content)}

    assert set(kinds()) == models
    assert check_kinds() == []


def test_a_model_of_content_that_declares_no_kind_is_told(monkeypatch):
    monkeypatch.delattr(Topic, "kind")

    assert not is_content(Topic)
    assert [(problem.id, problem.obj) for problem in check_kinds()] == [("core.E001", Topic)]


def test_so_is_one_without_translations_or_history(monkeypatch):
    from lkintegration.core import checks

    monkeypatch.delattr(Topic._meta, "simple_history_manager_attribute")
    others = [model for model in kinds() if model is not Topic]
    monkeypatch.setattr(checks.translator, "get_registered_models", lambda: others)

    assert [problem.id for problem in check_kinds()] == ["core.E002", "core.E003"]


def test_what_a_kind_says_has_a_value_for_everything():
    assert Kind() == Kind(own_page="", shown_on=(), in_feed=False)


def names_of_kinds(node):
    """Return the kinds that the elements of a literal collection name: by class or by label."""
    match node:
        case ast.Tuple() | ast.List() | ast.Set():
            elements = node.elts
        case ast.Dict():
            elements = [*node.keys, *node.values]
        case ast.Call(func=ast.Name(id="isinstance")) | ast.BinOp(op=ast.BitOr()):
            elements = [*ast.walk(node)]
        case _:
            return set()
    classes = {model.__name__ for model in kinds()}
    labels = {model._meta.label_lower for model in kinds()} | {m._meta.label for m in kinds()}
    found = set()
    for element in elements:
        match element:
            case ast.Name(id=str(name)) | ast.Attribute(attr=str(name)) if name in classes:
                found.add(name)
            case ast.Constant(value=str(label)) if label in labels:
                found.add(label)
    return found


def test_nothing_but_the_models_lists_kinds():
    """Migrations do: they speak of the models of their day."""
    files = [file for room in ROOMS for file in (ROOT / room).rglob("*.py")]
    files = [
        file for file in files if not {"migrations", "var"} & set(file.parts[len(ROOT.parts) :])
    ]
    assert len(files) > 150

    lists = {
        f"{file.relative_to(ROOT)}:{node.lineno}": sorted(named)
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if len(named := names_of_kinds(node)) > 1
    }

    assert lists == {}


def test_such_a_list_would_be_found():
    for text in (
        "KINDS = (Service, models.Topic)",
        "PAGES = {'offers.service': 1, 'pages.page': 2}",
    ):
        found = [names_of_kinds(node) for node in ast.walk(ast.parse(text))]
        assert any(len(names) == 2 for names in found), text
