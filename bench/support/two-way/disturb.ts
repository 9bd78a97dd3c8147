/** Everything that goes wrong while people edit: lost answers, limits, outages, a worker that dies, flows that rewrite. */
import { setTimeout as sleep } from "node:timers/promises";
import { kill } from "../kill";
import { postJson, type Stack } from "../stack";

export interface Disturbance {
  readonly what: string;
  readonly at: number;
}

const venueFaults = [
  { kind: "lost-answer" },
  { kind: "lost-answer" },
  { kind: "status", status: 509, text: "Over the limit." },
  { kind: "broken-before" },
  { kind: "slow", ms: 800, times: 3 },
  { kind: "duplicate-delivery", stream: "contacts" },
  { kind: "ignore-200", stream: "contacts" },
];
const orgFaults = [{ kind: "status", status: 503 }, { kind: "drop-after-write" }];
const venueEveryMs = 4_000;
const orgEveryMs = 17_000;
const killEveryMs = 40_000;

/** Flows and triggers of the org that rewrite what anybody saves; all the time, also when it is quiet. */
export async function addFlows({ salesforceUrl }: Stack): Promise<void> {
  const spaced = (phone: string) =>
    `IF(AND(BEGINS(${phone}, "+41"), NOT(CONTAINS(${phone}, " "))), LEFT(${phone}, 3) & " " & MID(${phone}, 4, 20), ${phone})`;
  const flows = [
    { kind: "phone-formatter", object: "Account", format: "e164" },
    {
      ...{ kind: "field-trigger", object: "Contact", timing: "before" },
      set: { MobilePhone: { formula: spaced("MobilePhone") } },
    },
    {
      ...{ kind: "field-trigger", object: "Account", timing: "before" },
      set: { PersonMailingCity: { formula: "UPPER(PersonMailingCity)" } },
    },
  ];
  for (const flow of flows) await postJson(`${salesforceUrl}/__control/automations`, flow);
}

/** Disturbs until then; in the second half the venue also spaces the phones it stores. */
export async function disturbUntil(stack: Stack, endsAt: number): Promise<readonly Disturbance[]> {
  const done: Disturbance[] = [];
  const startedAt = Date.now();
  const note = (what: string) => done.push({ what, at: Date.now() });
  const often = async (everyMs: number, act: () => Promise<void>): Promise<void> => {
    for (;;) {
      const waitMs = everyMs * (0.5 + Math.random());
      if (Date.now() + waitMs >= endsAt) return;
      await sleep(waitMs);
      await act();
    }
  };
  const order = async (
    system: "S-360" | "Salesforce",
    url: string,
    fault: { kind: string; status?: number },
  ) => {
    await postJson(`${url}/__control/faults`, fault);
    note(`${system} ${fault.kind}${fault.status ? ` ${fault.status}` : ""}`);
  };
  await Promise.all([
    often(venueEveryMs, () => order("S-360", stack.s360Url, oneOf(venueFaults))),
    often(orgEveryMs, () => order("Salesforce", stack.salesforceUrl, oneOf(orgFaults))),
    often(Math.min(killEveryMs, (endsAt - startedAt) / 2.5), async () => {
      const pid = stack.pidOf("worker");
      if (pid !== null && kill(pid)) note("worker killed");
    }),
    sleep((endsAt - startedAt) / 2).then(() => {
      note("S-360 spaces phones");
      return postJson(`${stack.s360Url}/__control/settings`, { api: { phones: "spaced" } });
    }),
  ]);
  return done;
}

export async function callOffFaults({ s360Url, salesforceUrl }: Stack): Promise<void> {
  for (const url of [s360Url, salesforceUrl]) {
    const response = await fetch(`${url}/__control/faults`, { method: "DELETE" });
    if (!response.ok) throw new Error(`${url} does not call off its faults: ${response.status}`);
  }
}

function oneOf<T>(list: readonly T[]): T {
  return list[Math.floor(Math.random() * list.length)] as T;
}
