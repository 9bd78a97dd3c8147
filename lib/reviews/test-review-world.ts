/** The engine's world with a way back, and a person who decides reviews. */
import { sql } from "drizzle-orm";
import type { Rules } from "@/lib/core/connection-settings";
import type { ReviewChoice } from "@/lib/core/reviews";
import { backWorld, fullPerson } from "@/lib/worker/test-back-world";
import { carryOut } from "./carry-out";
import { decide } from "./decide";

export const contact = (number: string, more: object = {}) =>
  fullPerson(number, { contactId: Number(number), ...more });

export const named = (individualLastName: string) => ({ individualContact: { individualLastName } });

export function reviewWorld() {
  const w = backWorld();
  const { world } = w;

  /** The latest review. */
  async function review() {
    const [row] = await w.rows(sql`
      select id::int, kind, state, choice, decided_by, subject from review order by id desc limit 1`);
    if (!row) throw new Error("there is no review");
    return row;
  }

  return {
    ...w,
    review,
    /** Contacts that S-360 has sent and Salesforce has; reading has begun. */
    async linked(...numbers: string[]): Promise<void> {
      await w.sends(...numbers.map((number) => contact(number)));
      await w.begin();
    },
    decide: async (choice: ReviewChoice, now?: Date) =>
      decide(world.deps.db, {
        reviewId: Number((await review())["id"]),
        choice,
        actor: "ada@venue.example",
        ...(now && { now }),
      }),
    carryOut: () => carryOut({ db: world.deps.db, side: world.org }, world.connectionId),
    ruled(rule: Partial<Rules["out"]["individual"]>): void {
      const { rules } = world.deps.settings;
      const individual = { ...rules.out.individual, ...rule };
      w.depsWith({ rules: { ...rules, out: { ...rules.out, individual } } });
    },
    ruledIn(rule: Partial<Rules["in"]["individual"]>): void {
      const { rules } = world.deps.settings;
      w.depsWith({
        rules: { ...rules, in: { ...rules.in, individual: { ...rules.in.individual, ...rule } } },
      });
    },
    account: (id: string) => world.org.rows.find((row) => row.id === id),
    idIn: (key: string) =>
      world.org.rows.find((row) => row.object === "Account" && row.key === key)?.id ?? "",
    links: () =>
      w.rows(sql`
        select r.key, l.salesforce_id as id, l.head, l.key as carries from link l join record r on r.id = l.record_id
        order by r.key, l.id`),
    stateIn: async (key: string) =>
      (
        await w.rows(sql`
          select d.state, d.fault->>'code' as code from record_direction d join record r on r.id = d.record_id
          where r.key = ${key} and d.direction = 'in'`)
      )[0],
    audit: () => w.rows(sql`select actor, action, subject from audit_log order by id`),
  };
}
