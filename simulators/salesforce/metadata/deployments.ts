import type { ComponentResult } from "./component";
import type { DeployOptions } from "./deploy-options";

export type FinalStatus = "Succeeded" | "SucceededPartial" | "Failed";

export interface DeployOutcome {
  status: FinalStatus;
  results: ComponentResult[];
  /** Why the package as a whole could not be looked into. */
  errorStatusCode: string | null;
  errorMessage: string | null;
}

/** One deploy request from its arrival to its end. */
export interface Deployment {
  readonly id: string;
  readonly userId: string;
  readonly createdAt: Date;
  readonly options: DeployOptions;
  /** The validation that a quick deployment repeats. */
  readonly validatedId: string | null;
  /** Kept for a quick deployment of what was validated. */
  zip: Uint8Array | undefined;
  finishedAt: Date | undefined;
  outcome: DeployOutcome | undefined;
  canceledBy: string | undefined;
}

const KEPT_DEPLOYMENTS = 200;

/** The last deploy requests of an org; they are forgotten when the simulator stops. */
export class Deployments {
  private readonly byId = new Map<string, Deployment>();

  add(deployment: Deployment): void {
    this.byId.set(deployment.id, deployment);
    const [oldest] = this.byId.keys();
    if (oldest !== undefined && this.byId.size > KEPT_DEPLOYMENTS) this.byId.delete(oldest);
  }

  find(id: string): Deployment | undefined {
    return this.byId.get(id);
  }
}
