import { openApiDocument } from "@/app/api/openapi/document";
import { route } from "@/app/api/route-handler";
import { webRuntime } from "@/lib/platform/runtime";

/** The OpenAPI document of webhooks and admin API: for signed-in admins, as all that it describes. */
export const GET = route({}, () => openApiDocument(webRuntime().config.publicUrl));
