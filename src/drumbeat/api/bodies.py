"""What a request may carry: nothing that no route asked for."""

from __future__ import annotations

from typing import Annotated

from ninja import Field, Schema
from pydantic import ConfigDict


class Body(Schema):
    """A request body. A field it does not name is refused, not ignored: a typing error would change nothing."""

    model_config = ConfigDict(extra="forbid")


Id = Annotated[int, Field(ge=1, lt=2**63)]
"""An id within a list: no column holds a larger number, and a list of them would fail in the database."""
