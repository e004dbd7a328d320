"""docker-compose.yml as Docker Compose itself reads it: nobody is root, nothing is written but where it must be."""

import json
import os
import re
import subprocess
import sysconfig
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from streams.settings import PREFIX, Settings, variable

HOUSE = Path(__file__).parents[1]
COMPOSE = [str(Path(sysconfig.get_path("scripts")) / "docker-compose"), "--env-file", os.devnull]
SECRETS = {name: f"secret-{name}" for name in ("STORE_PASSWORD", "COPYTASTER_READ_TOKEN", "COPYTASTER_PUSH_TOKEN")}
SERVERS = ["grafana", "kafka", "prometheus", "store", "worker"]
PASSING = ["replayer", "tail"]


def compose(secrets: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    command = [*COMPOSE, "--file", str(HOUSE / "docker-compose.yml"), "--profile", "*", "config", "--format", "json"]
    return subprocess.run(command, env={"PATH": os.defpath} | secrets, check=False, capture_output=True, text=True)


@pytest.fixture(scope="module")
def services() -> dict[str, dict[str, Any]]:
    read = compose(SECRETS)
    assert not read.returncode, read.stderr
    found: dict[str, dict[str, Any]] = json.loads(read.stdout)["services"]
    return found


def test_every_service_is_known_here(services: dict[str, dict[str, Any]]) -> None:
    assert sorted(services) == sorted(SERVERS + PASSING)


@pytest.mark.parametrize("name", SERVERS + PASSING)
def test_a_service_has_no_rights_and_bounds(services: dict[str, dict[str, Any]], name: str) -> None:
    service = services[name]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["read_only"]
    assert re.fullmatch(r"[1-9]\d*:\d+", service["user"])
    assert int(service["mem_limit"]) > 0
    assert service["logging"]["options"]["max-size"]


@pytest.mark.parametrize("name", SERVERS)
def test_a_server_is_watched_and_comes_back(services: dict[str, dict[str, Any]], name: str) -> None:
    assert services[name]["healthcheck"]["test"]
    assert services[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", SERVERS + PASSING)
def test_what_is_published_is_published_on_this_machine_alone(services: dict[str, dict[str, Any]], name: str) -> None:
    assert {port["host_ip"] for port in services[name].get("ports", [])} <= {"127.0.0.1"}


@pytest.mark.parametrize("missing", SECRETS)
def test_nothing_starts_without_a_secret(missing: str) -> None:
    read = compose({name: value for name, value in SECRETS.items() if name != missing})
    assert read.returncode
    assert f"{missing} is missing a value: docs/deploying.md says how to make one" in read.stderr


def test_no_secret_stands_on_a_command_line(services: dict[str, dict[str, Any]]) -> None:
    said = [each.get(place) for each in services.values() for place in ("command", "entrypoint", "healthcheck")]
    assert "secret-" not in json.dumps(said)


def test_every_setting_of_a_container_is_one(services: dict[str, dict[str, Any]]) -> None:
    names = {name for each in services.values() for name in each.get("environment", {}) if name.startswith(PREFIX)}
    assert names
    assert names <= {variable(each) for each in fields(Settings)}


def test_every_file_that_is_mounted_exists(services: dict[str, dict[str, Any]]) -> None:
    sources = [m["source"] for each in services.values() for m in each.get("volumes", []) if m["type"] == "bind"]
    assert sources
    assert [source for source in sources if not Path(source).exists()] == []


@pytest.mark.parametrize("name", ["worker", *PASSING])
def test_our_own_image_is_built_and_never_asked_for_elsewhere(services: dict[str, dict[str, Any]], name: str) -> None:
    assert services[name]["build"]["args"] == {"BASE": "python:3.11-slim"}
