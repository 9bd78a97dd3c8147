import { sql } from "drizzle-orm";
import { describe, it } from "vitest";
import { FaultError } from "@/lib/core/faults";
import { decide } from "@/lib/reviews/decide";
import { AUTOMATED } from "@/testing/fake-org";
import { claim } from "@/lib/sync/records";
import { syncBatch } from "@/lib/sync/sync-batch";
import { relay, structure } from "@/lib/sync/test-world";
import { backWorld, fullPerson } from "./test-back-world";
import { poll } from "./poll";

const w = backWorld();
const { world, back } = w;
const lost = () => new FaultError({ code: "answer_lost", sentence: "lost" });
async function linked(...numbers: string[]) {
  await w.sends(...numbers.map((n) => fullPerson(n, { contactId: Number(n) })));
  await w.begin();
}
const accounts = () => world.org.rows.filter((r) => r.object === "Account");
const dueAll = () => w.rows(sql`update record_direction set due_at = now()`);
const log = (...a: unknown[]) => console.log(...a.map((x) => (typeof x === "string" ? x : JSON.stringify(x))));
const outStates = () => w.rows(sql`select r.key, d.direction, d.state, d.fault->>'code' as code, d.attempts from record_direction d join record r on r.id=d.record_id order by 1,2`);

describe("B", () => {
  it("B1 told twice", async () => {
    await w.publishDefaults({ kind: "household" });
    w.ruled({ delete: "tell" });
    await linked("1");
    world.org.rows.splice(0, 0);
    for (const r of [...world.org.rows]) world.org.delete(r.object, r.key ?? "");
    await w.turn();
    log("B1", await outStates(), await w.reviews());
    await dueAll(); await w.turn();
    log("B1 again", await outStates());
  });
  it("B2 gone link swallows edits of the other", async () => {
    await w.publishDefaults({ kind: "household" });
    w.ruled({ delete: "ignore" });
    await linked("1");
    world.org.delete("Account", "H-1");
    await w.turn();
    world.org.set("Contact", "1", { FirstName: "Ada" });
    await w.turn(); await w.turn();
    log("B2", back.venue.saves.length, await outStates(), await w.outcomesOut());
    await w.sends(fullPerson("1", { contactId: 1, individualContact: { individualLastName: "New" } }));
    log("B2 in", world.org.get("Contact", "1")?.["LastName"]);
  });
  it("B3 company and its person created together", async () => {
    const { rules } = world.deps.settings;
    const on = { ...rules.out.individual, create: "do" as const };
    w.depsWith({ rules: { ...rules, out: { individual: on, relay: on, structure: on } } });
    await linked("1");
    const acc = world.org.insert("Account", { Name: "New Co" });
    const con = world.org.insert("Contact", { FirstName: "R", LastName: "Elay", Email: "r@co.example" });
    const changes = world.org.changes.bind(world.org);
    world.org.changes = async (reqs) => {
      const a = await changes(reqs);
      return { ...a, pages: a.pages.map((p) => ({ ...p, changed: p.changed.map((r) => (r.id === con ? { ...r, accountId: acc } : r)) })) };
    };
    await w.turn(); await dueAll(); await w.turn(); await dueAll(); await w.turn();
    log("B3", await outStates(), [...back.venue.contacts.keys()]);
  });
  it("B4 ambiguous resolution", async () => {
    w.ruled({ create: "do" });
    await linked("1");
    for (const number of ["7", "8"])
      back.venue.put(fullPerson(number, { contactId: Number(number), individualContact: { individualFirstName: "Nova", individualLastName: "Star" }, communicationMeans: [{ email: "nova@mail.example" }] }));
    const id = world.org.insert("Account", { FirstName: "Nova", LastName: "Star", PersonEmail: "nova@mail.example" });
    await w.turn();
    const [r] = await w.rows(sql`select id from review where kind='ambiguous'`);
    await decide(world.deps.db, { reviewId: Number(r?.["id"]), choice: "dismiss", actor: "x" });
    const row = world.org.rows.find((x) => x.id === id)!;
    row.key = "7"; world.org.setById(id, {});
    await w.turn();
    log("B4 after SyncId typed", await w.reviews());
    await w.sends({ ...back.venue.get("7") });
    await w.turn();
    log("B4 end", await outStates(), await w.reviews());
  });
  it("B4b SyncId typed before it is created", async () => {
    w.ruled({ create: "review" });
    await linked("1");
    back.venue.put(fullPerson("7", { contactId: 7, individualContact: { individualFirstName: "Nova", individualLastName: "Star-Old" }, communicationMeans: [{ email: "old@mail.example" }] }));
    const id = world.org.insert("Account", { FirstName: "Nova", LastName: "Star", PersonEmail: "nova@mail.example" });
    await w.turn();
    const row = world.org.rows.find((x) => x.id === id)!;
    row.key = "7"; world.org.setById(id, {});
    w.ruled({ create: "do" });
    await w.turn();
    log("B4b", [...back.venue.contacts.keys()], world.org.rows.find((x) => x.id === id)?.key, await outStates());
  });
  it("B5 no e-mail, lost answer, webhook", async () => {
    w.ruled({ create: "do" });
    await linked("1");
    world.org.insert("Account", { FirstName: "Nova", LastName: "Star" });
    back.venue.loseAnswer = lost();
    await w.turn();
    await w.contacts({ ...back.venue.get("N1") }); await w.drain("in");
    log("B5", accounts().map((r) => [r.id, r.key, r.fields["LastName"]]), await outStates());
  });
  it("B6 update rule in ignore: number not written", async () => {
    w.ruled({ create: "do" });
    await linked("1");
    const { rules } = world.deps.settings;
    w.depsWith({ rules: { ...rules, in: { ...rules.in, individual: { create: "do", update: "ignore" } } } });
    const id = world.org.insert("Account", { FirstName: "Nova", LastName: "Star", PersonEmail: "n@m.example" });
    await w.turn(); await w.turn();
    log("B6", back.venue.contacts.size, world.org.rows.find((x) => x.id === id)?.key, await outStates());
    await w.orders({ orderId: 5, contactReference: "N1", operationDatas: [{ operationId: 50, product: "J", totalAmount: 1000, unitPrice: 1000, quantity: 1 }] });
    await w.drain("in");
    log("B6 sale", await w.states());
  });
  it("B7 doubtful and rule review", async () => {
    await linked("1");
    const old = { ...back.venue.get("1") };
    world.org.set("Account", "1", { FirstName: "Ada" }); await w.turn();
    w.ruled({ update: "review" });
    await w.sends(old); // S-360's people really went back
    await w.turn();
    log("B7", await w.rows(sql`select kind, sentence from review`), world.org.get("Account", "1")?.["FirstName"]);
    w.ruled({ update: "ignore" });
  });
  it("B7b doubtful and rule ignore", async () => {
    await linked("1");
    const old = { ...back.venue.get("1") };
    world.org.set("Account", "1", { FirstName: "Ada" }); await w.turn();
    w.ruled({ update: "ignore" });
    await w.sends(old); await w.turn(); await w.sends(old); await w.turn();
    log("B7b", world.org.get("Account", "1")?.["FirstName"], (back.venue.get("1")?.["individualContact"] as any).individualFirstName, await outStates());
  });
  it("B8 kind corrected", async () => {
    await linked("1");
    await w.contacts({ ...fullPerson("1", { contactId: 1 }), role: "RELAY" }); await w.drain("in");
    world.org.set("Account", "1", { FirstName: "Ada" }); await w.turn();
    log("B8 mid", await outStates(), await w.rows(sql`select kind, state, subject from review`));
    await w.contacts(fullPerson("1", { contactId: 1 })); await w.drain("in");
    for (let i = 0; i < 3; i++) await w.turn();
    log("B8 end", await outStates(), await w.reviews(), back.venue.saves.length);
  });
  it("B9 lone surrogate", async () => {
    await linked("1", "2");
    world.org.set("Account", "1", { FirstName: "Ann\ud83d" });
    world.org.set("Account", "2", { FirstName: "Good" });
    try { await w.turn(); log("B9 ok"); } catch (e) { log("B9 poll throws", String((e as any).cause ?? e).slice(0, 200)); }
    log("B9 saves", back.venue.saves.length);
  });
  it("B10 bounces by hidden reads", async () => {
    await linked("1");
    w.depsWith({ conflictOwner: "s360" });
    let round = 0;
    for (; round < 8 && (await w.stateOut("1"))?.["state"] !== "review"; round++) {
      await w.sends({ ...back.venue.get("1"), individualContact: { title: "MRS", individualFirstName: `Venue ${round}`, individualLastName: "Frank" } });
      world.org.set("Account", "1", { FirstName: `Job ${round}` }, AUTOMATED);
      // something else of the contact comes from S-360 before the poll
      await w.sends({ ...back.venue.get("1"), addresses: [{ contactAddressId: 501, main: true, town: `T${round}` }] });
      await w.turn();
    }
    log("B10 rounds", round, await w.stateOut("1"), "saves", back.venue.saves.length);
  });
  it("B11 old Salesforce values at go-live", async () => {
    w.depsWith({});
    world.deps = { ...world.deps, contacts: null };
    for (const n of ["1","2","3","4","5","6","7","8"]) back.venue.put(fullPerson(n, { contactId: Number(n) }));
    await w.contacts(...[..."12345678"].map((n) => fullPerson(n, { contactId: Number(n) }))); await w.drain("in");
    for (const n of "12345678") world.org.set("Account", n, { FirstName: "Years ago" });
    world.org.nowMs += 30 * 24 * 3600_000;
    world.deps = { ...world.deps, contacts: back.venue };
    back.massLimit = 5;
    await w.turn(); await w.turn();
    log("B11 after begin", back.venue.saves.length);
    await w.contacts(...[..."12345678"].map((n) => fullPerson(n, { contactId: Number(n), addresses: [{ contactAddressId: 501, main: true, town: "Lutry" }] }))); await w.drain("in");
    await w.turn();
    log("B11 saves", back.venue.saves.length, await w.reviews(), (back.venue.get("1")?.["individualContact"] as any).individualFirstName);
  });
  it("B12 flow's form and a person's edit before the poll", async () => {
    await linked("1");
    world.org.reformat = (s) => ({ ...s, PersonMobilePhone: "(079) 123 45 67" });
    await w.sends(fullPerson("1", { contactId: 1, communicationMeans: [{ communicationMeanId: 71, email: "edna@mail.example", cellularPhone: "41 / 0791234568" }] }));
    world.org.set("Account", "1", { FirstName: "Ada" });
    await w.turn();
    log("B12", await w.stateOut("1"), back.venue.saves.length);
  });
  it("B13 mark: whole batch before a live edit; a wide fault loses all", async () => {
    const numbers = Array.from({ length: 40 }, (_, i) => String(i + 1));
    await linked(...numbers, "99");
    w.ruled({ delete: "mark" });
    for (const n of numbers) world.org.delete("Account", n);
    world.org.set("Account", "99", { FirstName: "Live" });
    const order: string[] = [];
    const save = back.venue.save.bind(back.venue);
    let n = 0;
    (back.venue as any).save = async (k: any, c: any) => { if (++n === 30) throw new FaultError({ code: "s360_limit", sentence: "509" }); order.push(String(c.contactNumber)); return save(k, c); };
    await w.turn();
    log("B13 saves", order.length, "of", new Set(order).size, "live done", order.includes("99"), (await w.rows(sql`select state, count(*) from record_direction where direction='out' group by 1`)));
    await w.rows(sql`update block set until = now()`);
    await w.turn();
    log("B13 then", order.length, "distinct", new Set(order).size, "live at", order.indexOf("99"));
  });
  it("B15 HTTP 500 at create, no email", async () => {
    w.ruled({ create: "do" });
    await linked("1");
    world.org.insert("Account", { FirstName: "Nova", LastName: "Star" });
    back.venue.loseAnswer = new FaultError({ code: "s360_busy", sentence: "HTTP 500" });
    await w.turn(); await dueAll(); await w.turn();
    log("B15", [...back.venue.contacts.keys()]);
  });
  it("B17 spelling of number", async () => {
    const asked: string[] = [];
    const read = back.venue.read.bind(back.venue);
    (back.venue as any).read = async (x: string) => { asked.push(x); return read(x); };
    await w.sends(fullPerson("AB1", { contactId: 1 })); await w.begin();
    world.org.set("Account", "AB1", { FirstName: "Ada" }); await w.turn();
    log("B17", asked);
  });
  it("B20 two alike in one batch", async () => {
    w.ruled({ create: "do" });
    await linked("1");
    for (let i = 0; i < 2; i++) world.org.insert("Account", { FirstName: "Nova", LastName: "Star", PersonEmail: "n@m.example" });
    await w.turn();
    log("B20", [...back.venue.contacts.keys()]);
  });
});
