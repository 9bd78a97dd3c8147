import { webAuth } from "@/lib/auth/web-auth";

/** Sign-in and sign-out, as better-auth serves them; sign-up is switched off. */
function answer(request: Request): Promise<Response> {
  return webAuth().handler(request);
}

export { answer as GET, answer as POST };
