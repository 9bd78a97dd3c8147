import { cache } from "react";
import { listConnections, type Connection } from "@/lib/connections/load";
import { webRuntime } from "@/lib/platform/runtime";

type Given = Readonly<Record<string, string | string[] | undefined>>;

/** All connections, asked for once in a request. */
export const allConnections = cache((): Promise<Connection[]> => listConnections(webRuntime().db));

/** The connection the address names (`connection=<institution>`), else the first; null when there is none. */
export async function chosenConnection(searchParams: Promise<Given>): Promise<Connection | null> {
  const [connections, { connection: wanted }] = await Promise.all([allConnections(), searchParams]);
  return connections.find(({ institution }) => institution === wanted) ?? connections[0] ?? null;
}
