# SPDX-License-Identifier: Apache-2.0
"""Writes the golden vectors of this folder from an independent implementation: Python's json, hashlib and fractions.

    python3 chaincode/domain/vectors/generate.py
"""
import hashlib
import json
import pathlib
import random
from fractions import Fraction

HERE = pathlib.Path(__file__).parent
RANDOM = random.Random(20261121)


def write(name, value):
    (HERE / name).write_text(json.dumps(value, indent=1, ensure_ascii=True) + "\n")


def dumps(value, ensure_ascii=True):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=ensure_ascii)


def python_json():
    """Documents as Python spells them with spaces and its own key order, and their canonical texts."""
    documents = [
        {},
        [],
        {"b": 1, "a": [True, False, None]},
        {"float": 1.0, "minus_zero": -0.0, "small": 1e-07, "smaller": 1e-06, "large": 1e16, "huge": 123456789012345680000.0},
        {"big": 2**63, "bigger": 10000000000000000999, "negative": -5},
        {"text": "é \x7f \u2028 😀 \" \\ / \b\f\n\r\t \x00 \x1f"},
        {"\ufb33": 1, "\U0001f600": 2, "a": 3, "B": 4, "é": 5, "": 6},
        {"nested": {"z": {"y": {"x": [1, [2, [3.50]]]}}}},
        {"alpha": 0.18, "CR": 1.1000000000000001, "eur_per_mwh": 90.0, "wh_dc_raw": 338385500000.0},
    ]
    return [
        {
            "document": json.dumps(document, ensure_ascii=RANDOM.random() < 0.5),
            "py-sorted/1": dumps(document),
            "py-sorted-utf8/1": dumps(document, ensure_ascii=False),
        }
        for document in documents
    ]


def floor(value):
    return value.numerator // value.denominator


def ratio_text(reserve_euro, target_price, supply):
    if supply == 0:
        return "infinite"
    ppm = floor(reserve_euro / (target_price * Fraction(supply, 10**6)) * 10**6)
    return f"{ppm // 10**6}.{ppm % 10**6:06d}"


def coverage_case(name, energy_wh, zones_ok, supply, p, earlier=(), contracted=0):
    """AI-02…AI-11, Q32, Q33 in exact fractions; money in minor units of 10^-6 credits, ratios in ppm, euros in 10^-6."""
    if zones_ok < p["zonesFloor"]:
        alpha = 0
    elif zones_ok >= p["zonesMinimum"]:
        alpha = p["alphaBase"]
    else:
        alpha = floor(Fraction(p["alphaBase"] * zones_ok, p["zonesMinimum"]))
    committed = floor(Fraction(energy_wh * alpha, 10**6))
    days = (list(earlier) + [committed])[-p["reserveWindowDays"]:]
    window = floor(Fraction(sum(days), len(days)))
    price = Fraction(p["energyPrice"], 10**6)
    target_price = Fraction(p["targetPrice"], 10**6)
    notional_euro = Fraction(window, 10**6) * price
    contracted_euro = Fraction(contracted, 10**6) * price
    gating_euro = contracted_euro if p["contractedGate"] else notional_euro

    def target(ratio):
        return floor(gating_euro / (target_price * Fraction(ratio, 10**6)) * 10**6)

    cap = p["genesisCap"] if supply == 0 else floor(Fraction(supply * p["dailyCapFraction"], 10**6))
    supply_target = target(p["coverageRatioTarget"])
    return {
        "name": name,
        "input": {
            "energyWh": str(energy_wh), "zonesOk": str(zones_ok), "supply": str(supply),
            "earlierWh": [str(wh) for wh in earlier], "contractedWh": str(contracted),
            "parameters": {name: str(value) for name, value in p.items()},
        },
        "expected": {
            "alpha": str(alpha),
            "committedWh": str(committed),
            "windowWh": str(window),
            "windowDays": len(days),
            "reserveValue": str(floor(notional_euro * 10**6)),
            "contractedValue": str(floor(contracted_euro * 10**6)),
            "gate": "contracted" if p["contractedGate"] else "notional",
            "notional": ratio_text(notional_euro, target_price, supply),
            "contracted": ratio_text(contracted_euro, target_price, supply),
            "coverage": ratio_text(gating_euro, target_price, supply),
            "supplyTargetForMin": str(target(p["coverageRatioMin"])),
            "supplyTarget": str(supply_target),
            "dailyCap": str(cap),
            "mintSuggested": str(max(0, min(supply_target - supply, cap))),
        },
    }


