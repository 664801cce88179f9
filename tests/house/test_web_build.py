"""The web app is built when its sources changed, and only then."""

import pytest

import hatch_build


@pytest.fixture
def checkout(tmp_path):
    (tmp_path / "web/src").mkdir(parents=True)
    (tmp_path / "web/src/main.ts").write_text("1")
    (tmp_path / "src/drumbeat/spa").mkdir(parents=True)
    return tmp_path


def build(checkout):
    mark = checkout / "src/drumbeat/spa" / hatch_build.BUILT
    mark.write_text(hatch_build.digest(checkout / "web"))


def test_a_checkout_that_was_never_built_is_stale(checkout):
    assert not hatch_build.is_fresh(checkout)


def test_a_built_checkout_is_fresh(checkout):
    build(checkout)
    assert hatch_build.is_fresh(checkout)


@pytest.mark.parametrize("name", ["src/main.ts", "src/new.ts", "package.json", "vite.config.ts"])
def test_a_changed_source_makes_it_stale(checkout, name):
    build(checkout)
    (checkout / "web" / name).write_text("2")
    assert not hatch_build.is_fresh(checkout)


def test_a_package_without_sources_takes_what_it_carries(checkout):
    build(checkout)
    (checkout / "web/src/main.ts").unlink()
    (checkout / "web/src").rmdir()
    (checkout / "web").rmdir()
    assert hatch_build.is_fresh(checkout)
