"""What loading the content files needs to remember."""

from django.db import models


class LoadedRecord(models.Model):
    """What ``load_content`` last wrote into one record, so that it never undoes staff's work.

    ``fingerprints`` maps a field to a digest of the value that was loaded. A field whose value no
    longer matches was changed by staff. A row whose record is gone was deleted by staff.
    """

    model = models.CharField(max_length=60)
    key = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    fingerprints = models.JSONField(default=dict)

    class Meta:
        app_label = "editorial"  # where its table was made
        verbose_name = "geladener Datensatz"
        verbose_name_plural = "geladene Datensätze"
        constraints = [models.UniqueConstraint(fields=["model", "key"], name="loadedrecord_once")]

    def __str__(self) -> str:
        return f"{self.model} {self.key}"
