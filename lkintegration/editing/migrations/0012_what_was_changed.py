"""Drafts hold what was changed instead of the whole form as it stood.

A field counts as changed where the form says what no state said that its writer may have had open:
for the record the revision that the form names, for a row those until the draft was stored. Where
it is not known what it said, the writer is asked when the draft is opened or published.
"""

import hashlib
import json
import re
import secrets
from unicodedata import normalize

from django.conf import settings
from django.db import migrations, models

_ROUND_BLOCKS = re.compile(r"\s*(</?(?:p|h2|h3|ul|ol|li|br)\b[^>]*>)\s*")
_INSIDE_ITEMS = re.compile(r"(?<=<li>)<p>|</p>(?=</li>)")
_UNKNOWN = ""  # no digest: what was stored then
_HIDDEN = {"seen_version", "known_version", "status", "publish_from", "publish_until"}


def _digest(name, values):
    """Return what ``editing.merging.digest`` returns for what a browser sends of a field."""
    told = json.dumps([[name, sorted(values)]] if values else [])
    return hashlib.blake2b(told.encode(), digest_size=6).hexdigest()


def _essence(field, text):
    text = normalize("NFC", "\n".join(text.splitlines())).strip()
    if isinstance(field, models.TextField) and text.startswith("<"):  # formatted
        text = _ROUND_BLOCKS.sub(r"\1", text).replace("\n", " ")
        text = _INSIDE_ITEMS.sub("", text).replace("&nbsp;", "\u00a0")
    return [text] if text else []


def _shown(field, value):
    """Return what a form that shows ``value`` sends."""
    if isinstance(field, models.BooleanField):
        return ["on"] if value else []
    if value is None:
        return []
    if hasattr(value, "strftime"):
        return [value.strftime("%d.%m.%Y" if hasattr(value, "day") else "%H:%M")]
    return _essence(field, str(value))


def _is_shown_as(field, value, sent):
    """Return whether a form that shows ``value`` may send ``sent``."""
    told = [] if value is None else [str(value)]
    return sent in (_shown(field, value), told, [text.replace(".", ",") for text in told])


def _changed(states, posted, model, start="", *, is_known=True):
    """Return what ``posted`` says otherwise than all of ``states`` of a record of ``model``."""
    found = {}
    for field in model._meta.concrete_fields:
        name = f"{start}{field.name}"
        is_box = isinstance(field, models.BooleanField)
        if field.name in _HIDDEN or field.primary_key or not (is_box or name in posted):
            continue
        raw = (["on"] if name in posted else []) if is_box else posted[name][:1]
        sent = raw if is_box else [part for text in raw for part in _essence(field, text)]
        values = [getattr(state, field.attname, None) for state in states]
        if any(_is_shown_as(field, value, sent) for value in values):
            continue
        bases = {_digest(field.name, _shown(field, value)) for value in values}
        base = bases.pop() if len(bases) == 1 and is_known else _UNKNOWN
        found[field.name] = {"sent": {field.name: raw}, "base": base}
    return found


def _changed_relations(record, posted, opened, apps):
    found = {}
    for field in record._meta.many_to_many:
        sent = posted.get(field.name, [])
        then = _keys_then(opened, field, apps)
        now = {str(key) for key in getattr(record, field.name).values_list("pk", flat=True)}
        if set(sent) != (now if then is None else then):
            base = _UNKNOWN if then is None else _digest(field.name, then)
            found[field.name] = {"sent": {field.name: sent}, "base": base}
    return found


def _keys_then(opened, field, apps):
    """Return the keys to which a relation led when the form was opened, if that is known."""
    name = f"historical{field.model._meta.model_name}_{field.name}"
    if opened is None:
        return None
    stored = apps.get_model(field.model._meta.app_label, name)
    rows = stored.objects.filter(history_id=opened.pk)
    return {str(key) for key in rows.values_list(field.m2m_reverse_field_name(), flat=True)}


def _changed_rows(record, posted, opened, until, apps):
    found = {}
    for relation in record._meta.related_objects:
        prefix = relation.get_accessor_name()
        total = posted.get(f"{prefix}-TOTAL_FORMS", ["0"])[0]
        rows = {}
        for number in range(int(total) if total.isdigit() else 0):
            start = f"{prefix}-{number}-"
            key = (posted.get(f"{start}id") or [""])[0]
            states, is_known = _row_states(relation.related_model, key, opened, until, apps)
            own = _changed(states, posted, relation.related_model, start, is_known=is_known)
            own.pop(relation.field.name, None)
            if f"{start}DELETE" in posted:
                base = _digest("DELETE", [])
                own["DELETE"] = {"sent": {"DELETE": ["on"]}, "base": base}
            if own:
                rows[key or f"new-{secrets.token_hex(4)}"] = own
        if rows:
            found[prefix] = rows
    return found


def _row_states(model, key, opened, until, apps):
    """Return the states of a row that a form may have shown, and whether they are all of them."""
    if not key.isdigit():
        return [model()], True
    there = model.objects.filter(pk=key).first()
    states = []
    if opened is not None:
        history = apps.get_model(model._meta.app_label, f"historical{model._meta.model_name}")
        rows = history.objects.filter(id=key, history_date__lte=until).order_by("-history_id")
        for row in rows:
            states.append(row)
            if row.history_date <= opened.history_date or row.history_type == "+":
                return states, True
    return states or [there or model()], False


def keep_what_was_changed(apps, schema_editor):
    drafts = apps.get_model("editorial", "WorkingCopy").objects
    for draft in drafts.exclude(posted={}):
        kind = draft.content_type
        model = apps.get_model(kind.app_label, kind.model)
        record = model.objects.filter(pk=draft.object_id).first()
        if record is None:
            continue
        seen = (draft.posted.get("seen_version") or [""])[0]
        history = apps.get_model(kind.app_label, f"historical{kind.model}")
        opened = history.objects.filter(pk=seen).first() if seen.isdigit() else None
        is_known = opened is not None
        fields = _changed([opened or record], draft.posted, model, is_known=is_known)
        fields |= _changed_relations(record, draft.posted, opened, apps)
        rows = _changed_rows(record, draft.posted, opened, draft.changed_at, apps)
        if not fields and not rows and record.status == "published":
            draft.delete()
            continue
        changes = {"de": {"fields": fields, "rows": rows}} if fields or rows else {}
        drafts.filter(pk=draft.pk).update(changes=changes)
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
