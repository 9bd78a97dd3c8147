import { readRecordPage } from "@/app/(admin)/records/record-page";
import { notFound } from "@/lib/platform/problem";
import { route } from "../../route-handler";
import { idShape } from "../filter";

/** All that a record's page shows besides its timeline. */
export const GET = route({ params: idShape }, async ({ params: { id } }) => {
  const page = await readRecordPage(id);
  if (!page) throw notFound("There is no such record (any more).");
  return page;
});
