"""Private and loopback addresses are refused, however they are written and whoever leads there."""

import pytest

from agents.ingest.feeds.fetch import FetchFailed, fetch, session
from streams.addresses import networks, permitted

from .site import LOOPBACK, Table, open_site, redirect, rss


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.255.1.2",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2002:0a00:0001::",
    ],
)
def test_addresses_that_are_not_public_are_refused(address: str) -> None:
    assert not permitted(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "1.1.1.1", "2606:4700:4700::1111", "64:ff9b::101:101"])
def test_public_addresses_are_permitted(address: str) -> None:
    assert permitted(address)


def test_a_setting_permits_networks_and_no_others() -> None:
    allowed = networks("10.1.0.0/16, ::1")
    assert permitted("10.1.2.3", allowed)
    assert permitted("::1", allowed)
    assert permitted("::ffff:10.1.2.3", allowed)
    assert not permitted("10.2.2.3", allowed)
    assert not permitted("169.254.169.254", allowed)


@pytest.mark.parametrize("host", ["127.0.0.1", "intranet.example", "[::ffff:127.0.0.1]", "localhost"])
async def test_a_private_address_is_not_fetched_from(host: str) -> None:
    async with open_site() as site, session((), Table()) as client:
        site.text(host, rss("a"))
        with pytest.raises(FetchFailed, match=r"private address.*COPYTASTER_FEEDS_NETWORKS"):
            await fetch(client, site.url(host))
        assert site.asked == []


async def test_a_redirect_does_not_lead_to_a_private_address() -> None:
    async with open_site() as site, session(networks("127.0.0.1/32"), Table(inside=["127.0.0.2"])) as client:
        site.text("inside", rss("secret"))
        url = site.put("outside", redirect(site.url("inside")))
        with pytest.raises(FetchFailed, match=r"127\.0\.0\.2 is a private address"):
            await fetch(client, url)
        assert [request.url.host for request in site.asked] == ["outside"]


async def test_a_name_that_is_private_at_its_second_look_up_is_refused_then() -> None:
    names = Table(rebinding=["127.0.0.1", "127.0.0.2"])
    async with open_site() as site:
        url = site.text("rebinding", rss("a"))
        for attempt in range(2):
            async with session(networks("127.0.0.1/32"), names) as client:
                if attempt == 0:
                    assert (await fetch(client, url)).changed
                else:
                    with pytest.raises(FetchFailed, match="private address"):
                        await fetch(client, url)
        assert len(site.asked) == 1


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://host/feed", "gopher://host/", "http://", "//host/feed", ""]
)
async def test_nothing_but_http_is_fetched(url: str) -> None:
    async with session(LOOPBACK, Table()) as client:
        with pytest.raises(FetchFailed, match="http"):
            await fetch(client, url)


@pytest.mark.parametrize("location", ["file:///etc/passwd", "data:text/plain,x", "http://[", "javascript:0"])
async def test_a_redirect_leads_to_http_alone(location: str) -> None:
    async with open_site() as site, session(LOOPBACK, Table()) as client:
        url = site.put("outside", redirect(location))
        with pytest.raises(FetchFailed):
            await fetch(client, url)
