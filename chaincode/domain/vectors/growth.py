# SPDX-License-Identifier: Apache-2.0
"""Writes the golden vectors of closed years and of K-Dollars from an independent implementation: Python's integers,
fractions and hashlib, with roots by bisection and trees by the recursive definition of RFC 9162.

    python3 chaincode/domain/vectors/growth.py
"""
import hashlib
import json
import pathlib
import random
from fractions import Fraction
from math import floor

HERE = pathlib.Path(__file__).parent
SCALE = 10**18
random.seed(20251231)


def write(name, description, cases):
    text = json.dumps({"description": description, "cases": cases}, indent=1, ensure_ascii=False)
    (HERE / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def bisected_cube_root(x):
    low, high = 0, 1 << 200
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle * middle * middle <= x else (low, middle)
    return low


def cube_roots():
    values = [0, 1, 7, 8, 9, 26, 27, 10**54 - 1, 10**54, 10**54 + 1]
    values += [(10**18 + 1) ** 3 - 1, (10**18 + 1) ** 3, 2**189, (2**63 - 1) * 10**54]
    values += [random.getrandbits(bits) for bits in (20, 63, 64, 65, 180, 181, 182, 240)]
    write(
        "cube-root",
        "Largest integers whose cube is at most x, found by bisection.",
        [{"name": str(index), "input": {"x": str(x)}, "expected": {"root": str(bisected_cube_root(x))}}
         for index, x in enumerate(values)],
    )


def truncated(value):
    return floor(value) if value >= 0 else -floor(-value)


def growth():
    """The years' growth rates are multiplied as the rule is written, not telescoped."""
    def case(name, years, supply, adjustment=0, carry=0):
        product = Fraction(1)
        for before, after in zip(years, years[1:]):
            product *= Fraction(after, before)
        rate = bisected_cube_root(floor(product * SCALE**3)) - SCALE
        change = truncated(Fraction(rate * supply, SCALE)) + adjustment
        net = change - carry
        return {
            "name": name,
            "input": {"years": [str(wh) for wh in years], "previousSupply": str(supply),
                      "adjustment": str(adjustment), "carryBefore": str(carry)},
            "expected": {"rate": str(rate), "change": str(change), "minted": str(max(0, net)),
                         "carryAfter": str(max(0, -net))},
        }

    twh = 10**12
    unit = 10**6
    fallen = [10000 * twh, 9800 * twh, 10094 * twh, 1049776 * 10**10]
    write(
        "growth",
        "Four years' production in Wh and what the annual rule makes of it. g_E in 1e-18 is the cube root (rounded down) of "
        "the product of three growth factors as fractions; g_E * M_prev is rounded towards zero.",
        [
            case("steady three percent", [10**15, 103 * 10**13, 10609 * 10**11, 1092727 * 10**9], 1_000_000 * unit),
            case("rates of -2, 3 and 4 percent give 1.63", fallen, 1_000_000 * unit),
            case("a year without growth does not wipe out the others", [100, 100, 110, 121], 1000 * unit),
            case("no growth", [5 * twh] * 4, 1000 * unit),
            case("shrinking is carried", [100, 95, 92, 90], 1_000_000 * unit),
            case("growth makes up for what was carried first", [100, 104, 108, 112], 1_000_000 * unit, 0, 50_000 * unit),
            case("and is issued beyond it", [100, 104, 108, 112], 1_000_000 * unit, 0, 5_000 * unit),
            case("an adjustment adds", [100, 104, 108, 112], 1_000_000 * unit, 10_000 * unit),
            case("an adjustment takes away", [100, 104, 108, 112], 1_000_000 * unit, -10_000 * unit),
            case("an adjustment can make growth a contraction", [1000, 1001, 1002, 1003], 1_000_000 * unit, -9_000 * unit),
            case("nothing was produced in the last year", [100, 104, 108, 0], 1_000_000 * unit),
            case("rounding towards zero from above", [10**9, 10**9, 10**9, 10**9 + 1], 7),
            case("rounding towards zero from below", [10**9, 10**9, 10**9, 10**9 - 1], 7),
            case("world production, 2021 to 2024", [28466 * twh, 29165 * twh, 29925 * twh, 31256 * twh], 10**15),
        ] + [
            case(f"random {n}", [random.randint(1, 10**random.randint(1, 18)) for _ in range(4)],
                 random.randint(1, 10**12), random.randint(-10**9, 10**9), random.choice([0, random.randint(1, 10**10)]))
            for n in range(30)
        ],
    )


def allocation():
    """Remainders are compared as fractions of one."""
    def shared(amount, weights):
        total = sum(weights.values())
        exact = {name: Fraction(amount * wh, total) for name, wh in weights.items()}
        parts = {name: floor(value) for name, value in exact.items()}
        by_remainder = sorted(weights, key=lambda name: (-(exact[name] - parts[name]), name))
        for name in by_remainder[: amount - sum(parts.values())]:
            parts[name] += 1
        assert sum(parts.values()) == amount
        return {name: str(parts[name]) for name in sorted(weights) if parts[name] > 0}

    def case(name, amount, weights):
        netWh = {entity: str(wh) for entity, wh in weights.items()}
        return {"name": name, "input": {"amount": str(amount), "netWh": netWh},
                "expected": {"allocations": shared(amount, weights)}}

    write(
        "allocation",
        "Amounts shared out by verified production with the largest remainder, computed with fractions.",
        [
            case("in proportion", 100, {"a": 1, "b": 3}),
            case("a tie goes to the lower id, however they are listed", 1, {"nl": 5, "be": 5}),
            case("three equal shares of a hundred", 100, {"c": 1, "b": 1, "a": 1}),
            case("ids are compared by their characters", 1, {"b": 1, "a-1": 1, "a_1": 1, "10": 1, "9": 1}),
            case("nothing for who produced nothing", 10, {"a": 0, "b": 7}),
            case("a single unit goes to the largest", 1, {"a": 10**15, "b": 10**15 + 1, "c": 3}),
            case("amounts and energy at their limits", 2**63 - 1, {"a": 2**63 - 1, "b": 2**63 - 1, "c": 2**63 - 1}),
            case("nothing issued", 0, {"a": 1, "b": 2}),
        ] + [
            case(f"random {n}", random.randint(0, 10**random.randint(1, 15)),
                 {f"e{k}": random.randint(0 if k else 1, 10**random.randint(1, 16)) for k in range(random.randint(1, 40))})
            for n in range(20)
        ],
    )


def energy_votes():
    """A vote is a gigawatt-hour; a multiplier in millionths multiplies energy and population votes alike."""
    def case(name, wh, multiplier=10**6, population=0):
        votes = wh // 10**9 * multiplier // 10**6
        return {"name": name, "input": {"energyWh": str(wh), "multiplierPpm": str(multiplier),
                                        "populationVotes": str(population)},
                "expected": {"energyVotes": str(votes), "allVotes": str(votes + population * multiplier // 10**6)}}

    twh = 10**12
    write(
        "energy-votes",
        "Votes for energy in Wh: one per GWh, rounded down. The world: 29,500 TWh are 29.5 M votes, beside 81 M for 8.1 bn "
        "people. The United States at 1.5: 4,250 TWh and 340 M people are 11.475 M.",
        [
            case("the world", 29500 * twh, 10**6, 81_000_000),
            case("the United States at 1.5", 4250 * twh, 1_500_000, 3_400_000),
            case("a gigawatt-hour", 10**9), case("a watt-hour less", 10**9 - 1), case("nothing", 0),
            case("one vote at 1.5 is one", 10**9, 1_500_000), case("two votes at 1.5 are three", 2 * 10**9, 1_500_000),
        ],
    )


def framed(*parts):
    parts = [part.encode() if isinstance(part, str) else part for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def sha3(data):
    return hashlib.sha3_256(data).digest()


def tree(leaves):
    if not leaves:
        return sha3(b"")
    if len(leaves) == 1:
        return sha3(b"\0" + leaves[0])
    split = 1
    while 2 * split < len(leaves):
        split *= 2
    return sha3(b"\1" + tree(leaves[:split]) + tree(leaves[split:]))


def path(index, leaves):
    if len(leaves) == 1:
        return []
    split = 1
    while 2 * split < len(leaves):
        split *= 2
    if index < split:
        return path(index, leaves[:split]) + [tree(leaves[split:])]
    return path(index - split, leaves[split:]) + [tree(leaves[:split])]


def merkle():
    cases = []
    for count in [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 17, 33]:
        leaves = [f"leaf {n}".encode() for n in range(count)]
        paths = [[node.hex() for node in path(n, leaves)] for n in range(count)]
        cases.append({"name": f"{count} leaves", "input": {"leaves": [leaf.decode() for leaf in leaves]},
                      "expected": {"root": tree(leaves).hex(), "paths": paths}})
    write("merkle-tree", "SHA3-256 Merkle trees and inclusion proofs by the recursive definition of RFC 9162, 2.1.", cases)


def closing():
    def leaf(year, e):
        return framed("power/entity-year/1", str(year), e["entityId"], e["kind"], e["parentId"] or "",
                      "counts" if e["counts"] else "does not count", e["grossWh"], e["netWh"])

    def entity(entity_id, kind, parent, counts, gross, net):
        return {"entityId": entity_id, "kind": kind, "parentId": parent, "counts": counts,
                "grossWh": str(gross), "netWh": str(net)}

    years = [
        (2024, [entity("nl", "nation", None, True, 120 * 10**12, 119 * 10**12),
                entity("sun-coop", "cooperative", "nl", True, 10**12, 10**12)]),
        (2025, [entity("nl", "nation", None, True, 121 * 10**12, 118 * 10**12),
                entity("sun-coop", "cooperative", "nl", True, 2 * 10**12, 2 * 10**12),
                entity("windworks", "producer", "nl", False, 10**12, 0)]),
    ]
    cases, previous = [], b""
    for year, entities in years:
        total = sum(int(e["netWh"]) for e in entities)
        root = tree([leaf(year, e) for e in entities])
        confirmed = [("authority", "ops"), ("cooperative", "data")]
        closed_at = 1_700_000_000 + year
        digest = sha3(framed(
            "power/year-closing/1", str(year), str(len(entities)), str(total), root,
            b"".join(framed("power/confirmation/1", *each) for each in confirmed), str(closed_at), previous))
        cases.append({
            "name": str(year),
            "input": {"year": year, "entities": entities, "entityCount": len(entities), "totalWh": str(total),
                      "confirmedBy": [{"participantId": p, "role": r} for p, r in confirmed],
                      "closedAt": str(closed_at), "previousDigest": previous.hex() or None},
            "expected": {"merkleRoot": root.hex(), "digest": digest.hex()},
        })
        previous = digest
    write("closing", "Two closed years: leaves with length prefixes, the root of their tree, and the digest of the closing.",
          cases)


cube_roots()
growth()
allocation()
energy_votes()
merkle()
closing()
