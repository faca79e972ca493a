"""The table that a bench prints."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Row:
    """One figure. Figures are medians of the runs; `ratio` is ours/limit, or limit/ours where `inverse`.

    `target` 0: reported beside, without a target. `at_least`: the target is the least that will do (rates)."""

    what: str
    engine: str
    size: int
    limit_name: str
    limit: float
    ours: float
    target: float = 0.0
    inverse: bool = False
    unit: str = "s"
    at_least: bool = False

    @property
    def ratio(self) -> float:
        pair = (self.limit, self.ours) if self.inverse else (self.ours, self.limit)
        return pair[0] / pair[1] if pair[1] else 0.0

    @property
    def met(self) -> bool:
        more = self.inverse or self.at_least
        return not self.target or (self.ratio >= self.target if more else self.ratio <= self.target)

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "ratio": round(self.ratio, 2), "met": self.met}


def table(rows: list[Row]) -> str:
    """Markdown, aligned."""
    lines = [("what", "engine", "size", "limit", "limit", "ours", "ratio", "target", "")]
    for row in rows:
        target = "" if not row.target else f"{'≥' if row.inverse or row.at_least else '≤'} {row.target:g} ×"
        verdict = "" if not row.target else ("met" if row.met else "MISSED")
        lines.append(
            (
                row.what, row.engine, f"{row.size:,}", row.limit_name, f"{row.limit:.2f} {row.unit}",
                f"{row.ours:.2f} {row.unit}", f"{row.ratio:.2f} ×", target, verdict,
            )
        )  # fmt: skip
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    text = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
        for line in lines
    ]
    text.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(text)
