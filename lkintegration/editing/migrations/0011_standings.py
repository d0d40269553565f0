from itertools import islice

from django.db import migrations

SOURCE = "de"
# As they were when the standings came; core.new_language fills in those that come later.
LANGUAGES = {"de", "de-simple", "en", "uk", "ar", "tr", "it", "ro", "fr", "sq", "ru", "fa"}


def fill(apps, schema_editor):
    """Store where the translations of all content stand that there is already."""
    content_types = apps.get_model("contenttypes", "ContentType")
    standings = apps.get_model("core", "TranslationStanding")
    alias = schema_editor.connection.alias
    for model in apps.get_models():
        names = {field.name for field in model._meta.get_fields()}
        if "translation_states" not in names or "history_id" in names:
            continue
        kind = None
        waiting = model._default_manager.using(alias).iterator(chunk_size=500)
        while records := list(islice(waiting, 500)):
            kind = kind or content_types.objects.using(alias).get_or_create(
                app_label=model._meta.app_label, model=model._meta.model_name
            )[0]
            standings.objects.using(alias).bulk_create(
                standings(
                    content_type=kind, object_id=record.pk, language=language, standing=standing
                )
                for record in records
                for language, standing in standings_of(record).items()
            )


def standings_of(record):
    """Return the standing of ``record`` by language, as ``core.standings`` has it."""
    texts = texts_of(record)
    german = texts.pop(SOURCE)
    return {
        language: standing_of(german, own, record.translation_states.get(language, "reviewed"))
        for language, own in texts.items()
        if german
    }


def standing_of(german, own, state):
    if not own:
        return "missing"
    return "incomplete" if german - own else state


def texts_of(record):
    """Return the names of the fields with a text, by language."""
    columns = {field.name for field in record._meta.fields}
    bases = {name.removesuffix("_de") for name in columns if name.endswith("_de")} & columns
    found = {}
    for base in bases:
        for column in columns:
            if column.startswith(f"{base}_"):
                language = column.removeprefix(f"{base}_").replace("_", "-")
                if language in LANGUAGES:
                    named = found.setdefault(language, set())
                    if getattr(record, column):
                        named.add(base)
    return found


class Migration(migrations.Migration):
    dependencies = [
        ("concept", "0005_follows"),
        ("contacts", "0006_rights"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("core", "0002_standings"),
        ("editorial", "0010_posted"),
        ("offers", "0007_rights"),
        ("pages", "0004_rights"),
    ]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
