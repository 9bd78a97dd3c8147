import { and, eq, ne } from "drizzle-orm";
import { connection, link, mapping } from "@/drizzle/schema";
import type { Queryable } from "@/lib/platform/db";
import type { Described } from "./file-settings";

export interface Existing extends Described {
  readonly id: number;
}

/** What a file must not ask for, each with its path: it would write twice, or to the wrong records. */
export async function refusals(
  tx: Queryable,
  existing: Existing | null,
  wanted: Described,
): Promise<string[]> {
  return [...(await sameOrg(tx, wanted)), ...(await switchedIndividuals(tx, existing, wanted))];
}

/** One org may serve several institutions only with prefixed external ids, which a connection cannot have yet. */
async function sameOrg(tx: Queryable, { institution, settings }: Described): Promise<string[]> {
  const others = await tx
    .select({ institution: connection.institution, settings: connection.settings })
    .from(connection)
    .where(ne(connection.institution, institution));
  const { loginUrl } = settings.salesforce;
  const taken = others.find(
    ({ settings: { salesforce } }) => new URL(salesforce.loginUrl).origin === new URL(loginUrl).origin,
  );
  if (!taken) return [];
  return [
    `salesforce.loginUrl: this Salesforce org is already connected to the institution ${taken.institution}. Contact numbers of two institutions would meet in one org, so each institution needs an org of its own.`,
  ];
}

async function switchedIndividuals(
  tx: Queryable,
  existing: Existing | null,
  { settings }: Described,
): Promise<string[]> {
  if (!existing || existing.settings.individualsAs === settings.individualsAs) return [];
  const written = await tx
    .select({ id: link.id })
    .from(link)
    .innerJoin(mapping, eq(mapping.id, link.mappingId))
    .where(and(eq(link.connectionId, existing.id), eq(mapping.kind, "individual")))
    .limit(1);
  if (written.length === 0) return [];
  return [
    `individualsAs: individuals of this connection were already written as ${existing.settings.individualsAs}, so this cannot become ${settings.individualsAs}. Every person would be created a second time. Keep ${existing.settings.individualsAs}.`,
  ];
}
