/** Whether a text is an http(s) address that carries no credentials. */
export function isHttpUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  return /^https?:$/.test(url.protocol) && url.username === "" && url.password === "" && url.hash === "";
}

/** Whether an address names a host only: what follows it would be cut off or joined wrongly. */
export function isOrigin(value: string): boolean {
  return URL.canParse(value) && new URL(value).pathname === "/" && new URL(value).search === "";
}

export function withoutLastSlash(value: string): string {
  return value.replace(/\/+$/, "");
}

/** Whether a text names a zone of the IANA time zone database (an offset such as +01:00 has no summer time). */
export function isTimeZone(value: string): boolean {
  if (!/^[A-Za-z]/.test(value)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: value });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
