"""What a text weighs, by example, and against a slow reading of the standard that packs real bits."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.sms import (
    GSM7,
    GSM7_EXTENSION,
    Encoding,
    Estimate,
    Prices,
    cost_of,
    estimate,
    price_of,
    weigh,
)

PRICES = Prices("USD", {"+1": Decimal("0.0083"), "+1876": Decimal("0.2"), "+49": Decimal("0.112")})
FACE = "\U0001f600"


@pytest.mark.parametrize(
    ("text", "encoding", "units", "segments", "left"),
    [
        pytest.param("", "gsm-7", 0, 0, 160, id="nothing"),
        pytest.param("a" * 160, "gsm-7", 160, 1, 0, id="one full message"),
        pytest.param("a" * 161, "gsm-7", 161, 2, 145, id="one letter more makes two of 153"),
        pytest.param("a" * 306, "gsm-7", 306, 2, 0, id="two full segments"),
        pytest.param("a" * 307, "gsm-7", 307, 3, 152, id="three"),
        pytest.param("a" * 159 + "€", "gsm-7", 161, 2, 145, id="a euro costs two"),
        pytest.param("a" * 152 + "€" * 5, "gsm-7", 162, 2, 143, id="a euro is not torn apart"),
        pytest.param("é" * 70, "gsm-7", 70, 1, 90, id="an accent of the alphabet"),
        pytest.param("ê" * 70, "ucs-2", 70, 1, 0, id="an accent outside it"),
        pytest.param("ê" * 71, "ucs-2", 71, 2, 63, id="one more makes two of 67"),
        pytest.param(FACE * 35, "ucs-2", 70, 1, 0, id="a face costs two"),
        pytest.param("ê" * 66 + FACE * 3, "ucs-2", 72, 2, 61, id="a face is not torn apart"),
        pytest.param("ç", "ucs-2", 1, 1, 69, id="the small c with cedilla is missing, the capital is not"),
        pytest.param("line\r\nline", "gsm-7", 10, 1, 150, id="line ends"),
    ],
)
def test_weight(text, encoding, units, segments, left):
    found = weigh(text)
    assert (found.encoding, found.units, found.segments, found.left) == (encoding, units, segments, left)


def test_the_alphabet_is_whole():
    assert len(GSM7) == 127, "128 places, one of which is the escape"
    assert len(GSM7_EXTENSION) == 10
    assert not GSM7 & GSM7_EXTENSION


def test_who_makes_a_message_dear_is_named_once_in_order():
    assert weigh("“Hi” – “ho”").dear == ("“", "”", "–")
    assert weigh("Hi").dear == ()


def units_of(char: str) -> list[str]:
    """The units of a character as the phone gets them, written out."""
    return [f"{char}{number}" for number in range(len(char.encode("utf-16-be")) // 2)]


def slowly(text: str) -> tuple[str, int]:
    """Encoding and number of segments by cutting off, again and again, the longest piece that fits."""
    gsm = all(char in GSM7 or char in GSM7_EXTENSION for char in text)
    size, alone, each = (7, 1120, 1071) if gsm else (16, 1120, 1072)

    def bits(piece: str) -> int:
        if gsm:
            return sum(2 * size if char in GSM7_EXTENSION else size for char in piece)
        return sum(size * len(units_of(char)) for char in piece)

    if bits(text) <= alone:
        return ("gsm-7" if gsm else "ucs-2"), min(len(text), 1)
    count = 0
    while text:
        cut = max(length for length in range(len(text) + 1) if bits(text[:length]) <= each)
        text, count = text[cut:], count + 1
    return ("gsm-7" if gsm else "ucs-2"), count


GSM_TEXT = st.text(st.sampled_from(sorted(GSM7 | GSM7_EXTENSION)), max_size=500)
ANY_TEXT = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("aé€" + FACE)), max_size=220
)


@given(st.one_of(GSM_TEXT, ANY_TEXT))
def test_every_text_weighs_what_the_slow_reading_says(text):
    found = weigh(text)
    assert (found.encoding, found.segments) == slowly(text)


@given(ANY_TEXT, st.characters(exclude_categories=["Cs"]))
def test_a_longer_text_never_takes_fewer_segments(text, char):
    assert weigh(text + char).segments >= weigh(text).segments


@given(GSM_TEXT)
def test_what_is_left_is_what_fits(text):
    found = weigh(text)
    if text:
        assert weigh(text + "a" * found.left).segments == found.segments
        assert weigh(text + "a" * (found.left + 1)).segments > found.segments


@pytest.mark.parametrize(
    ("number", "amount"),
    [
        pytest.param("+14155550100", "0.0166", id="by the country"),
        pytest.param("+18765550100", "0.4", id="by the longest beginning"),
        pytest.param("+4915112345678", "0.224", id="elsewhere"),
        pytest.param("+33612345678", None, id="not known"),
    ],
)
def test_a_price_is_by_count_and_number(number, amount):
    found, known = estimate(2, number, PRICES), None if amount is None else Decimal(amount)
    assert (found.currency, found.least, found.most) == ("USD", known, known)


def test_where_nobody_says_whom_it_goes_to_it_costs_from_to():
    assert estimate(2, "", PRICES) == Estimate("USD", Decimal("0.0166"), Decimal("0.4"))
    assert estimate(2, "", Prices("USD", {})) == Estimate("USD", None, None)


def test_nothing_has_no_price():
    assert price_of("", PRICES) is None


def test_a_character_costs_what_its_message_makes_it_cost():
    assert [cost_of("€", encoding) for encoding in Encoding] == [2, 1]
    assert cost_of(FACE, Encoding.UCS2) == 2
