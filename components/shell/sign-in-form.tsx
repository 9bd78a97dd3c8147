"use client";

import { useState, type FormEvent } from "react";
import { useMutation } from "@tanstack/react-query";
import { Alert } from "../ui/alert";
import { ApiError, apiSend } from "../ui/api";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { problemSentence } from "../ui/problem";

interface Credentials {
  email: string;
  password: string;
}

/** E-mail and password; goes on to `next`, a page of this app. */
export function SignInForm({ next }: { next: string }) {
  const [given, setGiven] = useState<Credentials>({ email: "", password: "" });
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: (credentials: Credentials) => apiSend("POST", "/api/auth/sign-in/email", credentials),
    onSuccess: () => window.location.assign(next),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate({ ...given, email: given.email.trim() });
  };
  return (
    <form onSubmit={submit} className="slds-form">
      {error && (
        <Alert tone="error" live>
          {sentence(error)}
        </Alert>
      )}
      <Field label="E-mail" required>
        <Input
          type="email"
          name="email"
          autoComplete="username"
          autoFocus
          value={given.email}
          onChange={(event) => setGiven({ ...given, email: event.target.value })}
        />
      </Field>
      <Field label="Password" required>
        <Input
          type="password"
          name="password"
          autoComplete="current-password"
          value={given.password}
          onChange={(event) => setGiven({ ...given, password: event.target.value })}
        />
      </Field>
      <Button
        type="submit"
        variant="brand"
        busy={isPending || isSuccess}
        className="slds-button_stretch slds-m-top_medium"
      >
        Sign in
      </Button>
    </form>
  );
}

function sentence(error: unknown): string {
  if (!(error instanceof ApiError)) return problemSentence(error);
  if (error.status === 401 || error.status === 400) return "The e-mail or the password is wrong.";
  if (error.status === 429) return "Too many tries. Wait a minute, then try again.";
  if (error.status === 403) {
    return "This address is not known to the connector. Open it at its public address, or set PUBLIC_URL to this one.";
  }
  if (error.status >= 500) return "The connector cannot sign you in at the moment. Try again in a minute.";
  return error.detail;
}
