import { parseArgs } from "node:util";
import type { S360SimulatorOptions } from "./server";
import type { SettingsChange } from "./settings";
import { parseNotification } from "./webhook/notification";

export const usage = `Usage: simulators/s360/main.ts --port N --push-to URL [options]

  --port N                  port on 127.0.0.1 (0: a free one)
  --push-to URL             receiver; POSTs go to URL/s360/contacts/<institution> and URL/s360/orders/<institution>
  --institution CODE        default myvenue
  --schedule-seconds N      M in seconds; 0: only on demand    --schedule-minutes N   M in minutes, 1 to 1440
  --batch-size S            items in one run                   --bucket-size bs       items in one POST
  --contacts-auth AUTH      none, basic:user:password or apikey:header:value
  --orders-auth AUTH        the same for orders
  --contacts-v1 CALL        webhook V1: the number only, by "GET <address>" or "POST <address> <JSON>" with \${contactNumber}
  --orders-v1 CALL          the same for orders, with \${orderId}
  --api-operator NAME       default INSTITUTION_CRM            --api-partner NAME  default CRM
  --api-secret SECRET       default demo-s360-secret
  --calls-per-minute N      API calls of the institution, default 180; 0: no limit
  --calls-per-month N       monthly quota, default 10000 with --demo; 0: none
  --demo                    demo venue: 200 people, 20 structures with relays, 120 orders; S=500, bs=50, M=10 s
  --seed N                  demo data, default 1               --trickle-seconds N    demo changes, default 20; 0: none
  --state FILE              keep the state across restarts
  --help`;

/** Options from the command line, or `help`. Throws Error with a sentence for what is wrong. */
export function readCommandLine(args: string[]): S360SimulatorOptions | "help" {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args,
    options: {
      port: text,
      "push-to": text,
      institution: text,
      "schedule-seconds": text,
      "schedule-minutes": text,
      "batch-size": text,
      "bucket-size": text,
      "contacts-auth": text,
      "orders-auth": text,
      "contacts-v1": text,
      "orders-v1": text,
      "api-operator": text,
      "api-partner": text,
      "api-secret": text,
      "calls-per-minute": text,
      "calls-per-month": text,
      demo: { type: "boolean" },
      seed: text,
      "trickle-seconds": text,
      state: text,
      help: { type: "boolean" },
    },
  });
  if (values.help) return "help";
  const pushTo = required("push-to", values["push-to"]);
  const seconds = wholeNumber("schedule-seconds", values["schedule-seconds"]);
  const minutes = wholeNumber("schedule-minutes", values["schedule-minutes"]);
  if (seconds !== undefined && minutes !== undefined)
    throw new Error("Give --schedule-seconds or --schedule-minutes, not both.");
  const demo = values.demo ?? false;
  const settings: SettingsChange = {
    pushTo,
    scheduleSeconds: seconds ?? (minutes === undefined && demo ? 10 : undefined),
    scheduleMinutes: minutes,
    batchSize: wholeNumber("batch-size", values["batch-size"]) ?? (demo ? 500 : undefined),
    bucketSize: wholeNumber("bucket-size", values["bucket-size"]) ?? (demo ? 50 : undefined),
    trickleSeconds: wholeNumber("trickle-seconds", values["trickle-seconds"]) ?? (demo ? 20 : undefined),
    contacts: { auth: values["contacts-auth"], v1: notification(values["contacts-v1"]) },
    orders: { auth: values["orders-auth"], v1: notification(values["orders-v1"]) },
    api: given({
      operator: values["api-operator"],
      partner: values["api-partner"],
      secret: values["api-secret"],
      callsPerMinute: wholeNumber("calls-per-minute", values["calls-per-minute"]),
      callsPerMonth: wholeNumber("calls-per-month", values["calls-per-month"]) ?? (demo ? 10_000 : undefined),
    }),
  };
  return {
    port: wholeNumber("port", required("port", values.port)),
    institution: values.institution,
    demo,
    seed: wholeNumber("seed", values.seed),
    stateFile: values.state,
    settings,
  };
}

function notification(text: string | undefined) {
  return text === undefined ? undefined : parseNotification(text);
}

/** Undefined when nothing is given. */
function given<T extends object>(values: T): T | undefined {
  return Object.values(values).some((value) => value !== undefined) ? values : undefined;
}

function required(name: string, value: string | undefined): string {
  if (value === undefined) throw new Error(`--${name} is missing.`);
  return value;
}

function wholeNumber(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^\d{1,9}$/.test(value)) throw new Error(`--${name} needs a whole number, not "${value}".`);
  return Number(value);
}
