/** Records, items and reviews: what became of what arrived, and what waits for a person. */
import * as readCallAgain from "@/app/api/events/[id]/again/route";
import * as event from "@/app/api/events/[id]/route";
import * as readAllAgain from "@/app/api/events/again/route";
import * as events from "@/app/api/events/route";
import * as retryOne from "@/app/api/records/[id]/retry/route";
import * as merged from "@/app/api/records/[id]/merged/route";
import * as record from "@/app/api/records/[id]/route";
import * as timeline from "@/app/api/records/[id]/timeline/route";
import * as matches from "@/app/api/records/matches/route";
import * as retry from "@/app/api/records/retry/route";
import * as all from "@/app/api/records/route";
import * as states from "@/app/api/records/states/route";
import * as refused from "@/app/api/refused-calls/route";
import * as decision from "@/app/api/reviews/[id]/decision/route";
import * as review from "@/app/api/reviews/[id]/route";
import * as reviewCount from "@/app/api/reviews/count/route";
import * as reviewList from "@/app/api/reviews/route";
import { recordStates } from "@/lib/core/words";
import { aList, anObject, aPage, members, number, type ToldGroup } from "./told";

const counts = {
  type: "object",
  properties: Object.fromEntries(recordStates.map((state) => [state, number])),
};

export const records: ToldGroup = {
  tag: "Records",
  paths: {
    "/api/records": {
      handlers: all,
      GET: {
        summary: "Find records",
        answer: { says: "A page of the records that match.", schema: aPage },
        problems: [404],
      },
    },
    "/api/records/matches": {
      handlers: matches,
      GET: {
        summary: "How many records match",
        answer: {
          says: "Counted up to a limit; `more`: there are more than `number`.",
          schema: members({ number, more: { type: "boolean" } }),
        },
        problems: [404],
      },
    },
    "/api/records/states": {
      handlers: states,
      GET: {
        summary: "How many records stand where",
        answer: { says: "Numbers by state.", schema: counts },
        problems: [404],
      },
    },
    "/api/records/retry": {
      handlers: retry,
      GET: {
        summary: "How many records a POST would make due",
        answer: { says: "The number.", schema: members({ records: number }) },
        problems: [404],
      },
      POST: {
        summary: "Make all records of a filter due again",
        answer: { says: "How many are due now.", schema: members({ records: number }) },
        problems: [404],
      },
    },
    "/api/records/[id]": {
      handlers: record,
      GET: {
        summary: "A record: where it stands, what S-360 says of it, what Salesforce holds",
        answer: { says: "All that its page shows besides the timeline.", schema: anObject },
        problems: [404],
      },
    },
    "/api/records/[id]/retry": {
      handlers: retryOne,
      POST: {
        summary: "Make a record, or the operations of an order, due now",
        answer: {
          says: "How many are due, and whether one is under way.",
          schema: { type: "object", properties: { records: number }, required: ["records"] },
        },
        problems: [404, 409],
      },
    },
    "/api/records/[id]/merged": {
      handlers: merged,
      GET: {
        summary: "A contact and the number that S-360 is said to have merged it into",
        answer: { says: "Both, the sales that would move, and why they cannot be merged.", schema: anObject },
        problems: [404],
      },
      POST: {
        summary: "Say that S-360 merged a contact into another: that number alone is written, and sales move",
        answer: { says: "How many sales are written anew.", schema: members({ sales: number }) },
        problems: [404, 409],
      },
      DELETE: {
        summary: "Take back that S-360 merged a contact: it is written again, and its sales come back",
        answer: { says: "How many sales are written anew.", schema: members({ sales: number }) },
        problems: [404, 409],
      },
    },
    "/api/records/[id]/timeline": {
      handlers: timeline,
      GET: {
        summary: "What happened to a record",
        answer: { says: "A page of events and attempts, latest first.", schema: aPage },
      },
    },
    "/api/events": {
      handlers: events,
      GET: {
        summary: "Items that ended at the door",
        answer: { says: "A page of them.", schema: aPage },
        problems: [404],
      },
    },
    "/api/events/[id]": {
      handlers: event,
      GET: {
        summary: "An item exactly as it arrived",
        answer: { says: "Its text and when it came.", schema: anObject },
        problems: [404],
      },
    },
    "/api/events/[id]/again": {
      handlers: readCallAgain,
      POST: {
        summary: "Have the call read again that an item came with, after the connector could not take it in",
        answer: {
          says: "It is read in a moment, behind what has arrived.",
          schema: members({ calls: number }),
        },
        problems: [409],
      },
    },
    "/api/events/again": {
      handlers: readAllAgain,
      POST: {
        summary: "Have all calls read again that the connector could not take in, in the order they came",
        answer: { says: "How many calls are read in a moment.", schema: members({ calls: number }) },
        problems: [404],
      },
    },
    "/api/refused-calls": {
      handlers: refused,
      GET: {
        summary: "Webhook calls of the last seven days that were not answered with 200, of all institutions",
        answer: { says: "The calls, tries of one payload together.", schema: aList },
      },
    },
  },
};

export const reviews: ToldGroup = {
  tag: "Reviews",
  paths: {
    "/api/reviews": {
      handlers: reviewList,
      GET: {
        summary: "What waits for a person, or is decided",
        answer: { says: "A page of reviews.", schema: aPage },
        problems: [404],
      },
    },
    "/api/reviews/count": {
      handlers: reviewCount,
      GET: {
        summary: "How many reviews wait for a person",
        answer: { says: "The number; 0 where there is no connection.", schema: members({ open: number }) },
      },
    },
    "/api/reviews/[id]": {
      handlers: review,
      GET: {
        summary: "A review with all that is needed to decide it",
        answer: { says: "The review and its choices.", schema: anObject },
        problems: [404],
      },
    },
    "/api/reviews/[id]/decision": {
      handlers: decision,
      POST: {
        summary: "Decide a review, or pause and resume what was decided",
        answer: { says: "Where the review stands now.", schema: members({ state: { type: "string" } }) },
        problems: [404, 409],
      },
    },
  },
};
