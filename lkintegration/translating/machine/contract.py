"""What a translation service must be able to do, and how it says that it could not."""

from typing import NamedTuple, Protocol


class Usage(NamedTuple):
    """So many of ``limit`` characters has the service itself counted in its billing period."""

    characters: int
    limit: int


class ProviderError(Exception):
    """The service did not translate; the message tells staff why, in German.

    ``may_be_billed`` where it cannot be told whether the service has done the work nevertheless.
    """

    def __init__(self, message: str, *, may_be_billed: bool = False) -> None:
        super().__init__(message)
        self.may_be_billed = may_be_billed


class Provider(Protocol):
    """A service that translates German HTML and leaves what is marked ``translate="no"`` alone."""

    name: str
    most_texts: int  # in one call
    most_characters: int  # in one call, tags included

    def offers(self, language: str) -> bool:
        """Return whether it translates into ``language`` (a code of ours)."""

    def translate(self, texts: list[str], language: str) -> list[str]:
        """Return the translations, in order and as many. Raises ``ProviderError``."""

    def usage(self) -> Usage | None:
        """Return what the service has counted itself; None where it does not say."""
