"""Every job of the site. A new one is a row here, and nothing else.

``manage.py run_jobs`` does them (``upkeep.job_runs``), the operators' page, ``/health/ready/`` and
``/metrics`` tell how each went.
"""

import datetime
from collections.abc import Callable
from typing import Final

from contacts.messages.delivery import MESSAGES
from contacts.messages.retention import delete_expired
from lkintegration.accounts.retention import delete_old_logins
from lkintegration.core.recording import record_first_states
from lkintegration.core.retention import delete_old_revisions
from lkintegration.editing.drafts import delete_lost_drafts
from lkintegration.editing.scheduling import publish_due
from lkintegration.editing.typed_forms import delete_old_typed_forms
from lkintegration.mailing.delivery import deliver_due
from lkintegration.mailing.enums import Delivery
from lkintegration.mailing.staff_emails import STAFF_EMAILS, delete_old_emails
from lkintegration.search.unanswered import delete_old_questions
from lkintegration.translating.exchange.uploads import delete_old_uploads
from lkintegration.upkeep.job import Job
from lkintegration.upkeep.link_check import check_links
from lkintegration.upkeep.old_log_entries import delete_old_log_entries
from lkintegration.upkeep.reminders import follow_publications, remind

DAY: Final = datetime.timedelta(days=1)
HOUR: Final = datetime.timedelta(hours=1)
OUTBOXES: Final = (MESSAGES, STAFF_EMAILS)
NIGHT: Final = datetime.time(3, 0)
MORNING: Final = datetime.time(7, 0)


def _delete(name: str, title: str, do: Callable[[datetime.datetime], int]) -> Job:
    """Return a job of the night that deletes what is old; ``do`` returns how much."""
    return Job(name, title, DAY, do, "{} gelöscht", NIGHT, goes_by_age=True)


def _back_up(now: datetime.datetime) -> str:
    # Here, because no worker that only asks for the state of the jobs needs what encrypts.
    from lkintegration.upkeep.backup.site_backup import back_up_nightly  # noqa: PLC0415

    return back_up_nightly(now)


def _delete_old_backups(now: datetime.datetime) -> int:
    from lkintegration.upkeep.backup.site_backup import delete_old_nightly  # noqa: PLC0415

    return delete_old_nightly(now)


def _follow_content(now: datetime.datetime) -> int:
    from lkintegration.search.engine.rebuilding import catch_up  # noqa: PLC0415  (as above)

    return catch_up(now)


def deliver(is_ending: Callable[[], bool] = lambda: False) -> int:
    """Send what is due, readers' messages first; return how many of these wait on."""
    deliver_due(OUTBOXES, is_ending)
    return int(MESSAGES.model.objects.filter(delivery=Delivery.WAITING).count())


DELIVERY: Final = Job(
    "delivery",
    "Nachrichten zustellen",
    datetime.timedelta(minutes=1),
    lambda now: deliver(),
    result="{} warten",
    process="deliver_messages",
)
SCHEDULED: Final = Job(
    "scheduled",
    "Zum Termin veröffentlichen",
    datetime.timedelta(minutes=1),
    publish_due,
    "{} veröffentlicht",
)
JOBS: Final = (
    DELIVERY,
    SCHEDULED,
    Job("search", "Suche nachführen", datetime.timedelta(minutes=1), _follow_content, "{} neu"),
    Job("backup", "Sichern", DAY, _back_up, at=NIGHT),
    _delete("old-backups", "Alte Sicherungen löschen", _delete_old_backups),
    _delete("messages", "Abgelaufene Nachrichten löschen", delete_expired),
    _delete("staff-emails", "Alte E-Mails an Beschäftigte löschen", delete_old_emails),
    _delete("history", "Alte Stände löschen", delete_old_revisions),
    _delete("drafts", "Verwaiste Arbeitskopien löschen", delete_lost_drafts),
    _delete("typed-forms", "Altes Begonnenes löschen", delete_old_typed_forms),
    _delete("logins", "Alte Sitzungen und Anmeldungen löschen", delete_old_logins),
    _delete("uploads", "Liegengebliebene Dateien von Übersetzern löschen", delete_old_uploads),
    _delete("questions", "Alte vergebliche Suchen löschen", delete_old_questions),
    _delete("log", "Altes Protokoll der Verwaltung löschen", delete_old_log_entries),
    Job("first-states", "Erste Stände aufzeichnen", DAY, record_first_states, "{} neu", NIGHT),
    Job("publication", "Veröffentlichungen verfolgen", HOUR, follow_publications),
    Job("reminders", "Das Amt erinnern (montags)", DAY, remind, at=MORNING),
    Job("links", "Links auf andere Websites prüfen", 7 * DAY, check_links, at=NIGHT),
)


def find_job(name: str) -> Job | None:
    """Return the job of this name, if there is one."""
    return next((job for job in JOBS if job.name == name), None)
