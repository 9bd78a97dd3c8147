/** Connections: how they are doing, their rules, their file. */
import * as file from "@/app/api/connections/[institution]/file/route";
import * as matching from "@/app/api/connections/[institution]/matching-preview/route";
import * as hold from "@/app/api/connections/[institution]/holds/[system]/route";
import * as rules from "@/app/api/connections/[institution]/rules/route";
import * as pace from "@/app/api/connections/[institution]/s360-pace/route";
import * as calls from "@/app/api/connections/[institution]/salesforce-calls/route";
import * as status from "@/app/api/connections/[institution]/status/route";
import * as stream from "@/app/api/connections/[institution]/streams/[stream]/route";
import { aList, anObject, anObjectOrNull, members, number, type ToldGroup } from "./told";

const rulesAnswer = {
  says: "The rules, the revision to save them at, and what a person needs to judge them.",
  schema: anObject,
};

export const connections: ToldGroup = {
  tag: "Connections",
  paths: {
    "/api/connections/[institution]/status": {
      handlers: status,
      GET: {
        summary: "How a connection is doing now",
        answer: { says: "Its streams, published mappings, calls and polls.", schema: anObject },
        problems: [404],
      },
    },
    "/api/connections/[institution]/file": {
      handlers: file,
      GET: {
        summary: "The file of a connection, without its secrets",
        answer: {
          says: "The file, as `npm run connector -- export` writes it.",
          type: "application/yaml",
          schema: { type: "string" },
        },
        problems: [404],
      },
    },
    "/api/connections/[institution]/rules": {
      handlers: rules,
      GET: { summary: "The rules of a connection", answer: rulesAnswer, problems: [404] },
      PUT: {
        summary: "Save the rules that were opened at a revision",
        answer: rulesAnswer,
        problems: [404, 409, 422, 502],
      },
    },
    "/api/connections/[institution]/matching-preview": {
      handlers: matching,
      POST: {
        summary:
          "Try matching rules on the latest 200 contacts of a kind; Salesforce is asked, nothing is written",
        answer: {
          says: "By mapping of the kind: how many would be adopted, by which rule, what becomes of the others, and each contact with the Salesforce records that fit it.",
          schema: members({ records: number, linked: number, leftOut: number, found: aList }),
        },
        problems: [404, 409, 502],
      },
    },
    "/api/connections/[institution]/streams/[stream]": {
      handlers: stream,
      PATCH: {
        summary: "Pause or resume a stream",
        answer: { says: "What it is now.", schema: members({ paused: { type: "boolean" } }) },
        problems: [404],
      },
    },
    "/api/connections/[institution]/holds/[system]": {
      handlers: hold,
      PATCH: {
        summary: "Ask a system again now that had refused work, instead of when its pause is over",
        answer: { says: "What was done.", schema: members({ outcome: { type: "string" } }) },
        problems: [404],
      },
    },
    "/api/connections/[institution]/salesforce-calls": {
      handlers: calls,
      GET: {
        summary: "What the connector may use of the calls that the org allows in 24 hours",
        answer: {
          says: "A number or a share such as `50%`, and the revision to save it at.",
          schema: anObject,
        },
        problems: [404],
      },
      PUT: {
        summary: "Grant so many calls to Salesforce, or such a share of the org's, from now on",
        answer: { says: "What is granted now.", schema: anObject },
        problems: [404, 409],
      },
    },
    "/api/connections/[institution]/s360-pace": {
      handlers: pace,
      GET: {
        summary: "How many calls a minute S-360 takes from the connector",
        answer: { says: "The usual rate, and a higher one while it was granted.", schema: anObject },
        problems: [404],
      },
      PUT: {
        summary: "Use a higher rate for a while, as SecuTix has granted it; null: the usual one at once",
        answer: { says: "The higher rate and its end; null: the usual one.", schema: anObjectOrNull },
        problems: [404, 422],
      },
    },
  },
};
