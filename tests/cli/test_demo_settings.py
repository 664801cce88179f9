"""What the processes of a demo are told: nothing of it may reach the world."""

import socket

import pytest

from drumbeat.cli import demo
from drumbeat.demo import writer


@pytest.fixture
def world():
    doors = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
    yield doors
    for door in doors:
        door.close()


def address(door):
    return f"http://127.0.0.1:{door.getsockname()[1]}"


def told(world):
    return demo._variables("http://127.0.0.1:8000", 2525, world)


def test_texts_calls_and_questions_go_to_the_world_of_the_demo(world, monkeypatch):
    monkeypatch.delenv("DRUMBEAT_MODEL_URL", raising=False)
    variables = told(world)
    assert variables["DRUMBEAT_PROVIDER_API_URL"] == address(world[1])
    assert variables["DRUMBEAT_MODEL_URL"] == f"{address(world[2])}/v1"
    assert variables["DRUMBEAT_MODEL"] == writer.MODEL


def test_no_setting_of_the_surroundings_lets_a_text_out(world, monkeypatch):
    monkeypatch.setenv("DRUMBEAT_PROVIDER_API_URL", "https://api.example.com")
    assert told(world)["DRUMBEAT_PROVIDER_API_URL"] == address(world[1])


def test_a_model_of_ones_own_writes_in_the_demo(world, monkeypatch):
    monkeypatch.setenv("DRUMBEAT_MODEL_URL", "http://127.0.0.1:11434/v1")
    monkeypatch.delenv("DRUMBEAT_MODEL_PRICE_IN", raising=False)
    variables = told(world)
    assert variables["DRUMBEAT_MODEL_URL"] == "http://127.0.0.1:11434/v1"
    assert "DRUMBEAT_MODEL_PRICE_IN" not in variables
