"""compose.yaml: every service with as few rights as it can do with, and with limits."""

from pathlib import Path

import pytest
import yaml

from tests.image.test_dockerfile import PINNED, STAGES

pytestmark = pytest.mark.any_database

ROOT = Path(__file__).resolve().parents[2]
SERVICES = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
OWN = ["web", "messages", "jobs", "migrate", "content"]


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_cannot_write_gain_rights_or_take_all_there_is(name):
    service = SERVICES[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["mem_limit"]
    assert service["pids_limit"]
    assert set(service["logging"]["options"]) == {"max-size", "max-file"}
    assert [place for place in service["tmpfs"] if ":size=" not in place] == []


def test_our_own_services_have_no_capability_and_no_privileged_start():
    assert [name for name in OWN if {"cap_add", "user", "privileged"} & SERVICES[name].keys()] == []


def test_images_of_others_are_pinned_and_pg_dump_is_of_the_server_s_version():
    assert PINNED.fullmatch(SERVICES["db"]["image"])
    assert PINNED.fullmatch(SERVICES["proxy"]["image"])
    assert SERVICES["db"]["image"] in [stage.base for stage in STAGES]


def test_only_the_proxy_can_be_reached_from_outside():
    ports = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}

    assert ports == {"web": ["127.0.0.1:${PORT:-8000}:8000"], "proxy": ["80:80", "443:443"]}
    assert SERVICES["db"]["networks"] == ["inside"]


def test_database_and_content_are_ready_before_anything_uses_them():
    for name in ("web", "messages", "jobs"):
        assert SERVICES[name]["depends_on"] == {
            "db": {"condition": "service_healthy"},
            "content": {"condition": "service_completed_successfully"},
        }
    assert SERVICES["content"]["depends_on"] == {
        "migrate": {"condition": "service_completed_successfully"}
    }


def test_what_a_failed_statement_holds_does_not_stand_in_the_log():
    assert "log_min_error_statement=panic" in SERVICES["db"]["command"]
    assert "log_error_verbosity=terse" in SERVICES["db"]["command"]
