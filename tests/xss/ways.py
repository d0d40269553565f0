"""The three ways by which a text comes into the database."""

import json
import shutil
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.test import Client
from django.urls import reverse

from lkintegration.seed.content_files import seeded_models
from lkintegration.seed.load_content import load_content
from lkintegration.seed.models import LoadedRecord
from tests.core.browser import form_of, page_of
from tests.xss.drafts import Draft, columns
from tests.xss.look import assert_harmless

Keys = dict[tuple[str, str], int]


def known_keys() -> Keys:
    """Return the primary keys of what the content files have brought."""
    return {(row.model, row.key): row.object_id for row in LoadedRecord.objects.all()}


def by_orm(drafts: list[Draft]) -> Keys:
    """Save every draft as a script would."""
    keys = known_keys()
    for draft in drafts:
        values, to_many = _resolved(draft, keys)
        pk = keys.get((draft.label, draft.key))
        record = draft.model.objects.get(pk=pk) if pk else draft.model()
        for name, value in (values | draft.texts).items():
            setattr(record, name, value)
        record.save()
        for name, value in to_many.items():
            getattr(record, name).set(value)
        keys[draft.label, draft.key] = record.pk
    return keys


def by_form(drafts: list[Draft], client: Client) -> Keys:
    """Fill in the forms of the admin: the German one, then that of each other language."""
    keys = known_keys()
    for draft in drafts:
        values, to_many = _resolved(draft, keys)
        pk = keys.get((draft.label, draft.key))
        texts = _by_language(draft)
        facts = {
            name: "on" if value is True else value for name, value in (values | to_many).items()
        }
        address = _address(draft.model, "change", pk) if pk else _address(draft.model, "add")
        _send(client, draft.model, address, facts | texts.pop("", {}) | texts.pop("de", {}))
        keys[draft.label, draft.key] = pk or draft.model.objects.latest("pk").pk
        for language, own in texts.items():
            address = _address(draft.model, "change", keys[draft.label, draft.key])
            _send(client, draft.model, f"{address}?sprache={language}", own)
    return keys


def by_import(drafts: list[Draft], folder: Path) -> Keys:
    """Write content files into ``folder`` and load them."""
    files: dict[tuple[str, str], list[str]] = defaultdict(list)
    for draft in drafts:
        name, app = draft.model._meta.model_name, draft.model._meta.app_label
        texts = _by_language(draft)
        own = draft.facts | texts.pop("", {}) | texts.pop("de", {})
        files[app, "xss"].append(_table(f"[[{name}]]", {"key": draft.key} | own))
        for language, translated in texts.items():
            files[app, language].append(_table(f"[{name}.{draft.key}]", translated))
    with _content_in(folder):
        for (app, name), tables in files.items():
            path = folder / app / "content" / f"{name}.toml"
            path.write_text("".join(tables), encoding="utf-8")
        load_content()
    return known_keys()


def _by_language(draft: Draft) -> dict[str, dict[str, str]]:
    """Return the texts as content files and forms name them: by language, then by field."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for column in columns(draft.model):
        found[column.language][column.field] = draft.texts[column.name]
    return found


def _resolved(draft: Draft, keys: Keys) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the facts of a draft with primary keys: plain values, and relations to many."""
    values: dict[str, Any] = {}
    to_many: dict[str, Any] = {}
    for name, value in draft.facts.items():
        target = draft.model._meta.get_field(name)
        label = target.related_model._meta.label if target.is_relation else ""
        if target.many_to_many:
            to_many[name] = [keys[label, key] for key in value]
        elif target.many_to_one:
            values[target.attname] = keys[label, value]
        else:
            values[name] = value
    return values, to_many


def _address(model: Any, screen: str, *args: int) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{screen}", args=args)


def _send(client: Client, model: Any, address: str, values: dict[str, Any]) -> None:
    """Send a form with ``values``, by the names of the fields without a language."""
    page = client.get(address)
    form = form_of(page, f"{model._meta.model_name}_form")
    # It also tells, by their names, which records were saved before.
    assert_harmless(page_of(page), address)
    (element,) = page_of(page).xpath(f"//form[@id='{model._meta.model_name}_form']")
    names = {control.get("name") for control in element.xpath(".//*[@name]")}
    language = address.partition("sprache=")[2] or "de"
    for name, value in values.items():
        field = name.removesuffix("_id") if name.removesuffix("_id") in names else name
        translated = f"{field}_{language}"
        target = translated if translated in names else field
        if target == "status" and target not in names:
            continue  # whoever writes goals does not publish them
        if f"{target}_0" in names:  # a moment has a field for the day and one for the time
            form |= {f"{target}_0": value[:10], f"{target}_1": value[11:16]}
            continue
        assert target in names, (address, name)
        form[target] = value
    answer = client.post(address, form | {"_save": "1"})
    assert answer.status_code == 302, (
        address,
        page_of(answer).xpath("//*[contains(@class, 'errorlist')]//text()"),
    )


def _table(head: str, values: dict[str, Any]) -> str:
    """Return one table of TOML, whose strings and lists are written as JSON's."""
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in values.items()]
    return "\n".join([head, *lines, "\n"])


@contextmanager
def _content_in(folder: Path) -> Iterator[None]:
    """Let the apps find their content files in ``folder``."""
    names = {model._meta.app_label for model in seeded_models()}
    configs = {name: apps.get_app_config(name) for name in names}
    before = {name: config.path for name, config in configs.items()}
    for name, config in configs.items():
        (folder / name / "content").mkdir(parents=True)
        if name == "contacts":
            table = Path(config.path) / "content" / "municipalities.csv"
            shutil.copy(table, folder / name / "content")
        config.path = str(folder / name)
    try:
        yield
    finally:
        for name, config in configs.items():
            config.path = before[name]