def coverage():
    seed = {
        "alphaBase": 180000, "coverageRatioMin": 1100000, "coverageRatioTarget": 1100000,
        "coverageRatioBandHigh": 1200000, "unfreezeMargin": 0, "dailyCapFraction": 50000,
        "genesisCap": 10**12, "energyPrice": 90 * 10**6, "targetPrice": 1500000,
        "zonesMinimum": 1, "zonesFloor": 1, "votingPeriodSeconds": 259200,
        "reserveWindowDays": 1, "contractedGate": 0,
    }
    haircut = {**seed, "zonesMinimum": 12, "zonesFloor": 6}
    week = {**seed, "reserveWindowDays": 7}
    locked = {**seed, "contractedGate": 1}
    days = [60 * 10**9 + n * 10**9 for n in range(9)]
    cases = [
        coverage_case("zero supply: infinite, up to the genesis cap", 338385500000, 1, 0, seed),
        coverage_case("supply at its target", 338385500000, 1, 3322330363636, seed),
        coverage_case("supply one unit above its target", 338385500000, 1, 3322330363637, seed),
        coverage_case("exactly the minimum", 110000000, 1, 1080 * 10**6, seed),
        coverage_case("one Wh below the minimum", 109999999, 1, 1080 * 10**6, seed),
        coverage_case("exactly the end of the band", 120000000, 1, 1080 * 10**6, seed),
        coverage_case("no energy", 0, 1, 1, seed),
        coverage_case("no zone", 10**12, 0, 10**6, seed),
        coverage_case("haircut: seven zones of twelve", 10**12, 7, 10**6, haircut),
        coverage_case("haircut: at the floor", 10**12, 6, 10**6, haircut),
        coverage_case("haircut: below the floor", 10**12, 5, 10**6, haircut),
        coverage_case("haircut: none with every zone", 10**12, 12, 10**6, haircut),
        coverage_case("window of one day", 338385500000, 1, 10**12, seed, days),
        coverage_case("window of seven days", 338385500000, 1, 10**12, week, days),
        coverage_case("window longer than the ledger", 338385500001, 1, 10**12, {**seed, "reserveWindowDays": 28}, days[:2]),
        coverage_case("contracted reserve attested, notional gates", 338385500000, 1, 10**12, seed, [], 20 * 10**9),
        coverage_case("contracted reserve gates", 338385500000, 1, 10**12, locked, [], 20 * 10**9),
        coverage_case("contracted reserve gates and is empty", 338385500000, 1, 10**12, locked),
    ]
    for number in range(40):
        parameters = {
            **seed,
            "alphaBase": RANDOM.randrange(1, 10**6),
            "coverageRatioTarget": RANDOM.randrange(1100000, 2000000),
            "dailyCapFraction": RANDOM.randrange(0, 10**6),
            "energyPrice": RANDOM.randrange(1, 500 * 10**6),
            "targetPrice": RANDOM.randrange(10**5, 10**7),
            "zonesMinimum": RANDOM.randrange(6, 40),
            "zonesFloor": RANDOM.randrange(1, 6),
            "reserveWindowDays": RANDOM.randrange(1, 61),
            "contractedGate": RANDOM.randrange(2),
        }
        earlier = [RANDOM.randrange(10**13) for _ in range(RANDOM.randrange(60))]
        inputs = (RANDOM.randrange(10**13), RANDOM.randrange(45), RANDOM.randrange(10**15))
        cases.append(coverage_case(f"drawn {number + 1}", *inputs, parameters, earlier, RANDOM.randrange(10**13)))
    return {
        "description": "Figures of an attested day. Worked out with Python's fractions.Fraction by generate.py.",
        "cases": cases,
    }


