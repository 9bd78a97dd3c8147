import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { HttpError, readBody, replyPage, replySeeOther } from "../http";
import type { Simulator } from "../simulator";
import { streams, VenueError, type Stream } from "../venue/venue";
import { callsPage } from "./calls-page";
import { applyContactForm } from "./contact-form";
import { homePage } from "./home";
import { html, type Html } from "./html";
import { blankPerson, contactPage, newPersonPage, orderPage } from "./item-pages";
import { page } from "./layout";

const runWaitMs = 2000;

/** Answers the pages for people and their forms. */
export async function pages(
  simulator: Simulator,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
) {
  const show = (status: number, title: string, content: Html) =>
    replyPage(response, status, page(title, simulator.institution, content));
  try {
    const path = url.pathname.split("/").slice(1).map(decodeURIComponent);
    if (request.method === "POST") {
      const form = new URLSearchParams(await readBody(request));
      replySeeOther(response, await submit(simulator, path, form));
      return;
    }
    if (request.method !== "GET" && request.method !== "HEAD")
      throw new HttpError(405, "Only GET and POST here.");
    const [title, content] = view(simulator, path, url.searchParams);
    show(200, title, content);
  } catch (error) {
    const isForPeople = [HttpError, URIError, VenueError].some((kind) => error instanceof kind);
    if (!isForPeople || !(error instanceof Error)) throw error;
    const status = error instanceof HttpError ? error.status : 400;
    show(
      status,
      "Not possible",
      html`<section class="card">
        <h1>Not possible</h1>
        <p>${error.message}</p>
      </section>`,
    );
  }
}

function view(simulator: Simulator, path: string[], query: URLSearchParams): [title: string, content: Html] {
  const [place = "", key = "", ...rest] = path;
  if (place === "" && path.length === 1) return ["Venue", homePage(simulator, query)];
  if (place === "calls" && path.length === 1) return ["API calls", callsPage(simulator)];
  if (rest.length > 0) throw new HttpError(404, "There is no such page.");
  if (place === "contacts" && key === "new") return ["New person", newPersonPage()];
  if (place === "contacts")
    return [`Contact ${key}`, contactPage(simulator, key, known(simulator, place, key))];
  if (place === "orders") return [`Order ${key}`, orderPage(simulator, key, known(simulator, place, key))];
  throw new HttpError(404, "There is no such page.");
}

/** Does what a form asks and names the page to show next. */
async function submit(simulator: Simulator, path: string[], form: URLSearchParams): Promise<string> {
  const [place = "", key = "", action = ""] = path;
  if (place === "run" && path.length === 1) return run(simulator, form.get("stream"));
  if (place === "contacts" && key === "new") {
    const body = { ...simulator.newContactNumber(), ...applyContactForm(blankPerson, form) };
    return contactPath(simulator.put("contacts", body));
  }
  if (place !== "contacts" && place !== "orders") throw new HttpError(404, "There is no such form.");
  const body = known(simulator, place, key);
  if (action === "queue") simulator.queue(place, [key]);
  else if (place === "contacts" && action === "order") simulator.newOrder(key);
  else if (place === "contacts" && action === "anonymise") simulator.anonymise(key);
  else if (place === "contacts" && action === "merge")
    return contactPath(mergeInto(simulator, form.get("into") ?? "", key));
  else if (place === "contacts" && action === "") simulator.put(place, applyContactForm(body, form));
  else throw new HttpError(404, "There is no such form.");
  return place === "contacts" ? contactPath(key) : `/orders/${encodeURIComponent(key)}`;
}

/** Starts a run and waits a little, so that the next page usually shows its outcome. */
async function run(simulator: Simulator, asked: string | null): Promise<string> {
  const stream = streams.find((each) => each === asked);
  await Promise.race([simulator.run(stream), wait(runWaitMs)]);
  return "/";
}

/** Returns the head's number. */
function mergeInto(simulator: Simulator, into: string, loser: string): string {
  const head = into.trim();
  known(simulator, "contacts", head);
  simulator.merge(head, loser);
  return head;
}

function contactPath(key: string): string {
  return `/contacts/${encodeURIComponent(key)}`;
}

function known(simulator: Simulator, stream: Stream, key: string) {
  const body = simulator.venue[stream].get(key);
  if (body === undefined)
    throw new HttpError(404, `S-360 knows no ${key || "blank number"} among its ${stream}.`);
  return body;
}
