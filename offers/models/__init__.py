"""What help there is: fields of action and services."""

from offers.models.services import OLDEST, Service
from offers.models.topics import Topic

__all__ = ["OLDEST", "Service", "Topic"]
