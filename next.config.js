/**
 * Everything a page needs comes from this server. Next.js writes its start-up data into inline scripts, and components
 * set inline styles.
 */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** Of every answer; those that do not pass through Next.js get them from here (lib/web/main.ts). */
export const securityHeaders = [
  { key: "Content-Security-Policy", value: contentSecurityPolicy },
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=()" },
];

/** @type {import("next").NextConfig} */
export default {
  serverExternalPackages: ["jsforce", "pg", "pino", "jsonata", "better-auth", "undici"],
  poweredByHeader: false,
  agentRules: false,
  devIndicators: false,
  // A sender does not follow a redirect: an address with a slash at its end is answered as it is.
  skipTrailingSlashRedirect: true,
  // `npm run check` type-checks everything, once.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [{ source: "/:path*", headers: securityHeaders }],
};
