"""The page about providers names each of them, and all that it must be told."""

from pathlib import Path

from drumbeat.core.providers import PROVIDERS

PAGE = Path(__file__).parents[2] / "docs/how-to/send-through-a-provider.md"


def test_every_provider_has_its_row_with_its_credentials():
    rows = {
        line.split("`")[1]: line
        for line in PAGE.read_text().splitlines()
        if line.startswith("| `") and "--esp" not in line
    }
    assert rows.keys() == PROVIDERS.keys()
    for name, provider in PROVIDERS.items():
        assert [field.name for field in provider.fields if f"`{field.name}`" not in rows[name]] == []
        assert ("| – |" not in rows[name]) is provider.inbound
        assert ("| replaced |" in rows[name]) is provider.own_ids
