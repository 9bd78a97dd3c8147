import { cache } from "react";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { adminOf, type Admin } from "@/lib/auth/web-auth";
import { signInAddress } from "../sign-in/next-address";

/** The signed-in admin of this request, asked for once. */
export const currentAdmin = cache(async (): Promise<Admin | null> => adminOf(await headers()));

type Given = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Every page calls this first with its own address: a layout is not rendered again when pages change, so it cannot
 * keep people out. Redirects to the sign-in, which leads back to `path`.
 */
export async function requireAdmin(path: string, searchParams?: Promise<Given>): Promise<Admin> {
  const admin = await currentAdmin();
  if (admin) return admin;
  redirect(signInAddress(path, (await searchParams) ?? {}));
}
