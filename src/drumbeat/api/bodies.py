"""What a request may carry: nothing that no route asked for."""

from __future__ import annotations

from ninja import Schema
from pydantic import ConfigDict


class Body(Schema):
    """A request body. A field it does not name is refused, not ignored: a typing error would change nothing."""

    model_config = ConfigDict(extra="forbid")
