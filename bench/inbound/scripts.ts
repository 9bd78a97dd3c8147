/** What the connector is measured against: scripts that hold the rows in memory and only write them, with jsforce. */
import { Connection } from "jsforce";
import { z } from "zod";

export type Row = Readonly<Record<string, unknown>> & { readonly SyncId__c: string };

/** jsforce's own default is 50.0 (salesforce.md §0). */
const version = "66.0";
const tokenSchema = z.object({ access_token: z.string() });

export interface Script {
  /** Record type of person accounts. */
  readonly personRecordType: string;
  /** One upsert per record, one after the other. */
  oneByOne(object: string, rows: readonly Row[]): Promise<void>;
  /** `sobject.upsert` with all rows: jsforce makes calls of 200. */
  inArrays(object: string, rows: readonly Row[]): Promise<void>;
}

export async function openScript(orgUrl: string): Promise<Script> {
  const form = { grant_type: "client_credentials", client_id: "demo-client", client_secret: "demo-secret" };
  const signIn = await fetch(`${orgUrl}/services/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams(form),
  });
  const { access_token: accessToken } = tokenSchema.parse(await signIn.json());
  const connection = new Connection({ version, instanceUrl: orgUrl, loginUrl: orgUrl, accessToken });
  const types = await connection.query<{ Id: string }>(
    "SELECT Id FROM RecordType WHERE SobjectType = 'Account' AND DeveloperName = 'PersonAccount'",
  );
  return {
    personRecordType: types.records[0]?.Id ?? "",
    async oneByOne(object, rows) {
      for (const row of rows)
        refuseFailures([await connection.sobject(object).upsert({ ...row }, "SyncId__c")]);
    },
    async inArrays(object, rows) {
      const copies = rows.map((row) => ({ ...row }));
      refuseFailures(
        await connection
          .sobject(object)
          .upsert(copies, "SyncId__c", { allowRecursive: true, allOrNone: false }),
      );
    },
  };
}

function refuseFailures(results: readonly { readonly success: boolean }[]): void {
  const failed = results.find(({ success }) => !success);
  if (failed) throw new Error(`the org refused a row of the script: ${JSON.stringify(failed)}`);
}
