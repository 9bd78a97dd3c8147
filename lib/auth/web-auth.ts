import { webRuntime } from "@/lib/platform/runtime";
import { createAuth, trustedOrigins, type Auth } from "./auth";

export interface Admin {
  readonly id: string;
  readonly email: string;
}

const holder = globalThis as { s360WebAuth?: Auth };

/** The web process's own sign-in, made at the first request and kept across the bundles of its routes. */
export function webAuth(): Auth {
  if (holder.s360WebAuth) return holder.s360WebAuth;
  const { db, secrets, config, log } = webRuntime();
  const { publicUrl, port } = config;
  return (holder.s360WebAuth = createAuth({ db, secret: secrets.authSecret, publicUrl, port, log }));
}

/** Origins whose pages may call the API with a person's cookie. */
export function webOrigins(): string[] {
  const { publicUrl, port } = webRuntime().config;
  return trustedOrigins(publicUrl, port);
}

/**
 * Who sends these headers, or null when nobody is signed in.
 * @throws when the database is away
 */
export async function adminOf(headers: Headers): Promise<Admin | null> {
  const found = await webAuth().api.getSession({ headers });
  return found && { id: found.user.id, email: found.user.email };
}
