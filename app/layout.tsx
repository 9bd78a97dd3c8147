import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import "@salesforce-ux/design-system/assets/styles/salesforce-lightning-design-system.css";
import "./globals.css";
import { QueryProvider } from "@/components/query-provider";
import { ToastProvider } from "@/components/ui/toast";

export const metadata: Metadata = {
  title: { default: "S-360 connector", template: "%s · S-360 connector" },
  robots: { index: false, follow: false },
};

export const viewport: Viewport = { width: "device-width", initialScale: 1 };

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <QueryProvider>
          <ToastProvider>{children}</ToastProvider>
        </QueryProvider>
      </body>
    </html>
  );
}
