import { MappingSignal, quoted } from "../signal";

/** ISO 3166-1 alpha-2, officially assigned. */
const isoCodes = new Set(
  (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC " +
    "CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD " +
    "GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH " +
    "KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW " +
    "MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC " +
    "SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY " +
    "UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW"
  ).split(" "),
);

/** Codes people write for a country that has another one: former, national, vehicle and sports codes. */
const usualMistakes: Readonly<Record<string, string>> = Object.fromEntries(
  (
    "UK:GB ENG:GB SCO:GB GBR:GB EL:GR GRC:GR SU:RU YU:RS CS:RS TP:TL ZR:CD BU:MM AN:CW DD:DE FX:FR USA:US " +
    "SUI:CH CHE:CH D:DE GER:DE DEU:DE F:FR FRA:FR I:IT ITA:IT A:AT AUT:AT E:ES ESP:ES SPA:ES B:BE BEL:BE " +
    "L:LU LUX:LU NED:NL NLD:NL P:PT PRT:PT POR:PT S:SE SWE:SE N:NO NOR:NO DNK:DK DEN:DK FIN:FI IRL:IE " +
    "POL:PL CAN:CA AUS:AU CHN:CN JPN:JP JAP:JP BRA:BR IND:IN"
  )
    .split(" ")
    .map((pair) => pair.split(":")),
);

const nameLanguages = ["en", "fr", "de", "it", "es"] as const;
let codeByName: ReadonlyMap<string, string> | undefined;

/** Upper-case ISO alpha-2. Throws a MappingSignal otherwise, with the code that was probably meant. */
export function toIsoCountry(text: string): string {
  const code = text.trim().toUpperCase();
  if (isoCodes.has(code)) return code;
  const meant = usualMistakes[code] ?? codesByName().get(code);
  throw MappingSignal.hold(
    "invalid_value",
    `${quoted(text.trim())} is not an ISO country code of two letters${meant ? `; did you mean ${meant}?` : "."}`,
  );
}

/**
 * The code of what a person wrote for a country: its code, or its name in one of five languages. Throws a MappingSignal
 * otherwise; usual mistakes (UK) are told, never mended.
 */
export function isoCountryFrom(text: string): string {
  const written = text.trim().toUpperCase();
  return isoCodes.has(written) ? written : (codesByName().get(written) ?? toIsoCountry(text));
}

function codesByName(): ReadonlyMap<string, string> {
  codeByName ??= new Map(
    nameLanguages.flatMap((language) => {
      const names = new Intl.DisplayNames([language], { type: "region" });
      return [...isoCodes].map((code) => [(names.of(code) ?? code).toUpperCase(), code] as const);
    }),
  );
  return codeByName;
}
