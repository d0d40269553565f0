"""The admin of the contacts app: its records, and what readers wrote."""

from contacts.admin import messages, records

__all__ = ["messages", "records"]
