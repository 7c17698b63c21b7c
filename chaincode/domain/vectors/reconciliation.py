# SPDX-License-Identifier: Apache-2.0
"""Writes reconciliation.json: the rules of reconciliation in exact fractions, by Python and from their definitions.

    python3 chaincode/domain/vectors/reconciliation.py
"""
import calendar
import datetime
import json
import math
import pathlib
from fractions import Fraction

KINDS = ("satellite", "sensor", "financial", "audit")
WEIGHTS = {"satellite": "0.25", "sensor": "0.35", "financial": "0.20", "audit": "0.20"}
ACCURACIES = {"satellite": "0.05", "sensor": "0.02", "financial": "0.08", "audit": "0.03"}
THRESHOLD = Fraction("0.05")
OUTLIER = Fraction(3)
# Shares of nameplate by carrier: any reading, day, month, year, rise, night; and what is negligible.
LIMITS = {
    "B16": ("1.02", "0.75", "0.55", "0.40", "0.90", "0.01"),
    "B19": ("1.02", "1.02", "0.95", "0.65", "1.02", "1.02"),
    "B14": ("1.02", "1.02", "1.02", "1.00", "0.75", "1.02"),
}
NEGLIGIBLE = Fraction("0.0005")
MILLION = 10**6


def ppm(value):
    """Six decimals of a share in whole millionths."""
    return f"{value // MILLION}.{value % MILLION:06d}"


