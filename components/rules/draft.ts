/** What is typed on the Rules page: the settings, and texts that are not a setting yet. Pure. */
import type { RuleSettings } from "@/lib/core/connection-settings";

export interface RulesDraft {
  readonly settings: RuleSettings;
  readonly massLimit: string;
  /** One address a line, or separated by commas. */
  readonly tell: string;
}

export interface DraftProblems {
  readonly massLimit?: string;
  readonly markCriterion?: string;
  readonly tell?: string;
  readonly placeholder?: string;
}

export function openDraft(settings: RuleSettings): RulesDraft {
  return { settings, massLimit: String(settings.contactsOut.massLimit), tell: settings.tell.join("\n") };
}

/** What would be saved, and what stands in the way of it. The server checks again, conditions too. */
export function readDraft({ settings, massLimit, tell }: RulesDraft): {
  readonly settings: RuleSettings;
  readonly problems: DraftProblems;
} {
  const limit = Number(massLimit.trim());
  const isLimit = /^\d{1,7}$/.test(massLimit.trim()) && limit >= 1 && limit <= 1_000_000;
  const markCriterion = settings.contactsOut.markCriterion.trim();
  const placeholder = settings.sales.placeholder.trim();
  const addresses = [...new Set(tell.split(/[\s,;]+/).filter((address) => address !== ""))];
  return {
    settings: {
      ...settings,
      contactsOut: {
        ...settings.contactsOut,
        massLimit: isLimit ? limit : settings.contactsOut.massLimit,
        markCriterion,
      },
      tell: addresses,
      sales: { ...settings.sales, placeholder },
    },
    problems: {
      ...(!isLimit && { massLimit: "Write a whole number from 1 to 1,000,000." }),
      ...((markCriterion === "" || markCriterion.length > 40) && {
        markCriterion: "Write the code of a criterion of S-360, at most 40 characters.",
      }),
      ...addressProblem(addresses),
      ...(settings.sales.anonymous === "placeholder" &&
        placeholder === "" && { placeholder: "Name the Account by its Sync ID or its Salesforce id." }),
    },
  };
}

const mostAddresses = 20;

function addressProblem(addresses: readonly string[]): DraftProblems {
  const wrong = addresses.filter((address) => !/^[^\s@<>()"]+@[^\s@<>()"]+\.[A-Za-z]{2,}$/.test(address));
  if (wrong.length > 0) return { tell: `Not an e-mail address: ${wrong.join(", ")}` };
  if (addresses.length > mostAddresses)
    return { tell: `At most ${mostAddresses} addresses; use a distribution list for more.` };
  return {};
}
