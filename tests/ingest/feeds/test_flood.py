"""Two hundred feeds of every making and two workers: nothing is missed, nothing sent twice, nobody asked too often."""

from .flood import ILL, WELL, run


async def test_a_flood_of_feeds_comes_through_whole_once_and_politely(store_url: str) -> None:
    report = await run(store_url, feeds=200, events=250, times=20)
    assert len(report.expected) > 100
    assert report.missed() == set()
    assert report.twice() == []
    assert report.closest() >= 1.99
    assert {kind for kind, states in report.states.items() if any(state.failures for state in states)} >= set(ILL)
    assert {kind for kind, states in report.states.items() if all(state.fetched for state in states)} >= set(WELL)
