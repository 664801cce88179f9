"""What stands below a mail: added where the text does not say it itself, once."""

import pytest

from drumbeat.core.mail_footer import Body, Footer, complete

LINK = "https://ours.test/u/x"
ALL = Footer(signature="Kim\nOurs", postal_address="1 Example Street\n\nExampletown", link=LINK)
BARE = Footer(signature="", postal_address="", link=LINK)
NOTHING = Body("", "")


def text_of(source, footer=ALL, rendered=None):
    return complete(Body(source, source if rendered is None else rendered), NOTHING, footer)[0]


def test_a_plain_text_gets_signature_address_and_link():
    assert text_of("Good morning.\n") == (
        f"Good morning.\n\nKim\nOurs\n\n--\n1 Example Street · Exampletown\nNot for you? {LINK}\n"
    )


def test_what_is_not_set_is_not_there():
    assert text_of("Good morning.", BARE) == f"Good morning.\n\n--\nNot for you? {LINK}\n"


@pytest.mark.parametrize(
    ("source", "lacks"),
    [
        pytest.param("{{ unsubscribe_url }}", "Not for you?", id="the link"),
        pytest.param("{{ sender.signature }}", "Kim", id="the signature"),
        pytest.param("{{ workspace.postal_address }}", "Example Street", id="the address"),
    ],
)
def test_what_the_text_writes_itself_is_not_added(source, lacks):
    assert lacks not in text_of(source, rendered="Good morning.")


def test_a_text_that_writes_everything_stays_as_it_is():
    source = "{{ sender.signature }} {{ workspace.postal_address }} {{ unsubscribe_url }}"
    assert text_of(source, rendered="Good morning.\n\n--\nBelow.\n") == "Good morning.\n\n--\nBelow.\n"


def test_a_footer_that_somebody_wrote_stays_below_the_signature():
    source = "Good morning.\n\n--\nNot for you? {{ unsubscribe_url }}"
    assert text_of(source, rendered=f"Good morning.\r\n\r\n--\r\nNot for you? {LINK}") == (
        f"Good morning.\n\nKim\nOurs\n\n--\nNot for you? {LINK}\n1 Example Street · Exampletown\n"
    )


def test_html_gets_the_same_and_is_escaped():
    footer = Footer(signature="Kim & <Co>", postal_address="1 <Street>", link=f"{LINK}?a&b")
    text, html = complete(NOTHING, Body("<p>Hi</p>", "<p>Hi</p>"), footer)
    assert html is not None
    assert html.startswith("<p>Hi</p><p>Kim &amp; &lt;Co&gt;</p><p style=")
    assert "1 &lt;Street&gt;" in html
    assert f'<a href="{LINK}?a&amp;b">Not for you?</a>' in html
    assert text == f"Hi\n\nKim & <Co>\n\n1 <Street>\n\nNot for you? ({LINK}?a&b)"


def test_each_part_is_completed_for_itself():
    text, html = complete(
        Body("Hi {{ unsubscribe_url }}", f"Hi {LINK}"), Body("<p>Hi</p>", "<p>Hi</p>"), BARE
    )
    assert (text, html and html.count(LINK)) == (f"Hi {LINK}", 1)


def test_html_that_says_everything_stays_as_it_is():
    assert complete(NOTHING, Body("{{ unsubscribe_url }}", LINK), BARE) == (LINK, LINK)
