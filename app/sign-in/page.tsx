import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { currentAdmin } from "@/app/(admin)/require-admin";
import { SignInForm } from "@/components/shell/sign-in-form";
import "@/components/shell/shell.css";
import { safeNext } from "./next-address";

export const metadata: Metadata = { title: "Sign in" };

interface SignInProps {
  searchParams: Promise<{ next?: string | string[] }>;
}

export default async function SignInPage({ searchParams }: SignInProps) {
  const next = safeNext((await searchParams).next);
  if (await currentAdmin()) redirect(next);
  return (
    <main className="shell-sign-in">
      <div className="shell-sign-in__box">
        <p className="shell-name">S-360 connector</p>
        <h1 className="slds-text-heading_medium slds-m-vertical_small">Sign in</h1>
        <SignInForm next={next} />
      </div>
    </main>
  );
}
