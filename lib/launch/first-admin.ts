import type { Config } from "@/lib/platform/config";

export type FirstAdmin = {
  email: string;
  /** What to print for the person; null when it is known to them already. */
  password: string | null;
};

/** Called at every start with the address of the migrated database in `config.databaseUrl`. */
export async function firstAdmin(config: Config): Promise<FirstAdmin> {
  return { email: config.adminEmail ?? "admin@localhost", password: null };
}
