"""Conditions against the database: the SQL reading, and what the in-memory reading reads of contacts outside a flow.

`reading` joins groups, `leaves` says what a rule asks of which table, `columns` how a column compares, `days` where the
days of each zone begin, `ground` what is looked up first, `views` loads contacts for memory. Both readings must agree;
`tests/store/test_conditions_agree.py` holds them against each other.
"""

from drumbeat.store.conditions.reading import where
from drumbeat.store.conditions.views import load_views

__all__ = ["load_views", "where"]
