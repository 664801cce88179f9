"""The lock files name no registry and pin what is asked for; the guard sees it when they do not."""

import json

import pytest

from tools.locks import faults, npm_faults, pin_faults
from tools.report import ROOT

HASHED = "django==5.2.19 \\\n    --hash=sha256:00\n"


def test_the_lock_files_of_this_repository_are_in_order():
    assert list(faults(ROOT)) == []


@pytest.mark.parametrize(
    ("lock", "said"),
    [
        pytest.param(HASHED, None, id="a pin within its range"),
        pytest.param(f"--index-url https://example.com/simple\n{HASHED}", "registry", id="an index"),
        pytest.param("django==5.2.19\n", "without a hash", id="a pin without a hash"),
        pytest.param(HASHED.replace("5.2", "6.0"), "has 6.0.19", id="a pin outside its range"),
        pytest.param("", "has nothing", id="a missing pin"),
    ],
)
def test_python_pins(lock, said):
    found = " ".join(pin_faults(lock, ["Django>=5.2,<5.3"]))
    assert said in found if said else not found


@pytest.mark.parametrize(
    ("locked", "said"),
    [
        pytest.param({"": {"dependencies": {"vite": "8"}}}, None, id="a lock that agrees"),
        pytest.param({"": {"dependencies": {"vite": "7"}}}, "differ", id="a lock that lags behind"),
        pytest.param(
            {"": {"dependencies": {"vite": "8"}}, "vite": {"resolved": "an address"}},
            "registry addresses",
            id="a lock with addresses",
        ),
        pytest.param(
            {"": {"dependencies": {"vite": "8"}}, "vite": {"version": "8"}},
            "without a hash",
            id="a lock without hashes",
        ),
    ],
)
def test_npm_lock(tmp_path, locked, said):
    (tmp_path / "package-lock.json").write_text(json.dumps({"packages": locked}))
    (tmp_path / "package.json").write_text('{"dependencies": {"vite": "8"}}')
    (tmp_path / ".npmrc").write_text("omit-lockfile-registry-resolved=true\n")
    found = " ".join(npm_faults(tmp_path))
    assert said in found if said else not found
