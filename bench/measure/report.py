"""Figures as they are printed, each beside its goal."""

import statistics


def report(what: str, figure: str, goal: str | None = None, met: bool | None = None) -> None:
    verdict = "" if goal is None else f"   goal {goal}: {'met' if met else 'NOT MET'}"
    print(f"  {what:<58} {figure}{verdict}", flush=True)


def report_at_most(what: str, figures: list[float], most: float, unit: str = "") -> None:
    """The median of `figures` and their range, with its goal."""
    median = statistics.median(figures)
    shown = f"{median:.2f}{unit}  [{min(figures):.2f} .. {max(figures):.2f}]"
    report(what, shown, f"<= {most:g}{unit}", median <= most)


def ratios(cost: list[float], yardstick: list[float]) -> list[float]:
    """Round by round, so that what slows a whole round cancels out."""
    return [c / y for c, y in zip(cost, yardstick)]
