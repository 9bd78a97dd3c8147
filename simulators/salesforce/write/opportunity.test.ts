import { describe, expect, it } from "vitest";
import { useOrg, type ErrorBody } from "../test-org";

const org = useOrg();
const deal = { Name: "Season 2027", StageName: "Prospecting", CloseDate: "2026-11-22" };

async function saved(id: string): Promise<Record<string, unknown>> {
  const { body } = await org.api<Record<string, unknown>>("GET", `/sobjects/Opportunity/${id}`);
  return body;
}

describe("an opportunity", () => {
  it("takes from its stage how likely it is and what it is forecast as", async () => {
    const id = await org.create("Opportunity", { ...deal, Amount: 1999.99 });
    expect(id).toMatch(/^006/);
    expect(await saved(id)).toMatchObject({
      Probability: 10,
      ForecastCategoryName: "Pipeline",
      ForecastCategory: "Pipeline",
      IsClosed: false,
      IsWon: false,
      ExpectedRevenue: 200,
      FiscalYear: 2026,
      FiscalQuarter: 4,
      Fiscal: "2026 4",
      LastStageChangeDate: null,
    });
  });

  it("keeps the probability that is given, until the stage changes", async () => {
    const id = await org.create("Opportunity", { ...deal, Probability: 33, ForecastCategoryName: "Commit" });
    expect(await saved(id)).toMatchObject({ Probability: 33, ForecastCategory: "Forecast" });
    await org.api("PATCH", `/sobjects/Opportunity/${id}`, { NextStep: "Call" });
    expect(await saved(id)).toMatchObject({ Probability: 33 });
    await org.api("PATCH", `/sobjects/Opportunity/${id}`, { StageName: "Closed Won" });
    const won = await saved(id);
    expect(won).toMatchObject({ Probability: 100, ForecastCategory: "Closed", IsClosed: true, IsWon: true });
    expect(won.LastStageChangeDate).not.toBeNull();
  });

  it("is closed and not won when it is lost", async () => {
    const id = await org.create("Opportunity", { ...deal, StageName: "Closed Lost" });
    expect(await saved(id)).toMatchObject({
      Probability: 0,
      IsClosed: true,
      IsWon: false,
      ForecastCategory: "Omitted",
    });
  });

  it("must have a name, a stage and a close date", async () => {
    const { status, body } = await org.api<ErrorBody>("POST", "/sobjects/Opportunity", { Amount: 1 });
    expect(status).toBe(400);
    expect(body).toEqual([
      {
        message: "Required fields are missing: [Name, StageName, CloseDate]",
        errorCode: "REQUIRED_FIELD_MISSING",
        fields: ["Name", "StageName", "CloseDate"],
      },
    ]);
  });

  it("does not let callers write what follows from other fields", async () => {
    for (const field of [{ IsWon: true }, { ExpectedRevenue: 5 }, { FiscalYear: 2026 }]) {
      const { body } = await org.api<ErrorBody>("POST", "/sobjects/Opportunity", { ...deal, ...field });
      expect(body).toMatchObject([
        { errorCode: "INVALID_FIELD_FOR_INSERT_UPDATE", fields: Object.keys(field) },
      ]);
    }
  });

  it("goes with its account", async () => {
    const accountId = await org.create("Account", { Name: "Theatre" });
    const id = await org.create("Opportunity", { ...deal, AccountId: accountId });
    const [child] = await org.query<{ Opportunities: { totalSize: number } }>(
      `SELECT Id, (SELECT Id FROM Opportunities) FROM Account WHERE Id = '${accountId}'`,
    );
    expect(child?.Opportunities.totalSize).toBe(1);
    await org.api("DELETE", `/sobjects/Account/${accountId}`);
    expect(await org.query(`SELECT Id FROM Opportunity WHERE Id = '${id}'`)).toEqual([]);
  });
});

describe("a product", () => {
  it("is written as any record", async () => {
    const id = await org.create("Product2", { Name: "Ticket", ProductCode: "T-1", IsActive: true });
    expect(id).toMatch(/^01t/);
    const [row] = await org.query<Record<string, unknown>>(
      `SELECT Name, ProductCode, IsActive, IsArchived, Family FROM Product2 WHERE Id = '${id}'`,
    );
    expect(row).toMatchObject({
      Name: "Ticket",
      ProductCode: "T-1",
      IsActive: true,
      IsArchived: false,
      Family: null,
    });
  });
});
