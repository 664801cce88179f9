"""The Twilio of `drumbeat.demo.twilio` for tests: what is asked is held against Twilio's description where it is here.

`python -m tests.support.twilio --port 8025` runs it alone.
"""

import argparse
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from drumbeat.demo.twilio.server import ACCOUNT, TOKEN, Twilio, answering
from tests.support.twilio_contract import broken_rules


@contextmanager
def calling(port: int = 0, slow: float = 0.0) -> Iterator[Twilio]:
    """Answer until the block ends."""
    twilio = Twilio(slow=slow, check=broken_rules)
    with answering(twilio, socket.create_server(("127.0.0.1", port))):
        yield twilio


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description="A Twilio for trying things out; nothing leaves this machine."
    )
    parser.add_argument("--port", type=int, default=8025)
    with calling(parser.parse_args().port) as running:
        print(f"base address {running.base}, account {ACCOUNT}, token {TOKEN}", flush=True)
        running.over.wait()
