import type { ReactNode } from "react";
import { NoConnection } from "@/components/shell/no-connection";
import type { ObjectIconName } from "@/components/ui/object-icon";
import { PageHeader } from "@/components/ui/page-header";
import type { Connection } from "@/lib/connections/load";
import { chosenConnection } from "./chosen-connection";
import { requireAdmin } from "./require-admin";

interface ConnectionPage {
  readonly path: string;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
  readonly title: string;
  readonly icon: ObjectIconName;
  /** A sentence under the title. */
  readonly about?: string;
}

/** A page about the chosen connection, for signed-in admins: its title, and what `body` makes of the connection. */
export async function connectionPage(
  { path, searchParams, title, icon, about }: ConnectionPage,
  body: (connection: Connection) => Promise<ReactNode>,
): Promise<ReactNode> {
  await requireAdmin(path, searchParams);
  const connection = await chosenConnection(searchParams);
  return (
    <>
      <PageHeader title={title} icon={icon} eyebrow={connection?.name}>
        {about}
      </PageHeader>
      {connection ? await body(connection) : <NoConnection />}
    </>
  );
}
