import { webAuth } from "@/lib/auth/web-auth";
import { problemResponse } from "@/lib/platform/route";
import { webRuntime } from "@/lib/platform/runtime";

/** Sign-in and sign-out, as better-auth serves them; sign-up is switched off. */
async function answer(request: Request): Promise<Response> {
  try {
    return await webAuth().handler(request);
  } catch (error) {
    return problemResponse(error, request, webRuntime().log);
  }
}

export { answer as GET, answer as POST };
