"""Drafts all over a year, the clock that comes to each, a process that publishes what is due."""

import datetime
import json
import random
import sys

from django.utils import timezone

MINUTE = datetime.timedelta(minutes=1)
BEGIN = timezone.make_aware(datetime.datetime(2127, 1, 1))  # the first of January, 0:00
NEW = "Neu"  # what every draft says


def prepare(number):
    """Make ``number`` approved drafts, each with its random moment; return the moments by key."""
    from lkintegration.editing.models import WorkingCopy
    from tests import factories
    from tests.admin import account, client_of, save

    chance = random.Random(20)  # noqa: S311  (the same on each run)
    user = account(rights=("view_topic", "change_topic", "publish_topic"))
    first = factories.topic()
    save(client_of(user), first, "_prepare", name_de=NEW, publish_at_0="01.01.2127")
    template = WorkingCopy.objects.get(object_id=first.pk)
    drafts = {}
    for one in range(number):
        topic = factories.topic(slug=f"thema-{one}")
        due = BEGIN + chance.random() * datetime.timedelta(days=365)
        copy = WorkingCopy.objects.create(
            content_type=template.content_type,
            object_id=topic.pk,
            changes=template.changes,
            author=user,
            approved_by=user,
            publish_at=due,
        )
        copy.contributors.add(user)
        drafts[copy.pk] = due
    template.delete()
    return drafts


def clock(drafts, live):
    """Yield moments until the last draft is due: every second to minute around each of them."""
    chance = random.Random(21)  # noqa: S311
    now, last = BEGIN, max(drafts.values()) + MINUTE
    while now < last:
        yield now
        coming = [due for key, due in drafts.items() if key not in live]
        step = chance.uniform(1, 60) * MINUTE / 60
        now = max(now, min(coming, default=last) - 3 * step) + step


def tell(what):
    sys.stdout.write(f"{json.dumps(what)}\n")
    sys.stdout.flush()


def main():
    """Prepare as many drafts as the first argument says; or publish what is due at each line."""
    import django

    django.setup()
    from lkintegration.editing.scheduling import due_keys, publish_if_due
    from offers.models import Topic

    if sys.argv[1] == "count":
        tell(Topic.objects.filter(name_de=NEW).count())
    elif sys.argv[1] == "work":
        for line in sys.stdin:
            now = datetime.datetime.fromisoformat(line.strip())
            # As ``publish_due`` does, which only counts.
            done = [key for key in due_keys(now) if publish_if_due(key, now)]
            tell(done)
    else:
        drafts = prepare(int(sys.argv[1]))
        tell({key: due.isoformat() for key, due in drafts.items()})


if __name__ == "__main__":
    main()
