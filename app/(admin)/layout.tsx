import type { ReactNode } from "react";
import { Shell } from "@/components/shell/shell";
import { allConnections } from "./chosen-connection";
import { currentAdmin } from "./require-admin";

export const dynamic = "force-dynamic";

/** The frame around every page. Signed out, the page alone is asked for, and it leads to the sign-in. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const admin = await currentAdmin();
  if (!admin) return children;
  const connections = (await allConnections()).map(({ institution, name }) => ({ institution, name }));
  return (
    <Shell email={admin.email} connections={connections}>
      {children}
    </Shell>
  );
}
