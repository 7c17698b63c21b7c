// SPDX-License-Identifier: Apache-2.0
import { Failure } from '../application/failure.js';
import { type Eic, parseEic } from './eic.js';

/** A bidding zone: the area one document speaks for, and the clock its day follows. */
export interface Zone {
    readonly name: string;
    readonly eic: Eic;
    /** IANA name; a zone's day runs from midnight to midnight on this clock. */
    readonly timeZone: string;
}

/** Zones by code. Several zones share a clock; Kosovo has no IANA zone of its own and follows Belgrade. */
export type ZoneTable = ReadonlyMap<string, Zone>;

/**
 * @param eic code as a document gives it
 * @throws Failure ENERGY_ZONE_UNKNOWN
 */
export function zoneOf(table: ZoneTable, eic: string): Zone {
    const zone = table.get(eic);
    if (zone === undefined) {
        throw new Failure('ENERGY_ZONE_UNKNOWN', { eic });
    }
    return zone;
}

/**
 * Finds a zone by code or by name, as people type it.
 *
 * @throws Failure ENERGY_ZONE_UNKNOWN
 */
export function zoneNamed(table: ZoneTable, nameOrEic: string): Zone {
    const wanted = nameOrEic.toUpperCase();
    const zone = table.get(wanted) ?? [...table.values()].find(({ name }) => name === wanted);
    return zone ?? zoneOf(table, nameOrEic);
}

/**
 * Reads a `name,eic,timezone` file, the form in which AIpowerCoin's loader takes its zones.
 *
 * @throws Failure INPUT_INVALID
 */
export function parseZoneTable(csv: string): ZoneTable {
    const table = new Map<string, Zone>();
    const lines = csv.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
    for (const line of lines.filter((text) => text !== 'name,eic,timezone')) {
        const [name = '', code = '', timeZone = '', ...rest] = line.split(',').map((cell) => cell.trim());
        if (name === '' || rest.length > 0 || !isTimeZone(timeZone)) {
            throw new Failure('INPUT_INVALID', { field: 'zone', problem: `"${line}" is no name,eic,timezone` });
        }
        const eic = parseEic(code);
        if (table.has(eic)) {
            throw new Failure('INPUT_INVALID', { field: 'zone', problem: `${eic} is listed twice` });
        }
        table.set(eic, { name, eic, timeZone });
    }
    return table;
}

function isTimeZone(name: string): boolean {
    try {
        return name !== '' && new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
    } catch {
        return false;
    }
}

/** European bidding zones with their codes and clocks. */
export const EUROPEAN_ZONES: ZoneTable = parseZoneTable(`name,eic,timezone
AL,10YAL-KESH-----5,Europe/Tirane
AT,10YAT-APG------L,Europe/Vienna
BA,10YBA-JPCC-----D,Europe/Sarajevo
BE,10YBE----------2,Europe/Brussels
BG,10YCA-BULGARIA-R,Europe/Sofia
CH,10YCH-SWISSGRIDZ,Europe/Zurich
CZ,10YCZ-CEPS-----N,Europe/Prague
DE_LU,10Y1001A1001A82H,Europe/Berlin
DK1,10YDK-1--------W,Europe/Copenhagen
DK2,10YDK-2--------M,Europe/Copenhagen
EE,10Y1001A1001A39I,Europe/Tallinn
ES,10YES-REE------0,Europe/Madrid
FI,10YFI-1--------U,Europe/Helsinki
FR,10YFR-RTE------C,Europe/Paris
GB,10YGB----------A,Europe/London
GR,10YGR-HTSO-----Y,Europe/Athens
HR,10YHR-HEP------M,Europe/Zagreb
HU,10YHU-MAVIR----U,Europe/Budapest
IE_SEM,10Y1001A1001A59C,Europe/Dublin
IT_CALA,10Y1001C--00096J,Europe/Rome
IT_CNOR,10Y1001A1001A70O,Europe/Rome
IT_CSUD,10Y1001A1001A71M,Europe/Rome
IT_NORD,10Y1001A1001A73I,Europe/Rome
IT_SARD,10Y1001A1001A74G,Europe/Rome
IT_SICI,10Y1001A1001A75E,Europe/Rome
IT_SUD,10Y1001A1001A788,Europe/Rome
LT,10YLT-1001A0008Q,Europe/Vilnius
LV,10YLV-1001A00074,Europe/Riga
MD,10Y1001A1001A990,Europe/Chisinau
ME,10YCS-CG-TSO---S,Europe/Podgorica
MK,10YMK-MEPSO----8,Europe/Skopje
NL,10YNL----------L,Europe/Amsterdam
NO1,10YNO-1--------2,Europe/Oslo
NO2,10YNO-2--------T,Europe/Oslo
NO3,10YNO-3--------J,Europe/Oslo
NO4,10YNO-4--------9,Europe/Oslo
NO5,10Y1001A1001A48H,Europe/Oslo
PL,10YPL-AREA-----S,Europe/Warsaw
PT,10YPT-REN------W,Europe/Lisbon
RO,10YRO-TEL------P,Europe/Bucharest
RS,10YCS-SERBIATSOV,Europe/Belgrade
SE1,10Y1001A1001A44P,Europe/Stockholm
SE2,10Y1001A1001A45N,Europe/Stockholm
SE3,10Y1001A1001A46L,Europe/Stockholm
SE4,10Y1001A1001A47J,Europe/Stockholm
SI,10YSI-ELES-----O,Europe/Ljubljana
SK,10YSK-SEPS-----K,Europe/Bratislava
UA,10Y1001C--00003F,Europe/Kyiv
XK,10Y1001C--00100H,Europe/Belgrade
`);
