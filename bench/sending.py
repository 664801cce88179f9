"""A worker's process for measurements: rounds of planner and dispatcher with the real politeness, until all is sent.

`python -m bench.sending` prints a line when it is ready and begins when it reads one.
"""

from __future__ import annotations

import sys

import django


def main() -> None:
    django.setup()
    from bench import world
    from bench.null_wire import NullWire
    from drumbeat.engine.dispatcher import Dispatcher
    from drumbeat.engine.planner import Planner
    from drumbeat.engine.polite import leaving_room

    planner, dispatcher = Planner(), Dispatcher("bench", NullWire())
    print("ready", flush=True)
    sys.stdin.readline()
    while True:
        planned = leaving_room(lambda: planner.plan_once(world.START))
        sent = False
        while leaving_room(lambda: dispatcher.turn(world.START)):
            sent = True
        if not planned and not sent:
            return


if __name__ == "__main__":
    main()