def own_attestation():
    """A day in the form of the ledger: figures are decimal strings."""
    zones = [
        {"name": "NL", "eic": "10YNL----------L", "wh": "338385500000"},
        {"name": "Österreich", "eic": "10YAT-APG------L", "wh": "170000000000"},
    ]
    algorithms = {"digest": "SHA-256", "canonical": "py-sorted/1", "signature": "Ed25519"}
    meta = {
        "type": "power/attestation", "version": 2, "network": "power-test", "channel": "power", "sequence": "1",
        "previous_digest": "0x" + "0" * 64, "algorithms": algorithms, "signers": [], "signatures": [],
    }
    return {
        "day": "2025-11-19", "zones": zones, "zones_ok": 2, "wh_dc_raw": "508385500500", "wh_dc_commit": "91509390090",
        "corrections": [{"day": "2025-11-18", "eic": "10YNL----------L", "wh_before": "0", "wh_after": "500"}],
        "wh_dc_window": "91509390090", "reserve_window_days": 1, "wh_contracted": "0", "alpha_base": "0.180000",
        "alpha": "0.180000", "CR": "infinite", "CR_contracted": "infinite", "gate": "notional", "meta": meta,
    }


def attestation_digests():
    """AI-15: payloads before signing, as text, and SHA-256 of both of Python's canonical forms."""
    floats = {"day": "2025-09-01", "alpha": 0.18, "CR": 1.1000000000000001, "U_hat": 1.0, "wh_dc_raw": 338385500000.0}
    payloads = [
        ("the ledger's own form", own_attestation()),
        ("floats as Python spells them", {**floats, "meta": {"version": 1, "signers": [], "signatures": []}}),
        ("exponents", {"tiny": 1e-07, "large": 1e16, "meta": {"signers": [], "signatures": []}}),
        ("text outside ASCII", {"note": "Österreich \u2028 \U0001f50b", "meta": {"signers": [], "signatures": []}}),
        ("keys beyond the BMP", {"\ufb33": 1, "\U0001f600": 2, "meta": {"signers": [], "signatures": []}}),
        ("zero, signed and not", {"a": -0.0, "b": 0.0, "c": 0, "meta": {"signers": [], "signatures": []}}),
    ]

    def digest(payload, ensure_ascii):
        return hashlib.sha256(dumps(payload, ensure_ascii).encode()).hexdigest()

    return {
        "description": "Digests of attestation payloads. Worked out with Python's json and hashlib by generate.py.",
        "cases": [
            {
                "name": name,
                "input": {"document": json.dumps(payload)},
                "expected": {"py-sorted/1": digest(payload, True), "py-sorted-utf8/1": digest(payload, False)},
            }
            for name, payload in payloads
        ],
    }


def foreign_attestations():
    """Unsigned files of the AIpowerCoin form as Python writes them, with the digests of AI-15."""
    payload = {
        "day": "2020-11-19", "wh_dc_raw": 338385500000.0, "wh_dc_commit": 60909390000.0, "eur_per_mwh": 90.0,
        "alpha": 0.18, "stock_value_eur": 5481845.1, "S_base": 3000000, "U_hat": 1.0, "S": 3000000.0,
        "S_target_for_CR_min": 3322330.3636363633, "mint_suggested": 150000.0, "target_eur_per_aicp": 1.5,
        "CR": 1.2181878, "CR_min": 1.1, "mint_daily_cap_frac": 0.05, "zones_ok": 1, "note": "Österreich, 1e-07",
        "tiny": 1e-07, "large": 1e16,
    }
    files = []
    for version, ensure_ascii in ((1, True), (2, True), (2, False)):
        chain = "EVM:137" if version == 1 else "FABRIC:power"
        meta = {"version": version, "algorithms": ["SHA-256", "Ed25519"], "chain": chain, "signers": [], "signatures": []}
        document = {**payload, "meta": meta}
        digest = hashlib.sha256(dumps(document, ensure_ascii).encode()).hexdigest()
        signed = {**payload, "meta": {**meta, "digest_signed": f"0x{digest}"}}
        files.append({
            "canonicalisation": "py-sorted/1" if ensure_ascii else "py-sorted-utf8/1",
            "version": version,
            "chain": chain,
            "digest": digest,
            "document": json.dumps(signed, indent=2, ensure_ascii=ensure_ascii),
        })
    return files


write("pythonJson.json", python_json())
write("coverage.json", coverage())
write("foreignAttestations.json", foreign_attestations())
write("attestation-digests.json", attestation_digests())
