import type { Random } from "./random";

export type Country = {
  code: string;
  callingCode: string;
  language: string;
  /** National form; each # is a random digit. */
  mobile: readonly string[];
  landline: readonly string[];
  towns: readonly (readonly [zipCode: string, town: string])[];
  streets: readonly string[];
  numberFirst: boolean;
  firstNames: readonly (readonly [name: string, gender: "f" | "m"])[];
  lastNames: readonly string[];
};

const french = {
  language: "fr",
  streets: [
    "rue du Lac",
    "avenue de la Gare",
    "chemin des Vignes",
    "rue de l'Église",
    "quai des Brumes",
    "place du Marché",
  ],
  numberFirst: true,
  firstNames: [
    ["Édith", "f"],
    ["Chloé", "f"],
    ["Aïcha", "f"],
    ["Solène", "f"],
    ["Maëlle", "f"],
    ["Noémie", "f"],
    ["Rémi", "m"],
    ["François", "m"],
    ["Jérôme", "m"],
    ["Loïc", "m"],
    ["Théo", "m"],
    ["Jean-Marc", "m"],
  ],
  lastNames: [
    "Lefèvre",
    "Rochat",
    "d'Aubigny",
    "Crépin",
    "Monnet-Favre",
    "Delacour",
    "Béguin",
    "Chevalley",
    "Pittet",
    "Vuilleumier",
  ],
} as const;

const german = {
  language: "de",
  streets: ["Seestrasse", "Bahnhofstrasse", "Lindenweg", "Am Mühlbach", "Schulgasse", "Obere Halde"],
  numberFirst: false,
  firstNames: [
    ["Zoë", "f"],
    ["Käthe", "f"],
    ["Ursina", "f"],
    ["Annelies", "f"],
    ["Heidrun", "f"],
    ["Mia", "f"],
    ["Jürgen", "m"],
    ["Björn", "m"],
    ["Reto", "m"],
    ["Matthias", "m"],
    ["Götz", "m"],
    ["Urs", "m"],
  ],
  lastNames: [
    "Müller",
    "Weiß",
    "Zürcher",
    "von Allmen",
    "Brönnimann",
    "Grüter",
    "Öhri",
    "Schäuble",
    "Kälin",
    "Straßer",
  ],
} as const;

const italian = {
  language: "it",
  streets: ["via Roma", "via dei Mulini", "piazza della Fontana", "viale dei Tigli", "via San Biagio"],
  numberFirst: false,
  firstNames: [
    ["Chiara", "f"],
    ["Nicolò", "m"],
    ["Giosuè", "m"],
    ["Beatrice", "f"],
    ["Luca", "m"],
    ["Ilaria", "f"],
  ],
  lastNames: ["D'Angelo", "Bernasconi", "Lo Presti", "Forlì", "Cattaneo", "De Santis", "Pedrazzini"],
} as const;

const english = {
  language: "en",
  streets: ["High Street", "Church Lane", "Station Road", "Mill Hill", "Orchard Close"],
  numberFirst: true,
  firstNames: [
    ["Ada", "f"],
    ["Imogen", "f"],
    ["Siân", "f"],
    ["Rhys", "m"],
    ["Callum", "m"],
    ["Theodora", "f"],
  ],
  lastNames: ["O'Brien", "Smith-Jones", "Featherstone", "MacAskill", "Pemberton", "Ashworth"],
} as const;

const dutch = {
  language: "nl",
  streets: ["Kerkstraat", "Molenweg", "Oude Gracht", "Parklaan", "Wilgenlaan"],
  numberFirst: false,
  firstNames: [
    ["Saskia", "f"],
    ["Noor", "f"],
    ["Daniël", "m"],
    ["Joris", "m"],
    ["Zoë", "f"],
    ["Bram", "m"],
  ],
  lastNames: ["van der Berg", "de Wit", "Ter Horst", "Brouwer", "van 't Hof", "Kuipers"],
} as const;

const danish = {
  language: "da",
  streets: ["Strandvejen", "Nørregade", "Åboulevarden", "Skovbrynet"],
  numberFirst: false,
  firstNames: [
    ["Søren", "m"],
    ["Åse", "f"],
    ["Freja", "f"],
    ["Jørn", "m"],
  ],
  lastNames: ["Ångström", "Østergård", "Kjær", "Møllegaard", "Nørby"],
} as const;

