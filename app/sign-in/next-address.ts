type Given = Readonly<Record<string, string | string[] | undefined>>;

/** The sign-in page that leads back to a page with its query. */
export function signInAddress(path: string, searchParams: Given = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(searchParams)) {
    for (const each of [value ?? []].flat()) query.append(name, each);
  }
  const next = query.size > 0 ? `${path}?${query}` : path;
  return next === "/" ? "/sign-in" : `/sign-in?${new URLSearchParams({ next })}`;
}

/** Where to go after the sign-in: a page of this app, whatever the address bar says. */
export function safeNext(next: string | string[] | undefined): string {
  if (typeof next !== "string" || !next.startsWith("/")) return "/";
  const base = "http://this.app";
  const url = URL.canParse(next, base) ? new URL(next, base) : null;
  if (url?.origin !== base || url.pathname.startsWith("//")) return "/";
  if (url.pathname.startsWith("/sign-in") || url.pathname.startsWith("/api/")) return "/";
  return `${url.pathname}${url.search}`;
}
