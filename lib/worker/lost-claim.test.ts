/** What S-360 is asked for, by a worker that was stopped for so long that another has asked meanwhile. */
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { BeforeSending, Contact, S360Reader } from "@/lib/core/contact-side";
import { FaultError, type FaultCode } from "@/lib/core/faults";
import { noteNamed } from "@/lib/inbox/named";
import { person, sale } from "@/lib/sync/test-world";
import { askForMissing } from "./missing-contacts";
import { askForNamed } from "./named-things";
import { backWorld } from "./test-back-world";

const { world, rows, orders, drain } = backWorld();
/** Contacts that calls were sent for, in order. */
let sent: string[];
let answer: Contact | null;

beforeEach(() => {
  sent = [];
  answer = saying("as it is now");
});
afterEach(() => vi.useRealTimers());

const saying = (remark: string): Contact => person("0012345", { function: remark });
const naming = () =>
  noteNamed(world.deps.db, { connectionId: world.connectionId, stream: "contacts-in" }, [
    { family: "contact", key: "0012345", receivedAt: null },
  ]);

/** S-360, where a call waits for its turn, and then for its answer. */
function reader({
  turn = async () => undefined,
  told = async () => answer,
}: {
  readonly turn?: () => Promise<unknown>;
  readonly told?: () => Promise<Contact | null>;
} = {}): S360Reader {
  const read = async (key: string, { before }: { readonly before?: BeforeSending } = {}) => {
    await turn();
    await before?.();
    sent.push(key);
    return told();
  };
  return { read, readOrder: read };
}

const input = (given: S360Reader) => ({
  db: world.deps.db,
  log: world.deps.log,
  openReader: async () => given,
});
const ask = (given = reader()) => askForNamed(input(given), world.connectionId);
const askMissing = (given = reader()) => askForMissing(input(given), world.connectionId);
const runOut = () => rows(sql`update named set asking_until = asking_until - interval '2 minutes'`);
const known = async () =>
  (await rows(sql`select s360_state->>'function' as says from record where s360_state is not null`)).map(
    ({ says }) => says,
  );
const failing = (code: FaultCode) => async (): Promise<never> => {
  throw new FaultError({ code, sentence: "S-360 failed." });
};

describe("what was named by its number, and taken over by another worker,", () => {
  it("is not asked for a second time when the first one's turn comes", async () => {
    await naming();
    await ask(
      reader({
        turn: async () => {
          await runOut();
          await ask();
        },
      }),
    );
    expect(sent).toEqual(["0012345"]);
    expect(await known()).toEqual(["as it is now"]);
    expect(await rows(sql`select from named`)).toEqual([]);
  });

  it("stays named when it was named again since, and is asked for once more", async () => {
    await naming();
    await ask(
      reader({
        told: async () => {
          if (sent.length > 1) return answer;
          await runOut();
          await ask();
          await naming();
          return answer;
        },
      }),
    );
    expect(sent).toEqual(["0012345", "0012345", "0012345"]);
    expect(await rows(sql`select from named`)).toEqual([]);
  });

  it("keeps what the other was told: the first one's answer is older", async () => {
    await naming();
    await ask(
      reader({
        told: async () => {
          await runOut();
          await ask();
          return saying("as it was");
        },
      }),
    );
    expect(await known()).toEqual(["as it is now"]);
    expect(await rows(sql`select from event`)).toHaveLength(1);
  });

  it.each(["s360_unavailable", "s360_busy", "contact_missing"] as const)(
    "is the other's to ask for, though the first one fails (%s)",
    async (code) => {
      await naming();
      await rows(sql`update named set tries = 20`);
      const other = sql`select tries, asking_until > now() + interval '50 seconds' as held from named`;
      await ask(
        reader({
          told: async () => {
            await rows(sql`update named set asking_until = now() + interval '55 seconds', tries = 1`);
            return failing(code)();
          },
        }),
      );
      expect(await rows(other)).toEqual([{ tries: 1, held: true }]);
      expect(await rows(sql`select from event`)).toEqual([]);
    },
  );

  it("is kept from others for as long as S-360 is asked", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    await naming();
    const until = async () => String((await rows(sql`select asking_until from named`))[0]?.["asking_until"]);
    await ask(
      reader({
        told: async () => {
          const before = await until();
          await vi.advanceTimersByTimeAsync(20_000);
          await expect.poll(until).not.toBe(before);
          return answer;
        },
      }),
    );
    expect(await known()).toEqual(["as it is now"]);
    expect(await rows(sql`select from named`)).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("a contact that a sale waits for, and that another worker has taken over,", () => {
  beforeEach(async () => {
    await orders(sale(7, "0012345"));
    await drain("in");
    await rows(sql`update waiting set since = since - interval '1 hour'`);
  });

  const takenOver = () =>
    rows(sql`update missing_contact set asking_until = now() + interval '55 seconds', tries = 3`);
  const row = () =>
    rows(sql`select tries, asking_until > now() + interval '50 seconds' as held from missing_contact`);

  it("is not asked for a second time when the first one's turn comes", async () => {
    await askMissing(reader({ turn: takenOver }));
    expect(sent).toEqual([]);
    expect(await row()).toEqual([{ tries: 3, held: true }]);
  });

  it.each([null, "s360_unavailable", "s360_busy"] as const)(
    "is the other's to ask for, whatever the first one hears (%s)",
    async (code) => {
      await askMissing(
        reader({
          told: async () => {
            await takenOver();
            return code === null ? answer : failing(code)();
          },
        }),
      );
      expect(await row()).toEqual([{ tries: 3, held: true }]);
      expect(await known()).not.toContain("as it is now");
    },
  );
});
