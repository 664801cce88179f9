"""What happens to a number at our own Twilio, by its last digits, as with Twilio's magic test numbers."""

from collections.abc import Mapping

SCRIPTS: Mapping[str, str] = {
    "0429": "busy",
    "0500": "oops",
    "0502": "gateway",
    "0503": "later",
    "0301": "moved",
    "0401": "unknown_account",
    "0408": "hang",
    "0499": "lost",
    "0498": "late",
    "0201": "broken",
    "0207": "failed_at_once",
    "0210": "endless",
    "0211": "drip",
    "1610": "21610",
    "1211": "21211",
    "1614": "21614",
    "1612": "21612",
    "1608": "21608",
    "1606": "21606",
    "3016": "63016",
    "3018": "63018",
    "4000": "400",
    "3003": "30003",
    "3005": "30005",
    "3006": "30006",
    "3007": "30007",
    "3034": "30034",
    "3100": "seen",
    "3134": "unregistered",
    "7001": "human",
    "7002": "machine",
    "7003": "silence",
    "7004": "fax",
    "7005": "unsure",
    "7006": "busy_line",
    "7007": "no_answer",
    "7008": "failed",
    "7009": "gone",
}
NUMBERS: Mapping[str, str] = {script: f"+1415555{digits}" for digits, script in SCRIPTS.items()}
"""A number for each script; `+14155550100` and whatever else is taken and delivered, or answered by a person."""
PLAIN = "+14155550100"

ANSWERS: Mapping[str, tuple[int, int, str, Mapping[str, str]]] = {
    "busy": (429, 20429, "Too Many Requests", {"Retry-After": "17"}),
    "oops": (500, 20500, "Internal Server Error", {}),
    "gateway": (502, 0, "Bad Gateway", {}),
    "later": (503, 20503, "Service unavailable", {"Retry-After": "5"}),
    "moved": (301, 0, "Moved", {"Location": "http://127.0.0.1:1/"}),
    "unknown_account": (401, 20003, "Authenticate", {}),
    "21610": (400, 21610, "Attempt to send to unsubscribed recipient", {}),
    "21211": (400, 21211, "Invalid 'To' Phone Number", {}),
    "21614": (400, 21614, "'To' number is not a valid mobile number", {}),
    "21612": (400, 21612, "Message cannot be sent with the current combination of 'To' and 'From'", {}),
    "21608": (400, 21608, "The number is unverified. Trial accounts cannot send to it", {}),
    "21606": (400, 21606, "The 'From' phone number provided is not a valid message-capable number", {}),
    "63016": (400, 63016, "Failed to send freeform message because you are outside the allowed window", {}),
    "63018": (400, 63018, "Rate limit exceeded for Channel", {}),
    "unregistered": (400, 30034, "Message from an Unregistered Number", {}),
    "400": (400, 0, "Bad request", {}),
}
"""Status, code, message, headers. Besides: `hang` never answers, `late` takes it and never answers, `lost` takes it
and cuts, `broken` answers nonsense, `endless` and `drip` answer without an end, at once or a byte at a time,
`failed_at_once` takes it and says that it failed."""


def script_of(number: str) -> str:
    return SCRIPTS.get(number[-4:], "")


def _states(*states: str, code: str = "") -> list[dict[str, str]]:
    told = [{"MessageStatus": state} for state in states]
    if code:
        told[-1]["ErrorCode"] = code
    return told


class _Lives(dict[str, list[dict[str, str]]]):
    def __missing__(self, script: str) -> list[dict[str, str]]:
        return self[""]


MESSAGES = _Lives({"": _states("queued", "sent", "delivered")})
MESSAGES["seen"] = _states("sent", "delivered", "read")
MESSAGES |= {
    code: _states("queued", "sent", "undelivered", code=code)
    for code in ("30003", "30005", "30006", "30007", "30034")
}


def _call(*told: dict[str, str]) -> list[dict[str, str]]:
    return [{"CallStatus": "initiated"}, {"CallStatus": "ringing"}, *told]


def _answered(answerer: str) -> list[dict[str, str]]:
    return _call(
        {"CallStatus": "in-progress"},
        {"AnsweredBy": answerer, "MachineDetectionDuration": "4100"},
        {"CallStatus": "completed", "CallDuration": "31"},
    )


RUNG: Mapping[str, str] = {
    "busy_line": "busy",
    "no_answer": "no-answer",
    "failed": "failed",
    "gone": "canceled",
}
"""What comes of a number that a call is connected with; any other answers, and the two talk."""
CALLS = _Lives(
    {
        "": _answered("human"),
        "human": _answered("human"),
        "machine": _answered("machine_end_beep"),
        "silence": _answered("machine_end_silence"),
        "fax": _answered("fax"),
        "unsure": _answered("unknown"),
        "busy_line": _call({"CallStatus": "busy"}),
        "no_answer": _call({"CallStatus": "no-answer"}),
        "failed": [{"CallStatus": "initiated"}, {"CallStatus": "failed", "SipResponseCode": "404"}],
        "gone": _call({"CallStatus": "in-progress"}, {"CallStatus": "completed", "CallDuration": "1"}),
    }
)
