"""Curves from the figures of a line."""

from bench.plot import points


def test_a_curve_is_made_of_the_figures_at_its_points() -> None:
    figures = {"growth_ms_at_10000": 2.0, "growth_ms_at_100000": 2.1, "river_over_plain": 4.0}
    assert points(figures) == {"growth_ms": {10_000: 2.0, 100_000: 2.1}}
