/** What the connector and the venue did with contacts whose edits were lost: for whoever looks for the cause. */
import { mkdirSync, writeFileSync } from "node:fs";
import type { Stack } from "../stack";
import type { Accounted, Fate } from "./accounts";
import type { Disturbance } from "./disturb";
import type { VenueCall } from "./sides";

const file = ".build/soak-two-way.json";
const most = 20;

export interface BookInput {
  readonly accounted: readonly Accounted[];
  readonly different: readonly string[];
  readonly venueCalls: readonly VenueCall[];
  readonly disturbances: readonly Disturbance[];
}

/** Of the first few contacts. Values are in it, so it stays out of the reports. */
export async function writeBook(
  { query }: Stack,
  { accounted, different, venueCalls, disturbances }: BookInput,
): Promise<void> {
  const withFates = (...fates: Fate[]) =>
    accounted.filter(({ fate }) => fates.includes(fate)).map(({ edit }) => edit.key);
  const lost = [...withFates("unaccounted"), ...different.map((name) => name.split(" ")[0] ?? "")];
  const inWindows = withFates("betweenReadAndSave", "betweenReadAndWrite", "putBackByForm");
  const keys = [...new Set([...lost, ...inWindows])].slice(0, most);
  const contacts = [];
  for (const key of keys) {
    const ofKey = `(select id from record where family = 'contact' and key = '${key.replaceAll("'", "''")}')`;
    contacts.push({
      key,
      edits: accounted.filter(({ edit }) => edit.key === key),
      attempts: await query(`
        select direction, version, outcome, fault, before, after, conflicts, at from attempt
        where record_id = ${ofKey} order by id`),
      events: await query(`
        select e.stream, er.outcome, er.version, e.received_at, left(e.raw, 2000) as raw
        from event e join event_record er on er.event_id = e.id where er.record_id = ${ofKey} order by e.id`),
      links: await query(`select base, stored, traces, held from link where record_id = ${ofKey}`),
      states: await query(`select * from record_direction where record_id = ${ofKey}`),
      calls: venueCalls.filter(({ contactNumber }) => contactNumber === key),
    });
  }
  mkdirSync(".build", { recursive: true });
  writeFileSync(file, `${JSON.stringify({ disturbances, contacts }, null, 2)}\n`);
}
