"""The doctor's question to the model server: is it there, and does it know the model?"""

from time import monotonic

import pytest

from drumbeat.agents.reach import look
from tests.support.model import HANGING, KEY, PAGE, Said, a_model, nobody, refusing, saying


@pytest.fixture
def model():
    with a_model(saying("")) as listening:
        yield listening


def test_a_server_that_lists_the_model_is_ready(model):
    seen = look(model.endpoint())
    assert seen.is_ready
    assert "stand-in-1 answers" in seen.text
    assert (model.calls[0].path, model.calls[0].headers["Authorization"]) == ("/v1/models", f"Bearer {KEY}")


def test_a_model_that_it_does_not_list_is_said_with_those_it_does(model):
    seen = look(model.endpoint(model="nobody-1"))
    assert (seen.code, seen.fix) == ("model_unknown", "Set DRUMBEAT_MODEL to one of: stand-in-1")


def test_without_a_name_the_server_chooses(model):
    assert look(model.endpoint(model="")).is_ready


def test_a_server_need_not_list_its_models(model):
    model.says(Said(404))
    assert look(model.endpoint()).is_ready


@pytest.mark.parametrize(
    ("said", "words"),
    [
        pytest.param(refusing(401, "no"), "refuses the key", id="a refused key"),
        pytest.param(refusing(500, "oops"), "failed (500)", id="a server that fails"),
    ],
)
def test_what_is_in_the_way_is_said(model, said, words):
    model.says(said)
    seen = look(model.endpoint())
    assert seen.code == "model_out_of_reach"
    assert words in seen.text
    assert KEY not in seen.text


@pytest.mark.parametrize("body", [PAGE.body, b'{"data": 3}', b"[1]"])
def test_what_is_no_model_server_is_said(model, body):
    model.listing = Said(body=body)
    assert "no model server" in look(model.endpoint()).text


def test_one_who_hangs_is_given_up(model):
    model.listing = HANGING
    began = monotonic()
    assert look(model.endpoint(), seconds=0.2).code == "model_out_of_reach"
    assert monotonic() - began < 2


def test_nobody_there_is_said(model):
    with nobody() as url:
        assert "does not answer" in look(model.endpoint(url=url)).text
