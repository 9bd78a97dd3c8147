import { adminOf, webOrigins } from "@/lib/auth/web-auth";
import { routeWrapper } from "@/lib/platform/route";
import { webRuntime } from "@/lib/platform/runtime";

/** The wrapper of every API route of the admin pages (lib/platform/route.ts): for signed-in admins only. */
export const route = routeWrapper({ sessionOf: adminOf, origins: webOrigins, log: () => webRuntime().log });
