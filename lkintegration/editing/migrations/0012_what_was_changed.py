"""Drafts hold what was changed instead of the whole form as it stood.

A field counts as changed where the form differs from the revision that it was opened with. Where
that is not known, the writer is asked when the draft is opened or published: nothing is lost.
"""

import hashlib
import json
import re
import secrets

from django.conf import settings
from django.db import migrations, models

_ROUND_BLOCKS = re.compile(r"\s*(</?(?:p|h2|h3|ul|ol|li|br)\b[^>]*>)\s*")
_UNKNOWN = ""  # no digest: what was stored then
_HIDDEN = {"seen_version", "known_version", "status", "publish_from", "publish_until"}


def _digest(field, text):
    """Return what ``editing.merging.digest`` returns for a text."""
    name, text = field.name, "\n".join(str(text).splitlines()).strip()
    if type(field).__name__ == "RichTextField":
        text = _ROUND_BLOCKS.sub(r"\1", text).replace("\n", " ").replace("&nbsp;", "\u00a0")
    told = json.dumps([[name, [text]]] if text else [])
    return hashlib.blake2b(told.encode(), digest_size=6).hexdigest()


def _written(value):
    """Return the ways in which a form may show a stored value."""
    if value is None:
        return {""}
    found = {str(value)}
    if hasattr(value, "strftime"):
        found |= {value.strftime("%d.%m.%Y")} if hasattr(value, "day") else {f"{value:%H:%M}"}
    return found | {str(value).replace(".", ",")}


def _changed(model, record, posted, start=""):
    """Return what ``posted`` says otherwise than ``record``, a record or an earlier state."""
    found = {}
    for field in model._meta.concrete_fields:
        name = f"{start}{field.name}"
        if field.name in _HIDDEN or field.primary_key:
            continue
        value = getattr(record, field.attname, None)
        if isinstance(field, models.BooleanField):
            if (name in posted) != bool(value):
                sent = {field.name: ["on"] if name in posted else []}
                found[field.name] = {"sent": sent, "base": _UNKNOWN}
        elif name in posted:
            text = posted[name][0] if posted[name] else ""
            plain = "\n".join(text.splitlines()).strip()
            if plain not in {"\n".join(way.splitlines()).strip() for way in _written(value)}:
                is_text = isinstance(field, models.CharField | models.TextField)
                base = _digest(field, value or "") if is_text and start == "" else _UNKNOWN
                found[field.name] = {"sent": {field.name: [text]}, "base": base}
    return found


def _changed_relations(record, posted):
    found = {}
    for field in record._meta.many_to_many:
        keys = {str(key) for key in getattr(record, field.name).values_list("pk", flat=True)}
        if set(posted.get(field.name, [])) != keys:
            sent = {field.name: posted.get(field.name, [])}
            found[field.name] = {"sent": sent, "base": _UNKNOWN}
    return found


def _changed_rows(record, posted):
    found = {}
    for relation in record._meta.related_objects:
        prefix = relation.get_accessor_name()
        total = posted.get(f"{prefix}-TOTAL_FORMS", ["0"])[0]
        rows = {}
        for number in range(int(total) if total.isdigit() else 0):
            start = f"{prefix}-{number}-"
            key = (posted.get(f"{start}id") or [""])[0]
            stored = relation.related_model.objects.filter(pk=key or 0).first()
            own = _changed(
                relation.related_model, stored or relation.related_model(), posted, start
            )
            own.pop(relation.field.name, None)
            if f"{start}DELETE" in posted:
                own["DELETE"] = {"sent": {"DELETE": ["on"]}, "base": _UNKNOWN}
            if own:
                rows[key or f"new-{secrets.token_hex(4)}"] = own
        if rows:
            found[prefix] = rows
    return found


def keep_what_was_changed(apps, schema_editor):
    for draft in apps.get_model("editorial", "WorkingCopy").objects.exclude(posted={}):
        kind = draft.content_type
        model = apps.get_model(kind.app_label, kind.model)
        record = model.objects.filter(pk=draft.object_id).first()
        if record is None:
            continue
        seen = (draft.posted.get("seen_version") or [""])[0]
        history = apps.get_model(kind.app_label, f"historical{kind.model}")
        opened = history.objects.filter(pk=seen).first() if seen.isdigit() else None
        fields = _changed(model, opened or record, draft.posted)
        fields |= _changed_relations(record, draft.posted)
        rows = _changed_rows(record, draft.posted)
        draft.changes = {"de": {"fields": fields, "rows": rows}} if fields or rows else {}
        draft.save()
        if draft.author_id:
            draft.contributors.add(draft.author_id)


class Migration(migrations.Migration):
    dependencies = [
        ("concept", "0006_save_id"),
        ("contacts", "0007_save_id"),
        ("offers", "0008_save_id"),
        ("pages", "0005_save_id"),
        ("editorial", "0011_standings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("workingcopy", "changes", models.JSONField(default=dict)),
        migrations.AddField(
            "workingcopy",
            "contributors",
            models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.RunPython(keep_what_was_changed, migrations.RunPython.noop),
        migrations.RemoveField("workingcopy", "posted"),
    ]
