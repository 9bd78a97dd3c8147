/** Value maps: tables of codes that lines of mappings name. */
import * as unseen from "@/app/api/unseen-codes/count/route";
import * as census from "@/app/api/value-maps/[name]/census/route";
import * as csv from "@/app/api/value-maps/[name]/csv/route";
import * as fields from "@/app/api/value-maps/[name]/fields/route";
import * as inbox from "@/app/api/value-maps/[name]/inbox/route";
import * as one from "@/app/api/value-maps/[name]/route";
import * as all from "@/app/api/value-maps/route";
import { aList, anObject, members, number, type ToldGroup } from "./told";

const saved = {
  says: "The value map as it is stored now, and how many held records are evaluated again.",
  schema: {
    type: "object",
    properties: { stored: anObject, released: number },
    required: ["stored", "released"],
  },
};

export const valueMaps: ToldGroup = {
  tag: "Value maps",
  paths: {
    "/api/value-maps": {
      handlers: all,
      GET: {
        summary: "The value maps of a connection",
        answer: { says: "Their names, sizes and uses.", schema: aList },
        problems: [404],
      },
    },
    "/api/value-maps/[name]": {
      handlers: one,
      GET: {
        summary: "A value map",
        answer: { says: "Its codes, uses and revision.", schema: anObject },
        problems: [404],
      },
      PUT: {
        summary: "Save the value map that was opened at a revision; null: a new one",
        answer: saved,
        problems: [404, 409, 422],
      },
      DELETE: {
        summary: "Remove a value map that no running mapping names",
        answer: null,
        problems: [404, 409, 422],
      },
    },
    "/api/value-maps/[name]/csv": {
      handlers: csv,
      GET: {
        summary: "The codes of a value map as a file for a spreadsheet",
        answer: {
          says: "UTF-8 with the mark Excel needs; the columns are code, value and then.",
          type: "text/csv",
          schema: { type: "string" },
        },
        problems: [404],
      },
    },
    "/api/value-maps/[name]/fields": {
      handlers: fields,
      GET: {
        summary: "The fields that a value map is written to, and what they take",
        answer: { says: "The fields; none once the map is gone.", schema: aList },
        problems: [404],
      },
    },
    "/api/value-maps/[name]/inbox": {
      handlers: inbox,
      GET: {
        summary: "Codes that a value map was asked for and does not list",
        answer: {
          says: "The codes with how often they came; null once the map is gone.",
          schema: { type: ["object", "array", "null"] },
        },
        problems: [404],
      },
      POST: {
        summary: "Say what codes never seen before stand for",
        answer: saved,
        problems: [404, 409, 422],
      },
    },
    "/api/value-maps/[name]/census": {
      handlers: census,
      GET: {
        summary: "Whether the records that a value map concerns were counted since it was saved",
        answer: { says: "The counts by mapping.", schema: { type: ["object", "array"] } },
        problems: [404],
      },
      POST: {
        summary: "Count the records that a value map concerns",
        answer: { says: "The counts that began.", schema: { type: ["object", "array"] } },
        problems: [404],
      },
    },
    "/api/unseen-codes/count": {
      handlers: unseen,
      GET: {
        summary: "How many codes wait in the inboxes of value maps",
        answer: { says: "The number; 0 where there is no connection.", schema: members({ waiting: number }) },
      },
    },
  },
};