/** Where the demo venue's people live. Names and streets are invented; zip codes belong to their towns. */
const countries: readonly (Country & { weight: number })[] = [
  {
    weight: 30,
    code: "CH",
    callingCode: "41",
    ...french,
    mobile: ["079#######", "078#######", "076#######"],
    landline: ["021#######", "022#######"],
    towns: [
      ["1004", "Lausanne"],
      ["1201", "Genève"],
      ["1800", "Vevey"],
      ["2000", "Neuchâtel"],
      ["1400", "Yverdon-les-Bains"],
    ],
  },
  {
    weight: 20,
    code: "CH",
    callingCode: "41",
    ...german,
    mobile: ["079#######", "078#######"],
    landline: ["044#######", "031#######"],
    towns: [
      ["8001", "Zürich"],
      ["3011", "Bern"],
      ["4051", "Basel"],
      ["6004", "Luzern"],
      ["8610", "Uster"],
    ],
  },
  {
    weight: 5,
    code: "CH",
    callingCode: "41",
    ...italian,
    mobile: ["079#######", "076#######"],
    landline: ["091#######"],
    towns: [
      ["6900", "Lugano"],
      ["6500", "Bellinzona"],
      ["6600", "Locarno"],
    ],
  },
  {
    weight: 15,
    code: "FR",
    callingCode: "33",
    ...french,
    mobile: ["06########", "07########"],
    landline: ["04########", "01########"],
    towns: [
      ["74000", "Annecy"],
      ["69002", "Lyon"],
      ["75011", "Paris"],
      ["21000", "Dijon"],
      ["74200", "Thonon-les-Bains"],
    ],
  },
  {
    weight: 10,
    code: "DE",
    callingCode: "49",
    ...german,
    mobile: ["0170#######", "0151########"],
    landline: ["0221#######", "089########"],
    towns: [
      ["50667", "Köln"],
      ["80331", "München"],
      ["79098", "Freiburg im Breisgau"],
      ["78462", "Konstanz"],
    ],
  },
  {
    weight: 4,
    code: "AT",
    callingCode: "43",
    ...german,
    mobile: ["0664#######"],
    landline: ["01#######"],
    towns: [
      ["1010", "Wien"],
      ["5020", "Salzburg"],
      ["6900", "Bregenz"],
    ],
  },
  {
    weight: 5,
    code: "IT",
    callingCode: "39",
    ...italian,
    mobile: ["347#######", "333#######"],
    landline: ["02########"],
    towns: [
      ["20121", "Milano"],
      ["22100", "Como"],
      ["10121", "Torino"],
    ],
  },
  {
    weight: 5,
    code: "GB",
    callingCode: "44",
    ...english,
    mobile: ["07700900###"],
    landline: ["02079460###"],
    towns: [
      ["EC1A 1BB", "London"],
      ["EH1 1YZ", "Edinburgh"],
      ["BA1 1UA", "Bath"],
    ],
  },
  {
    weight: 3,
    code: "NL",
    callingCode: "31",
    ...dutch,
    mobile: ["06########"],
    landline: ["020#######"],
    towns: [
      ["1012 JS", "Amsterdam"],
      ["3511 AX", "Utrecht"],
    ],
  },
  {
    weight: 3,
    code: "DK",
    callingCode: "45",
    ...danish,
    mobile: ["20######"],
    landline: ["33######"],
    towns: [
      ["1050", "København"],
      ["8000", "Aarhus"],
    ],
  },
];

const lots = countries.flatMap((country) => Array<Country>(country.weight).fill(country));

/** A country, as often as the venue's audience lives there. */
export function pickCountry(random: Random): Country {
  return random.pick(lots);
}

/** A phone number as S-360 shows it: calling code, slash, national number ("41 / 0791234567"). */
export function phoneNumber(random: Random, country: Country, kind: "mobile" | "landline"): string {
  const national = random.pick(country[kind]).replace(/#/g, () => random.digits(1));
  return `${country.callingCode} / ${national}`;
}

/** House number and street in the country's order. */
export function street(random: Random, country: Country): string {
  const name = random.pick(country.streets);
  const house = `${random.integer(1, 180)}${random.chance(0.12) ? random.pick(["a", "b", "bis"]) : ""}`;
  return country.numberFirst ? `${house} ${name}` : `${name} ${house}`;
}
