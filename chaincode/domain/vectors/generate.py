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


def coverage_case(energy_wh, zones_ok, supply, p):
    """AI-02…AI-11 in exact fractions; money in minor units of 10^-6 credits, ratios in ppm, euros in 10^-6."""
    if zones_ok < p["zonesFloor"]:
        alpha = 0
    elif zones_ok >= p["zonesMinimum"]:
        alpha = p["alphaBase"]
    else:
        alpha = floor(Fraction(p["alphaBase"] * zones_ok, p["zonesMinimum"]))
    committed = floor(Fraction(energy_wh * alpha, 10**6))
    reserve_euro = Fraction(committed, 10**6) * Fraction(p["energyPrice"], 10**6)
    target_price = Fraction(p["targetPrice"], 10**6)

    def target(ratio):
        return floor(reserve_euro / (target_price * Fraction(ratio, 10**6)) * 10**6)

    if supply == 0:
        ratio = "infinite"
        cap = p["genesisCap"]
    else:
        exact = reserve_euro / (target_price * Fraction(supply, 10**6))
        ppm = floor(exact * 10**6)
        ratio = f"{ppm // 10**6}.{ppm % 10**6:06d}"
        cap = floor(Fraction(supply * p["dailyCapFraction"], 10**6))
    supply_target = target(p["coverageRatioTarget"])
    return {
        "inputs": {"energyWh": str(energy_wh), "zonesOk": str(zones_ok), "supply": str(supply)},
        "parameters": {name: str(value) for name, value in p.items()},
        "alpha": str(alpha),
        "committedWh": str(committed),
        "reserveValue": str(floor(reserve_euro * 10**6)),
        "coverageRatio": ratio,
        "supplyTargetForMin": str(target(p["coverageRatioMin"])),
        "supplyTarget": str(supply_target),
        "dailyCap": str(cap),
        "mintSuggested": str(max(0, min(supply_target - supply, cap))),
    }


def coverage():
    seed = {
        "alphaBase": 180000, "coverageRatioMin": 1100000, "coverageRatioTarget": 1100000,
        "coverageRatioBandHigh": 1200000, "unfreezeMargin": 0, "dailyCapFraction": 50000,
        "genesisCap": 10**12, "energyPrice": 90 * 10**6, "targetPrice": 1500000,
        "zonesMinimum": 1, "zonesFloor": 1, "votingPeriodSeconds": 259200,
    }
    cases = [
        coverage_case(338385500000, 1, 0, seed),
        coverage_case(338385500000, 1, 3322330363636, seed),
        coverage_case(338385500000, 1, 3322330363637, seed),
        coverage_case(110000000, 1, 1080 * 10**6, seed),
        coverage_case(109999999, 1, 1080 * 10**6, seed),
        coverage_case(120000000, 1, 1080 * 10**6, seed),
        coverage_case(0, 1, 1, seed),
        coverage_case(10**12, 0, 10**6, seed),
        coverage_case(10**12, 7, 10**6, {**seed, "zonesMinimum": 12, "zonesFloor": 6}),
        coverage_case(10**12, 5, 10**6, {**seed, "zonesMinimum": 12, "zonesFloor": 6}),
    ]
    for _ in range(40):
        parameters = {
            **seed,
            "alphaBase": RANDOM.randrange(1, 10**6),
            "coverageRatioTarget": RANDOM.randrange(1100000, 2000000),
            "dailyCapFraction": RANDOM.randrange(0, 10**6),
            "energyPrice": RANDOM.randrange(1, 500 * 10**6),
            "targetPrice": RANDOM.randrange(10**5, 10**7),
            "zonesMinimum": RANDOM.randrange(6, 40),
            "zonesFloor": RANDOM.randrange(1, 6),
        }
        cases.append(coverage_case(RANDOM.randrange(10**13), RANDOM.randrange(45), RANDOM.randrange(10**15), parameters))
    return cases


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
