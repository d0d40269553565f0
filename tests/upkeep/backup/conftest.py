import pytest

from tests.upkeep.backup.sites import drop_databases, make_site


@pytest.fixture
def site(tmp_path):
    """A site with a database of its own, on the engine that the suite runs on."""
    yield make_site(tmp_path / "site")
    drop_databases()