def ceil(value):
    return -((-value.numerator) // value.denominator)


def root_up(value):
    """The square root of a fraction in millionths, rounded up, found with exact integers."""
    scaled = ceil(value * MILLION**2)
    root = math.isqrt(scaled)
    return root if root * root == scaled else root + 1


def hours(period):
    parts = [int(part) for part in period.split("-")]
    if len(parts) == 1:
        return 24 * (366 if calendar.isleap(parts[0]) else 365)
    return 24 * (calendar.monthrange(*parts[:2])[1] if len(parts) == 2 else 1)


def weighted(readings):
    """Mean and variance; several sources of a kind share its weight."""
    count = {kind: sum(1 for r in readings if r["kind"] == kind) for kind in KINDS}
    weights = [Fraction(WEIGHTS[r["kind"]]) / count[r["kind"]] for r in readings]
    total = sum(weights)
    mean = sum(w * r["wh"] for w, r in zip(weights, readings)) / total
    variance = sum(w * (r["wh"] - mean) ** 2 for w, r in zip(weights, readings)) / total
    return mean, variance


def deviation(readings, index, negligible):
    """(score in millionths, whether above) of a reading against the inverse-variance mean of the others."""
    half = Fraction("1.96")
    own = readings[index]
    others = [r for i, r in enumerate(readings) if i != index]
    precision = {kind: 1 / (Fraction(ACCURACIES[kind]) / half) ** 2 for kind in KINDS}
    total = sum(precision[r["kind"]] for r in others)
    mean = sum(precision[r["kind"]] * r["wh"] for r in others) / total
    difference = own["wh"] - mean
    if abs(difference) <= negligible:
        return None
    if mean == 0:
        return MILLION**2, True
    relative = 1 / precision[own["kind"]] + 1 / total
    return min(MILLION**2, root_up((difference / mean) ** 2 / relative)), difference > 0


def finding(rule, source, interval, above, score, limit):
    """Scores end at a million: beyond it they say no more."""
    score = min(score, MILLION**2)
    return {
        "rule": rule,
        "sourceId": source,
        "interval": interval,
        "direction": "above" if above else "below",
        "score": ppm(score),
        "limit": ppm(limit),
    }


def physics(readings, plant, period, nights):
    names = ("nameplate", "day", "month", "year", "rise", "night")
    limits = {name: ceil(Fraction(v) * MILLION) for name, v in zip(names, LIMITS[plant["carrier"]])}
    granularity = {4: "year", 7: "month", 10: "day"}[len(period)]
    found = []
    for reading in readings:
        share = ceil(Fraction(reading["wh"], plant["watts"] * hours(period)) * MILLION)
        if share > limits["nameplate"]:
            found.append(finding("nameplate", reading["id"], None, True, share, limits["nameplate"]))
        elif share > limits[granularity]:
            found.append(finding("capacity-factor", reading["id"], None, True, share, limits[granularity]))
        each = Fraction(plant["minutes"], 60)
        shares = [ceil(Fraction(wh) / (plant["watts"] * each) * MILLION) for wh in reading.get("intervals", [])]
        starts = [start_of(period, i, plant["minutes"]) for i in range(len(shares))]
        rises = [now - before for now, before in zip(shares, shares[:1] + shares[:-1])]
        for rule, candidates in (
            ("nameplate", list(zip(shares, starts))),
            ("night", [(s, t) for i, (s, t) in enumerate(zip(shares, starts)) if i in nights]),
            ("rise", list(zip(rises, starts))),
        ):
            if candidates:
                worst = max(candidates, key=lambda c: c[0])
                if worst[0] > limits[rule]:
                    found.append(finding(rule, reading["id"], worst[1], True, worst[0], limits[rule]))
    return found


def start_of(period, index, minutes):
    at = datetime.datetime.fromisoformat(period) + datetime.timedelta(minutes=index * minutes)
    return at.strftime("%Y-%m-%dT%H:%MZ")


def expected(readings, plant, period, nights=()):
    readings = sorted(readings, key=lambda r: r["id"])
    present = sum(Fraction(WEIGHTS[kind]) for kind in KINDS if any(r["kind"] == kind for r in readings))
    share = math.floor(present * MILLION)
    mean, variance = weighted(readings)
    cv = 0 if mean == 0 else root_up(variance / mean**2)
    negligible = plant["watts"] * hours(period) * NEGLIGIBLE
    found = []
    if len(readings) > 1:
        scored = [(deviation(readings, i, negligible), r) for i, r in enumerate(readings)]
        suspects = [(d, r) for d, r in scored if d is not None and d[0] > OUTLIER * MILLION]
        for (score, above), r in sorted(suspects, key=lambda s: (-s[0][0], s[1]["id"])):
            found.append(finding("outlier", r["id"], None, above, score, 3 * MILLION))
    found += physics(readings, plant, period, nights)
    if variance > (THRESHOLD * mean) ** 2 and variance > negligible**2:
        found.append(finding("discrepancy", None, None, True, cv, 50_000))
    enough = len(readings) > 1 and any(r["kind"] in ("satellite", "audit") for r in readings)
    return {
        "status": ("flagged" if found else "verified") if enough else "insufficient",
        "estimateWh": str(math.floor(mean)),
        "varianceWh2": str(math.floor(variance)),
        "cv": ppm(cv),
        "weightPresent": ppm(share),
        "confidence": ppm(max(0, MILLION - cv) * share // MILLION),
        "rulesVersion": 1,
        "findings": found,
    }


def reading(kind, wh, name=None, intervals=()):
    return {"id": name or f"{kind}-1", "kind": kind, "wh": wh, "intervals": list(intervals)}


def wire(readings, plant, period):
    return {
        "readings": [
            {
                "sourceId": r["id"],
                "kind": r["kind"],
                "energyWh": str(r["wh"]),
                "intervals": [
                    {"start": start_of(period, i, plant["minutes"]), "energyWh": str(wh)}
                    for i, wh in enumerate(r["intervals"])
                ],
            }
            for r in readings
        ],
        "facility": {
            "carrier": plant["carrier"],
            "nameplateW": str(plant["watts"]),
            "location": plant.get("location"),
            "intervalMinutes": str(plant["minutes"]),
        },
        "period": period,
    }


def cases():
    wind = {"carrier": "B19", "watts": 10_000_000, "minutes": 60}
    seville = {"latitudeMilli": 37_390, "longitudeMilli": -5_990}
    sun = {"carrier": "B16", "watts": 1_000_000, "minutes": 60, "location": seville}
    atom = {"carrier": "B14", "watts": 1_000_000_000, "minutes": 15}
    four = lambda *wh: [reading(kind, each) for kind, each in zip(KINDS, wh)]
    day = "2026-11-20"
    # In November the sun is down in Seville from 19:00 to 05:00 UTC by any reckoning.
    dark = [*range(0, 5), *range(20, 24)]
    bell = [0] * 8 + [100_000, 300_000, 500_000, 600_000, 600_000, 500_000, 300_000, 100_000] + [0] * 8
    lamp = [20_000 if i == 2 else wh for i, wh in enumerate(bell)]
    flat = [250_000_000] * 96
    start = [0] * 40 + [250_000_000] * 56
    big = 2**63 - 1
    yield "four sources agree", four(100_000_000, 100_000_000, 100_000_000, 100_000_000), wind, day
    yield "four sources agree within their accuracy", four(101_500_000, 100_100_000, 97_000_000, 99_200_000), wind, day
    yield "a plant stands still", four(0, 0, 0, 0), wind, day
    yield "near zero a small disagreement is none", four(60_000, 0, 30_000, 10_000), wind, day
    yield "near zero a real one is", four(0, 600_000, 0, 0), wind, day
    yield "the satellite says a quarter more", four(125_000_000, 100_000_000, 100_000_000, 100_000_000), wind, day
    yield "the sensor says a tenth more", four(100_000_000, 110_000_000, 100_000_000, 100_000_000), wind, day
    yield "the sensor says a tenth less", four(100_000_000, 90_000_000, 100_000_000, 100_000_000), wind, day
    yield "the books say a tenth more", four(100_000_000, 100_000_000, 110_000_000, 100_000_000), wind, day
    yield "the books say a third more", four(100_000_000, 100_000_000, 133_333_333, 100_000_000), wind, day
    yield "the auditor says a tenth more", four(100_000_000, 100_000_000, 100_000_000, 110_000_000), wind, day
    yield "sensor and books collude", four(100_000_000, 115_000_000, 115_000_000, 100_000_000), wind, day
    yield "only the sensor says anything", four(0, 100_000_000, 0, 0), wind, day
    yield "two sources are enough with a satellite", [reading("satellite", 50_000_001), reading("sensor", 50_000_000)], wind, day
    yield "two that disagree", [reading("audit", 50_000_000), reading("sensor", 60_000_000)], wind, day
    yield "sensor and books alone are not enough", [reading("sensor", 50_000_000), reading("financial", 50_000_000)], wind, day
    yield "one audit alone is not enough", [reading("audit", 50_000_000)], wind, day
    yield "two meters share the weight of one", [
        reading("satellite", 100_000_000), reading("sensor", 99_000_000, "meter-a"), reading("sensor", 101_000_003, "meter-b"),
    ], wind, day
    yield "three kinds, no books", [reading("audit", 7), reading("sensor", 7), reading("satellite", 8)], wind, day
    yield "more than the nameplate gives", four(250_000_000, 250_000_000, 250_000_000, 250_000_000), wind, day
    yield "exactly nameplate and tolerance", four(244_800_000, 244_800_000, 244_800_000, 244_800_000), wind, day
    yield "a watt-hour more", four(244_800_000, 244_800_001, 244_800_000, 244_800_000), wind, day
    yield "the largest energies there are", four(big, big, big, big), wind, day
    yield "the largest beside the smallest", four(0, big, 0, 1), wind, day
    yield "a month of wind above any record", four(*[6_850_000_000] * 4), wind, "2026-02"
    yield "a leap year within bounds", four(*[50_000_000_000] * 4), wind, "2024"
    yield "a solar day", [reading("satellite", 3_010_000), reading("sensor", 3_000_000, None, bell)], sun, day, dark
    yield "solar at night", [reading("satellite", 3_010_000), reading("sensor", sum(lamp), None, lamp)], sun, day, dark
    yield "a solar day above any record", four(*[18_500_000] * 4), sun, day
    yield "an even reactor", [reading("audit", sum(flat)), reading("sensor", sum(flat), None, flat)], atom, day
    yield "a reactor from nothing to all in a quarter of an hour", [
        reading("audit", sum(start)), reading("sensor", sum(start), None, start),
    ], atom, day
    # Two equal weights on x·(1 - t) and x·(1 + t) have a coefficient of variation of t.
    yield "two audits a tenth apart are at the threshold", [
        reading("audit", 95_000_000, "audit-a"), reading("audit", 105_000_000, "audit-b"),
    ], wind, day
    yield "and a watt-hour above it", [
        reading("audit", 95_000_000, "audit-a"), reading("audit", 105_000_001, "audit-b"),
    ], wind, day


def main():
    written = [
        {"name": name, "input": wire(readings, plant, period), "expected": expected(readings, plant, period, *nights)}
        for name, readings, plant, period, *nights in cases()
    ]
    description = (
        "Reconciliations under the initial parameters and plausibility rules, computed by reconciliation.py in Python's "
        "fractions from the definitions of the rules (KD-037 to KD-042, Q08 to Q13); nights are given by hand."
    )
    path = pathlib.Path(__file__).parent / "reconciliation.json"
    path.write_text(json.dumps({"description": description, "cases": written}, indent=1) + "\n")


main()
