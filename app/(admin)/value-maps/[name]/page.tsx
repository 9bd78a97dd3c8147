import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Prefetched } from "@/components/prefetched";
import { withQuery } from "@/components/ui/api";
import { PageHeader } from "@/components/ui/page-header";
import { inboxQuery, valueMapQuery } from "@/components/value-maps/queries";
import { ValueMapEditor } from "@/components/value-maps/value-map-editor";
import { valueMapNameSchema } from "@/lib/core/mapping/document";
import { unseenCodes, valueMapDetail } from "@/lib/mappings/read-value-maps";
import { webRuntime } from "@/lib/platform/runtime";
import { chosenConnection } from "../../chosen-connection";
import { requireAdmin } from "../../require-admin";

export const metadata: Metadata = { title: "Value map" };

export default async function ValueMapPage({ params, searchParams }: PageProps<"/value-maps/[name]">) {
  const { name } = await params;
  const admin = await requireAdmin(`/value-maps/${encodeURIComponent(name)}`, searchParams);
  const connection = await chosenConnection(searchParams);
  if (!connection || !valueMapNameSchema.safeParse(name).success) notFound();
  const { db } = webRuntime();
  const [detail, inbox] = await Promise.all([
    valueMapDetail(db, connection.id, name),
    unseenCodes(db, connection.id, name),
  ]);
  if (!detail) notFound();
  const { institution } = connection;
  const place = { connection: institution, name };
  return (
    <>
      <PageHeader
        title={name}
        eyebrow="Value map"
        icon="value-map"
        crumbs={[{ label: "Value maps", href: withQuery("/value-maps", { connection: institution }) }]}
        details={connection.name}
      />
      <Prefetched
        queries={[
          [valueMapQuery(place).queryKey, detail],
          [inboxQuery(place).queryKey, inbox],
        ]}
      >
        <ValueMapEditor
          key={`${institution} ${name}`}
          institution={institution}
          name={name}
          actor={admin.email}
        />
      </Prefetched>
    </>
  );
}
