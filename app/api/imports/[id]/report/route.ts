import { found, importParams as params } from "@/app/api/imports/found";
import { route } from "@/app/api/route-handler";
import { readReport } from "@/lib/imports/report";
import { mostRows, reportCsv } from "@/lib/imports/report-csv";
import { webRuntime } from "@/lib/platform/runtime";

/** The report of an import as a file for a spreadsheet. */
export const GET = route({ params }, async ({ params: { id } }) => {
  const report = found(await readReport(webRuntime().db, id, { most: mostRows }));
  const headers = {
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": `attachment; filename="import-${id}.csv"`,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  };
  return new Response(reportCsv(report), { headers });
});
