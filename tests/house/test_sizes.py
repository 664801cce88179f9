"""The size budget tells long code from short, and lets its list of exceptions only shrink."""

import ast

import pytest

from tools.sizes import Exemption, Measured, faults, measure_functions

LONG = Measured("src/a.py", 420, 400)
SHORT = Measured("src/a.py", 390, 400)
HUGE = Measured("src/a.py", 451, 400)
REASON = "one table"


@pytest.mark.parametrize(
    ("measured", "exempt", "said"),
    [
        pytest.param(SHORT, {}, None, id="what fits is fine"),
        pytest.param(LONG, {}, "the budget is 400", id="what does not fit is named"),
        pytest.param(LONG, {"src/a.py": Exemption(420, REASON)}, None, id="an exception lets it pass"),
        pytest.param(
            LONG, {"src/a.py": Exemption(410, REASON)}, "grew from 410", id="an exception may not grow"
        ),
        pytest.param(SHORT, {"src/a.py": Exemption(420, REASON)}, "take it out", id="an idle exception goes"),
        pytest.param(
            LONG, {"src/a.py": Exemption(420, " ")}, "needs a reason", id="an exception has a reason"
        ),
        pytest.param(
            HUGE, {"src/a.py": Exemption(451, REASON)}, "nothing may pass", id="the hard limit holds"
        ),
    ],
)
def test_the_budget(measured, exempt, said):
    found = " ".join(faults([measured], exempt))
    assert said in found if said else not found


def test_functions_are_measured_by_their_lines():
    tree = ast.parse("class A:\n    async def long(self):\n        x = 1\n        return x\n")
    assert [(one.name, one.lines) for one in measure_functions("a.py", tree)] == [("a.py::long", 3)]
