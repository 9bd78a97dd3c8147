import type { Conflict, Missing, Outpaced, PublishResult } from "@/lib/mappings/contract";
import { notFound, Problem } from "@/lib/platform/problem";

type Refused = Extract<PublishResult, { outcome: "refused" }>;
type Unexpected = Extract<PublishResult, { outcome: "unexpected" }>;

/** What ends a request without having done what was asked. */
type Stopping = Conflict | Missing | Outpaced | Refused | Unexpected;

/** A result that did what was asked, or a Problem thrown with all the person needs to go on. */
export function succeeded<Result extends { readonly outcome: string }>(
  result: Result | Stopping,
): Exclude<Result, Stopping> {
  if (isConflict(result)) {
    const { draft, document } = result;
    const detail = "Somebody else saved this draft after you opened it. Nothing of yours was saved.";
    throw new Problem(409, "conflict", detail, { draft, document });
  }
  if (result.outcome === "missing")
    throw notFound("This mapping or version is no longer there. Reload the page.");
  if (result.outcome === "outpaced") {
    const detail =
      "Another version was published after you opened this. Look at what changes, and publish again.";
    throw new Problem(409, "refused", detail);
  }
  if (isUnexpected(result)) {
    const detail = "Golden samples get something else than expected. Nothing was published.";
    throw new Problem(422, "refused", detail, { checks: result.checks });
  }
  if (isRefused(result)) {
    const detail = "The mapping cannot be published as it is. Correct what is listed and try again.";
    throw new Problem(422, "refused", detail, { problems: result.problems });
  }
  return result as Exclude<Result, Stopping>;
}

function isConflict(result: { readonly outcome: string }): result is Conflict {
  return result.outcome === "conflict";
}

function isRefused(result: { readonly outcome: string }): result is Refused {
  return result.outcome === "refused";
}

function isUnexpected(result: { readonly outcome: string }): result is Unexpected {
  return result.outcome === "unexpected";
}
