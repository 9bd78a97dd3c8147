/**
 * The change feed: what was changed and deleted since it was last read, all objects in one Composite call. Every page is
 * asked for by position: a query locator would be a picture of the past, and expires.
 */
import type { FeedAnswer, FeedPage, FeedRequest } from "@/lib/core/side";
import type { SalesforceClient, Subanswer, Subrequest } from "./client";
import type { ReadSchema } from "./describe";
import { deletedRequest, readDeletions, type Deletions } from "./feed-deletions";
import { pagePath, readPage, toQuestion, type ChangedPage, type FeedQuestion } from "./feed-query";
import { planObjects } from "./object-plan";

/** Of the subrequests of a Composite call, five may be queries (salesforce.md §3.6). */
const QUERIES_PER_CALL = 5;

const notAsked: ChangedPage & Deletions = {
  changed: [],
  complete: true,
  deleted: [],
  deletedUntil: null,
  deletionsLostBefore: null,
};

/** One page per request, in their order. Throws FaultError when anything could not be read. */
export async function readChanges(
  client: SalesforceClient,
  readSchema: ReadSchema,
  requests: readonly FeedRequest[],
): Promise<FeedAnswer> {
  if (requests.length > QUERIES_PER_CALL)
    throw new Error(`more objects than one call takes: ${requests.length}`);
  const plans = await planObjects(
    readSchema,
    requests.map(({ object }) => ({ object, fields: [] })),
  );
  const questions = requests.map((request) => toQuestion(request, plans.get(request.object)));
  // Signed in, the org has told its time.
  const ownId = await client.userId();
  const nowMs = client.serverNowMs();
  const subrequests = questions.flatMap((question, index) => toSubrequests(question, index, nowMs, ownId));
  const answers = subrequests.length > 0 ? await client.composite(subrequests) : new Map<string, Subanswer>();
  const serverTime = new Date(client.serverNowMs()).toISOString();

  const pages: FeedPage[] = [];
  for (const [index, question] of questions.entries()) {
    const { object, after, deletedSince } = question.request;
    const changes = after ? readPage(question, answers.get(`c${index}`), ownId) : {};
    const deletions =
      deletedSince === null
        ? {}
        : await readDeletions(client, object, deletedSince, answers.get(`d${index}`));
    pages.push({ ...notAsked, ...changes, ...deletions, object });
  }
  return { serverTime, pages };
}

function toSubrequests(question: FeedQuestion, index: number, nowMs: number, ownId: string): Subrequest[] {
  const { object, after, deletedSince } = question.request;
  const subrequests: Subrequest[] = [];
  if (after)
    subrequests.push({ referenceId: `c${index}`, method: "GET", path: pagePath(question, after, ownId) });
  if (deletedSince !== null) subrequests.push(deletedRequest(`d${index}`, object, deletedSince, nowMs));
  return subrequests;
}
