"""The web writes while the worker sends at full speed: no write fails, nothing is lost."""

import os
import subprocess
import sys
import tempfile


def test_no_write_fails_while_the_worker_sends_at_full_speed():
    with tempfile.TemporaryDirectory() as folder:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("DRUMBEAT_")}
        environment |= {"DRUMBEAT_DATA": folder, "DJANGO_SETTINGS_MODULE": "drumbeat.settings"}
        command = [sys.executable, "-c", _RUN]
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=120, check=False
        )
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) > 10, "the web got too few turns beside the worker"


_RUN = """
import django
django.setup()
from drumbeat.store import tables
tables.bring_up_to_date()
from bench import web_beside
print(web_beside.measure(600)["writes"])
"""
