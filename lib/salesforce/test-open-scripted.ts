/** Scripted orgs and sides on them for one test file; closed after each test. */
import { afterEach } from "vitest";
import type { Side } from "@/lib/core/side";
import type { SalesforceConfig } from "./config";
import { openSalesforceSide } from "./side";
import { configFor, startScriptedOrg, type Script, type ScriptedOrg } from "./test-scripted-org";

export type OpenSide = (
  script?: Script,
  more?: Partial<SalesforceConfig>,
) => Promise<{ org: ScriptedOrg; side: Side }>;

export function scriptedOrgs(): { start: (script?: Script) => Promise<ScriptedOrg>; openSide: OpenSide } {
  const orgs: ScriptedOrg[] = [];
  afterEach(async () => {
    for (const org of orgs.splice(0)) await org.close();
  });
  const start = async (script: Script = {}): Promise<ScriptedOrg> => {
    const org = await startScriptedOrg(script);
    orgs.push(org);
    return org;
  };
  return {
    start,
    openSide: async (script, more) => {
      const org = await start(script);
      return { org, side: openSalesforceSide(configFor(org, more)) };
    },
  };
}
