"""What a migration says to give the site another language (docs/developers.md)."""

from collections.abc import Iterator

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.fields import AddField, AlterField
from django.db.migrations.operations.models import AlterModelOptions
from django.db.migrations.state import ProjectState
from django.db.models import Field
from modeltranslation.utils import build_localized_fieldname

from lkintegration.core.enums import Standing
from lkintegration.core.languages import BY_CODE, EASY, SOURCE
from lkintegration.core.models import LanguageSetting, TranslationStanding
from lkintegration.core.rights import language_right

SETTING = (LanguageSetting._meta.app_label, str(LanguageSetting._meta.model_name))
STANDING = (TranslationStanding._meta.app_label, str(TranslationStanding._meta.model_name))


class AddLanguage(Operation):
    """Adds the language ``code`` of ``core.languages`` to every app.

    Django would write a migration for each app. This one finds out from the models as they are at
    its place in history: beside each German column that has translations comes another one; the
    right to translate, the choice of languages and the language's settings follow.
    """

    reversible = True

    def __init__(self, code: str) -> None:
        self.code = code

    def describe(self) -> str:
        """Return what ``migrate --plan`` shows."""
        return f"Add the language {BY_CODE[self.code].german} to all content"

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Add columns, choices and the right to the models that later migrations see."""
        for label, operation in [*self._columns(state), *self._labels(state)]:
            operation.state_forwards(label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Add the columns and the row that staff change."""
        for label, operation in self._columns(from_state):
            operation.database_forwards(label, schema_editor, from_state, to_state)
        settings = to_state.apps.get_model(*SETTING)
        settings._default_manager.using(schema_editor.connection.alias).get_or_create(
            code=self.code
        )
        self._add_standings(to_state, schema_editor.connection.alias)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Remove them, with all texts in this language."""
        settings = from_state.apps.get_model(*SETTING)
        rows = settings._default_manager.using(schema_editor.connection.alias)
        rows.filter(code=self.code).delete()
        if STANDING in from_state.models:
            standings = from_state.apps.get_model(*STANDING)._default_manager
            standings.using(schema_editor.connection.alias).filter(language=self.code).delete()
        for label, operation in self._columns(to_state):
            operation.database_backwards(label, schema_editor, from_state, to_state)

    def _columns(self, state: ProjectState) -> Iterator[tuple[str, AddField]]:
        for (label, model), content in list(state.models.items()):
            for name, field in list(content.fields.items()):
                base = name.removesuffix(f"_{SOURCE}")
                translated = build_localized_fieldname(base, EASY) in content.fields
                if base != name and translated:
                    column = build_localized_fieldname(base, self.code)
                    yield label, AddField(model, column, field.clone())

    def _add_standings(self, state: ProjectState, alias: str) -> None:
        """Note that every text is missing in this language."""
        if STANDING not in state.models:
            return
        standing = state.apps.get_model(*STANDING)
        rows = standing._default_manager.using(alias)
        known = rows.filter(language=EASY).values("content_type_id", "object_id")
        rows.bulk_create(
            standing(language=self.code, standing=Standing.MISSING, **record) for record in known
        )

    def _labels(self, state: ProjectState) -> Iterator[tuple[str, Operation]]:
        options = dict(state.models[SETTING].options)
        options["permissions"] = [*options["permissions"], language_right(BY_CODE[self.code])]
        yield SETTING[0], AlterModelOptions(SETTING[1], options)
        for (label, model), content in list(state.models.items()):
            for name, field in list(content.fields.items()):
                if self._lacks_choice(field):
                    offering = field.clone()
                    offering.choices = [*field.choices, (self.code, BY_CODE[self.code].german)]
                    yield label, AlterField(model, name, offering)

    def _lacks_choice(self, field: Field) -> bool:
        """Return whether ``field`` offers all languages of the site but this one."""
        offered = {value for value, _label in getattr(field, "flatchoices", ())}
        return offered == set(BY_CODE) - {self.code}
