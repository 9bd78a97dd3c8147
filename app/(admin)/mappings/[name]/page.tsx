import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { FieldLabels } from "@/components/mappings/field-labels";
import { MappingEditor } from "@/components/mappings/editor/mapping-editor";
import { mappingNames, mappingTitle } from "@/components/mappings/names";
import { Prefetched } from "@/components/prefetched";
import { PageHeader } from "@/components/ui/page-header";
import { withQuery } from "@/components/ui/api";
import { mappingFunctions } from "@/lib/core/mapping/functions/functions";
import { getMapping } from "@/lib/mappings/read";
import { webRuntime } from "@/lib/platform/runtime";
import { chosenConnection } from "../../chosen-connection";
import { requireAdmin } from "../../require-admin";
import { editorQueries } from "./editor-queries";

export const metadata: Metadata = { title: "Mapping" };

const functions = mappingFunctions.map(({ usage, summary }) => ({ usage, summary }));

export default async function MappingPage({ params, searchParams }: PageProps<"/mappings/[name]">) {
  const name = decodeURIComponent((await params).name);
  const admin = await requireAdmin(`/mappings/${encodeURIComponent(name)}`, searchParams);
  const connection = await chosenConnection(searchParams);
  const isName = /^[^\0]+$/.test(name);
  const mapping =
    connection && isName && (await getMapping(webRuntime().db, { connectionId: connection.id, name }));
  if (!connection || !mapping) notFound();
  const { institution } = connection;
  return (
    <>
      <PageHeader
        title={mappingTitle(mapping)}
        eyebrow="Mapping"
        icon="mapping"
        crumbs={[{ label: "Mappings", href: withQuery("/mappings", { connection: institution }) }]}
        details={`${mappingNames(mapping)} · ${connection.name}`}
      />
      <Prefetched queries={await editorQueries(connection, mapping)}>
        <FieldLabels mappingId={mapping.id}>
          <MappingEditor key={mapping.id} mappingId={mapping.id} actor={admin.email} functions={functions} />
        </FieldLabels>
      </Prefetched>
    </>
  );
}
