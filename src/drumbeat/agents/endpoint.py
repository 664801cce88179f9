"""Where the model of an installation is, and how it is talked to."""

from __future__ import annotations

from dataclasses import dataclass, field

from drumbeat.agents.usage import NO_PRICES, Prices
from drumbeat.environment import Environment, ModelOutput

LONGEST_SECONDS = 110.0
"""Less than a question may take in the worker, so that the fault is named by us."""
HIDDEN = "(the key)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """An OpenAI-compatible server.

    `personal_data`: what is known of a contact may be told to it.
    """

    url: str
    model: str = ""
    key: str = field(default="", repr=False)
    output: ModelOutput = ModelOutput.JSON_SCHEMA
    seconds: float = 60.0
    prices: Prices = NO_PRICES
    personal_data: bool = True

    def keyless(self, text: str) -> str:
        """Return what a server said without the key: it may quote the one that it refuses."""
        return text.replace(self.key, HIDDEN) if self.key else text


def endpoint_of(env: Environment) -> Endpoint | None:
    """Return the endpoint that the settings name, None without one."""
    if not env.model_url:
        return None
    return Endpoint(
        url=env.model_url,
        model=env.model,
        key=env.model_key.strip(),
        output=env.model_output,
        seconds=min(LONGEST_SECONDS, env.model_seconds),
        prices=Prices(env.model_price_in, env.model_price_out),
        personal_data=env.model_personal_data,
    )
