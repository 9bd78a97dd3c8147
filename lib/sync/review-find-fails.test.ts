import { expect, it } from "vitest";
import { sql } from "drizzle-orm";
import { FaultError } from "@/lib/core/faults";
import { person, sale, syncWorld } from "./test-world";
const { world, contacts, orders, states, drain, rows } = syncWorld();

it("a matching query that the org gives up on stops linked contacts and sales as well, for ever", async () => {
  await contacts(person("1"));
  await drain();
  const find = world.org.find.bind(world.org);
  world.org.find = async (requests) => {
    if (requests.some(({ alike }) => alike))
      throw new FaultError({ code: "org_busy", sentence: "QUERY_TIMEOUT" });
    return find(requests);
  };
  await contacts(
    person("1", { communicationMeans: [{ email: "new@home.ch" }] }),
    person("2", { communicationMeans: [{ email: "two@home.ch" }] }),
  );
  await orders(sale(7, "1"));
  await drain();
  for (let turn = 0; turn < 5; turn++) {
    await rows(sql`update record_direction set due_at = now()`);
    await drain();
  }
  console.log(await states(), await rows(sql`select kind from review`));
  expect((await states()).filter(({ state }) => state === "retrying").map(({ key }) => key)).toEqual(["2"]);
});
