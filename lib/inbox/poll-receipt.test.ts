/** When something was last found in Salesforce, as the Health page tells it. */
import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { backWorld, fullPerson } from "@/lib/worker/test-back-world";

const w = backWorld();
const { world } = w;

const receivedAt = async () =>
  (await w.rows(sql`select last_received_at::text as at from stream where name = 'contacts-out'`))[0]?.[
    "at"
  ] ?? null;

it("counts the polls that found a change, not every poll", async () => {
  await w.sends(fullPerson("1", { contactId: 1 }));
  await w.begin();
  await w.turn();
  expect(await receivedAt()).toBeNull();
  world.org.set("Account", "1", { FirstName: "Ada" });
  await w.turn();
  const found = await receivedAt();
  expect(found).not.toBeNull();
  await w.turn();
  await w.turn();
  expect(await receivedAt()).toBe(found);
});
