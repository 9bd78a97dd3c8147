/** One thing to deploy or to delete, and what became of it. */
export interface Component {
  /** `CustomObject`, `CustomField`; empty for the manifest itself. */
  type: string;
  /** `Account.SyncId__c` */
  fullName: string;
  /** As in the zip. */
  fileName: string;
}

export type Outcome =
  | { kind: "done"; change: "created" | "changed" | "unchanged" | "deleted"; id: string | null }
  | { kind: "warned"; problem: string }
  | { kind: "failed"; problem: string; line?: number | null; column?: number | null };

export interface ComponentResult extends Component {
  outcome: Outcome;
}

/** What is wrong with one component; the deployment goes on with the others. */
export class ComponentProblem extends Error {
  constructor(
    message: string,
    readonly line: number | null = null,
    readonly column: number | null = null,
  ) {
    super(message);
  }
}

export function failed(component: Component, problem: string): ComponentResult {
  return { ...component, outcome: { kind: "failed", problem } };
}
