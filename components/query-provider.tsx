"use client";

import { useState, type ReactNode } from "react";
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { reportFailure, reportSuccess } from "./shell/reach";
import { ApiError } from "./ui/api";

/** TanStack Query for all pages: the database or the network being away is retried, what the server refuses is not. */
export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(newClient);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

function newClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 2_000, retry: (failures, error) => failures < 2 && isAway(error) },
    },
    queryCache: new QueryCache({ onError: reportFailure, onSuccess: reportSuccess }),
    mutationCache: new MutationCache({ onError: reportFailure, onSuccess: reportSuccess }),
  });
}

function isAway(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status === 503);
}
