/** The engine's test world with a way back: an S-360 venue in a few lines beside the org, and polls of the change feed. */
import { sql } from "drizzle-orm";
import { beforeEach } from "vitest";
import type { Rules } from "@/lib/core/connection-settings";
import type { Contact } from "@/lib/core/contact-side";
import { claim } from "@/lib/sync/records";
import { syncBatch } from "@/lib/sync/sync-batch";
import { person, syncWorld } from "@/lib/sync/test-world";
import type { SyncDeps } from "@/lib/sync/work";
import { FakeVenue } from "@/testing/fake-venue";
import { poll } from "./poll";

export type OutRule = Rules["out"]["individual"];

/** A person as S-360 answers a read: with what the mapping does not know, which must survive. */
export const fullPerson = (contactNumber: string, more: object = {}) => ({
  ...person(contactNumber),
  contactId: 77,
  addresses: [
    {
      contactAddressId: 501,
      main: true,
      street1: "12 rue du Lac",
      town: "Lausanne",
      zipCode: "1004",
      countryCode: "CH",
    },
    {
      contactAddressId: 502,
      main: false,
      billingAddress: true,
      street1: "PO Box 1",
      town: "Bern",
      countryCode: "CH",
    },
  ],
  communicationMeans: [
    { communicationMeanId: 71, email: "edna@mail.example", cellularPhone: "41 / 0791234567", phone: null },
  ],
  authorizations: [
    { authorizationCode: "EMAIL", allowed: true },
    { authorizationCode: "SMS", allowed: false },
  ],
  contactCriteria: [{ code: "NEWS", values: ["OPERA"] }],
  ...more,
});

export function backWorld() {
  const sync = syncWorld();
  const { world, rows } = sync;
  const back = { venue: new FakeVenue(), massLimit: 200 };

  beforeEach(withVenue);

  function withVenue(): void {
    back.venue = new FakeVenue();
    back.massLimit = 200;
    world.deps = { ...world.deps, contacts: back.venue };
  }

  const depsWith = (settings: Partial<SyncDeps["settings"]>) => {
    world.deps = { ...world.deps, settings: { ...world.deps.settings, ...settings } };
  };

  /** Rules for individuals that are told from Salesforce. */
  function ruled(rule: Partial<OutRule>): void {
    const { rules } = world.deps.settings;
    const individual = { ...rules.out.individual, ...rule };
    depsWith({ rules: { ...rules, out: { ...rules.out, individual } } });
  }

  async function drain(direction: "in" | "out"): Promise<void> {
    for (;;) {
      const batch = await claim(world.deps.db, world.connectionId, direction, 1_000);
      if (batch.records.length === 0) return;
      await syncBatch(world.deps, batch);
    }
  }

  /** One poll, and everything it made due in both directions. */
  async function turn(): Promise<Awaited<ReturnType<typeof poll>>> {
    const report = await poll({
      deps: world.deps,
      connectionId: world.connectionId,
      massLimit: back.massLimit,
      baseline: true,
    });
    await drain("out");
    await drain("in");
    return report;
  }

  return {
    ...sync,
    back,
    /** One poll, of which nothing is worked off. */
    turnFeedOnly: () =>
      poll({ deps: world.deps, connectionId: world.connectionId, massLimit: back.massLimit, baseline: true }),
    depsWith,
    ruled,
    async reset(): Promise<void> {
      await sync.reset();
      withVenue();
    },
    drain,
    turn,
    /** S-360 has the contact, and sends it. */
    async sends(...contacts: Contact[]): Promise<void> {
      for (const contact of contacts) back.venue.put(contact);
      await sync.contacts(...contacts);
      await drain("in");
    },
    /** Reading begins: what was there before is not a change. */
    begin: () => turn(),
    outcomesOut: async () =>
      (
        await rows(sql`
          select er.outcome from event e join event_record er on er.event_id = e.id
          where er.direction = 'out' order by e.id`)
      ).map((row) => row["outcome"]),
    stateOut: async (key: string) =>
      (
        await rows(sql`
          select d.state, d.fault->>'code' as code, d.fault->>'sentence' as sentence from record_direction d
          join record r on r.id = d.record_id where r.key = ${key} and d.direction = 'out'`)
      )[0],
    reviews: () =>
      rows(sql`
        select rv.kind, rv.state, r.key from review rv left join record r on r.id = rv.record_id order by rv.id`),
  };
}
