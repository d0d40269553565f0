"""What the editorial work needs to remember about content."""

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from lkintegration.core.account_names import account_name

GONE = "einem gelöschten Konto"


class WorkingCopy(models.Model):
    """What is to be published of one record: a draft of a change, or the record as it stands.

    ``changes`` is what people have changed, by language (``editing.drafts``); empty for a record
    that readers do not see yet. ``author`` wrote last, ``contributors`` are all who wrote. With
    ``of_goals`` the record is an edition (``concept.Concept``), and its goals are to be published
    together. ``sent_state`` tells whether what was sent for review is still what is there. Since
    ``returned_at`` it is given back, to ``returned_to``, who had sent it.

    At ``publish_at`` it goes live by itself (``editing.scheduling``) if ``approved_by``, who may
    publish it, has said so; ``publish_problem`` (German) is why it did not.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.BigIntegerField()
    record = GenericForeignKey()
    of_goals = models.BooleanField(default=False)
    changes = models.JSONField(default=dict)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True
    )
    contributors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True
    )
    sent_at = models.DateTimeField(null=True)
    sent_state = models.CharField(max_length=64, default="")
    note = models.TextField(default="", blank=True)
    returned_at = models.DateTimeField(null=True)
    returned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        db_index=False,  # drafts are few
    )
    publish_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        db_index=False,  # drafts are few
    )
    publish_problem = models.TextField(default="", db_default="", blank=True)

    class Meta:
        verbose_name = "Arbeitskopie"
        verbose_name_plural = "Arbeitskopien"
        default_permissions = ()  # they follow the record's
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "of_goals"], name="workingcopy_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.content_type} {self.object_id}"

    @property
    def is_released(self) -> bool:
        """Return whether it goes live by itself when its time has come."""
        is_approved = self.publish_at is not None and self.approved_by_id is not None
        return is_approved and not self.publish_problem

    @property
    def is_only_wished(self) -> bool:
        """Return whether it has a day to come, and nobody has approved it for that day."""
        return self.publish_at is not None and not (self.is_released or self.is_missed)

    @property
    def is_missed(self) -> bool:
        """Return whether it should be live by now and is not."""
        is_late = self.publish_at is not None and self.publish_at <= timezone.now()
        return bool(self.publish_problem) or (is_late and not self.is_released)

    @property
    def people(self) -> list[User]:
        """Return who has written it, whoever wrote last first; accounts that are gone left out."""
        others = [user for user in self.contributors.all() if user.pk != self.author_id]
        return [self.author, *others] if self.author else others

    @property
    def written_by(self) -> str:
        """Return in German who has written it."""
        return " und ".join(map(account_name, self.people)) or GONE

    @property
    def author_name(self) -> str:
        """Return who has written last; empty where the account is gone."""
        return account_name(self.author)

    @property
    def sender_name(self) -> str:
        """Return who has sent it for review."""
        return account_name(self.sent_by) or GONE

    @property
    def involved(self) -> set[int | None]:
        """Return the accounts of those who have written or sent it."""
        return {self.author_id, self.sent_by_id, *(user.pk for user in self.people)}


class TypedForm(models.Model):
    """A form that somebody has open, and what they have typed into it and not saved yet.

    ``key`` names the form as it was opened, ``address`` where it is, its language included.
    ``sent`` holds names and values as a browser would send them, and ``typed_at`` is None while
    nobody has typed; ``seen_at`` is None once the form is closed. Nobody else sees the text, and
    saving the form takes it away.
    """

    key = models.UUIDField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=300, db_index=True)
    sent = models.JSONField(default=list)
    typed_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "Begonnenes"
        verbose_name_plural = "Begonnenes"
        default_permissions = ()  # everybody has their own
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="typedform_once")]

    def __str__(self) -> str:
        return self.address
