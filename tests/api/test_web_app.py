import pytest

from drumbeat.api import web_app

PAGE = "<!doctype html><title>drumbeat</title>"


@pytest.fixture
def built(tmp_path, monkeypatch):
    index = tmp_path / "index.html"
    index.write_text(PAGE)
    monkeypatch.setattr(web_app, "INDEX", index)


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("path", ["/", "/live", "/dev-inbox/7", "/a/page/of/tomorrow"])
def test_every_page_is_the_app(client, path):
    response = client.get(path)
    assert (response.status_code, response.content.decode()) == (200, PAGE)
    assert "no-cache" in response["Cache-Control"]
    assert response.cookies["csrftoken"].value


@pytest.mark.usefixtures("built")
def test_the_page_lets_nothing_foreign_in(client):
    policy = client.get("/live")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script-src 'self';" in policy


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("path", ["/static/spa/assets/gone.js", "/static/nothing"])
def test_a_missing_file_is_not_a_page(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.usefixtures("built")
def test_the_page_is_only_read(client):
    assert client.post("/live").status_code == 405


def test_without_a_build_it_says_how_to_make_one(client, tmp_path, monkeypatch):
    monkeypatch.setattr(web_app, "INDEX", tmp_path / "index.html")
    response = client.get("/live")
    assert response.status_code == 503
    assert "make build" in response.content.decode()
