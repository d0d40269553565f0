"""What the service that does the jobs remembers of them."""

from django.db import models


class JobRun(models.Model):
    """How the last run of one job went, and when the next is due.

    ``name`` is that of a declared job (``upkeep.jobs``). Nothing here is personal: a result is a
    sentence of ours, an error the class of an exception and the place where it was raised.
    """

    name = models.CharField("Auftrag", max_length=60, primary_key=True)
    next_run_at = models.DateTimeField("nächster Lauf", null=True, blank=True)  # empty: at once
    started_at = models.DateTimeField("letzter Beginn", null=True, blank=True)
    succeeded_at = models.DateTimeField("zuletzt gelungen", null=True, blank=True)
    failed_at = models.DateTimeField("zuletzt misslungen", null=True, blank=True)
    failures = models.PositiveIntegerField("Fehler in Folge", default=0)
    seconds = models.FloatField("Dauer in Sekunden", default=0)
    result = models.CharField("Ergebnis", max_length=300, blank=True)
    error = models.CharField("Fehler", max_length=300, blank=True)

    class Meta:
        verbose_name = "Lauf eines Auftrags"
        verbose_name_plural = "Läufe der Aufträge"
        default_permissions = ("view",)  # the page of operators asks for it

    def __str__(self) -> str:
        return self.name


class LinkFault(models.Model):
    """A website to which public content links, and which was not there when we looked.

    ``records`` are the keys (``core.record_keys``) of those that name it; ``times`` counts how
    often in a row it was not there.
    """

    url = models.TextField("Adresse", unique=True)
    records = models.JSONField("Einträge", default=list)
    reason = models.CharField("Grund", max_length=60)
    since = models.DateTimeField("seit")
    times = models.PositiveIntegerField("Mal in Folge", default=0)

    class Meta:
        verbose_name = "Adresse, die ins Leere führt"
        verbose_name_plural = "Adressen, die ins Leere führen"
        default_permissions = ()

    def __str__(self) -> str:
        return self.url
