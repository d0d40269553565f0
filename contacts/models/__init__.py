"""Who can be reached where, and what readers wrote to them.

The vocabulary follows Open Referral HSDS 3 (organization, location, contact, schedule).
"""

from contacts.models.hours import ClosedPeriod, OpeningHours
from contacts.models.messages import Message, SenderCount
from contacts.models.people import ContactPerson
from contacts.models.places import Language, Location, Municipality, Organisation

__all__ = [
    "ClosedPeriod",
    "ContactPerson",
    "Language",
    "Location",
    "Message",
    "Municipality",
    "OpeningHours",
    "Organisation",
    "SenderCount",
]
