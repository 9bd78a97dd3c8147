const systems: Record<string, string> = { salesforce: "Salesforce", s360: "S-360" };

/** What people call the other systems. */
export function systemTitle(system: string): string {
  return systems[system] ?? system;
}
