"""A host that a user typed leads to the public internet only, unless the operator allows more."""

import pytest

from drumbeat.core.errors import DomainError
from drumbeat.core.hosts import may_lead_to, read_network


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        pytest.param("93.184.216.34", True, id="a public address"),
        pytest.param("2606:2800:220:1::1", True, id="a public address of version 6"),
        pytest.param("127.0.0.1", False, id="this machine"),
        pytest.param("::1", False, id="this machine, version 6"),
        pytest.param("10.1.2.3", False, id="a private network"),
        pytest.param("192.168.0.1", False, id="a home network"),
        pytest.param("172.16.5.5", False, id="another private network"),
        pytest.param("169.254.169.254", False, id="the metadata service of clouds"),
        pytest.param("fe80::1%eth0", False, id="a link-local address"),
        pytest.param("fd00::1", False, id="a unique local address"),
        pytest.param("0.0.0.0", False, id="no address in particular"),
        pytest.param("100.64.0.1", False, id="a carrier's network"),
        pytest.param("224.0.0.1", False, id="many at once"),
        pytest.param("ff02::1", False, id="many at once, version 6"),
        pytest.param("::ffff:127.0.0.1", False, id="this machine, mapped"),
        pytest.param("::127.0.0.1", False, id="this machine, compatible"),
        pytest.param("64:ff9b::7f00:1", False, id="this machine, behind NAT64"),
        pytest.param("2002:7f00:1::1", False, id="this machine, by 6to4"),
        pytest.param("2001:0:5ef5:79fb:0:0:80ff:fffe", False, id="this machine, by Teredo"),
        pytest.param("mail.example.com", False, id="a name: it must be resolved first"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_where_a_typed_host_may_lead(address, expected):
    assert may_lead_to(address) is expected


def test_the_operator_allows_a_network():
    networks = (read_network("10.0.0.0/8"), read_network("::1"))
    assert may_lead_to("10.9.8.7", networks)
    assert may_lead_to("::1", (*networks, read_network("0.0.0.0/8")))
    assert not may_lead_to("192.168.0.1", networks)


def test_what_is_no_network_is_refused():
    with pytest.raises(DomainError):
        read_network("ten")
