"""Empties the stored texts of which nobody sees anything, and counts their translations anew."""

from importlib import import_module
from itertools import islice

from django.db import migrations, models

from lkintegration.core.characters import is_blank
from lkintegration.core.richtext import is_blank_html

standings_of = import_module("lkintegration.editing.migrations.0011_standings").standings_of


def empty(apps, schema_editor):
    alias = schema_editor.connection.alias
    for model in apps.get_models():
        names = {field.name for field in model._meta.get_fields()}
        if "translation_states" not in names or "history_id" in names:
            continue
        waiting = model._default_manager.using(alias).order_by("pk").iterator(chunk_size=500)
        while records := list(islice(waiting, 500)):
            changed = [record for record in records if _empty(record)]
            if changed:
                columns = [field.name for field in _columns(model)]
                model._default_manager.using(alias).bulk_update(
                    changed, [*columns, "translation_states"], batch_size=100
                )
                _count_anew(apps, alias, model, changed)


def _columns(model):
    texts = (models.CharField, models.TextField)
    return [field for field in model._meta.concrete_fields if isinstance(field, texts)]


def _empty(record):
    """Empty the blank texts of ``record``; return whether there are any."""
    found = [
        field
        for field in _columns(type(record))
        if (text := getattr(record, field.attname))
        and isinstance(text, str)
        and (is_blank(text) or (text.startswith("<") and is_blank_html(text)))
    ]
    for field in found:
        setattr(record, field.attname, None if field.null else "")
    standings = standings_of(record)
    record.translation_states = {
        language: state
        for language, state in record.translation_states.items()
        if standings.get(language) != "missing"
    }
    return bool(found)


def _count_anew(apps, alias, model, records):
    kind = apps.get_model("contenttypes", "ContentType").objects.using(alias)
    kind = kind.filter(app_label=model._meta.app_label, model=model._meta.model_name).first()
    rows = apps.get_model("core", "TranslationStanding").objects.using(alias)
    rows.filter(content_type=kind, object_id__in=[record.pk for record in records]).delete()
    rows.bulk_create(
        rows.model(content_type=kind, object_id=record.pk, language=language, standing=standing)
        for record in records
        for language, standing in standings_of(record).items()
    )


class Migration(migrations.Migration):
    dependencies = [
        ("concept", "0006_save_id"),
        ("contacts", "0007_save_id"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("core", "0002_standings"),
        ("editorial", "0012_what_was_changed"),
        ("offers", "0008_save_id"),
        ("pages", "0005_save_id"),
    ]

    operations = [migrations.RunPython(empty, migrations.RunPython.noop)]
