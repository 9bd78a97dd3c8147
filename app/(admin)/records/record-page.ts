import { selectedSections } from "@/lib/s360/sections";
import { loadConnectionById } from "@/lib/connections/load";
import { published } from "@/lib/mappings/published";
import { webRuntime } from "@/lib/platform/runtime";
import type { RecordPage } from "@/lib/records/contract";
import { recordDetail } from "@/lib/records/detail";
import { previewRecord } from "@/lib/records/preview";

/** What a record's page shows, as the connection's settings and published mappings stand now. */
export async function readRecordPage(id: number): Promise<RecordPage | null> {
  const { db } = webRuntime();
  const record = await recordDetail(db, id);
  const connection = record && (await loadConnectionById(db, record.connectionId));
  if (!record || !connection) return null;
  const { settings, timeZone } = connection;
  const mappings = await previewRecord(db, {
    recordId: id,
    published: await published(db, connection.id),
    timeZone,
    recordTypes: settings.recordTypes,
    selected: selectedSections(settings.s360.sections),
  });
  return { record, mappings };
}
