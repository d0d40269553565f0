"""Fills a database with attacks, for the browser tests, whose server is a process of its own."""

from django.urls import reverse

from concept.models import GuidingGoal
from contacts.models import ContactPerson
from offers.models import Service
from tests import factories
from tests.xss.corpus import ATTACKS
from tests.xss.drafts import columns, drafts
from tests.xss.ways import by_orm


def poison() -> list[str]:
    """Store every attack; return where they are to be seen, for readers without the language."""
    plans = drafts(ATTACKS)
    keys = by_orm(plans)
    text = " ".join(ATTACKS)
    service = Service.objects.latest("pk")
    factories.message(
        kind="fault", about=service, text=text[:5_000], name=text[:120], page=text[:300]
    )
    mine = {model: model.objects.order_by("-pk")[:2] for model in (Service, ContactPerson)}
    paths = [f"angebote/{record.slug}/" for record in mine[Service]]
    paths += [f"kontakt/{record.slug}/" for record in mine[ContactPerson]]
    paths += [
        f"kontakt/{mine[ContactPerson][0].slug}/{form}/" for form in ("nachricht", "fehler-melden")
    ]
    paths += [f"leitziele/{goal.slug}/" for goal in GuidingGoal.objects.order_by("-pk")[:2]]
    paths.append(reverse("pruefliste"))
    for model in {plan.model: None for plan in plans}:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        pk = max(pk for (label, _key), pk in keys.items() if label == model._meta.label)
        address = reverse(f"{name}_change", args=[pk])
        paths.append(reverse(f"{name}_changelist"))
        if any(column.is_rich for column in columns(model)):
            paths += [address, f"{address}?sprache=ar", reverse(f"{name}_history", args=[pk])]
    deleted = Service.objects.order_by("-pk")[3]
    deleted.delete()
    paths += [reverse("admin:offers_service_deleted")]
    return [*paths, reverse("admin:contacts_message_changelist")]
