"use client";

import { Alert } from "../ui/alert";
import { useObstacle, type Obstacle } from "./reach";

const words: Record<Obstacle, { title: string; text: string }> = {
  "signed-out": {
    title: "You are signed out",
    text: "Nothing you typed is lost: sign in in another tab, then carry on here.",
  },
  "database-away": {
    title: "The connector's database is away",
    text: "What you see is from before. S-360's calls are refused meanwhile, and S-360 sends them again. This page comes back by itself.",
  },
  unreachable: {
    title: "The connector does not answer",
    text: "What you see is from before. Check that it runs and that this device is online. This page comes back by itself.",
  },
};

/** What keeps this page from the server, as long as it does. */
export function ObstacleBanner() {
  const obstacle = useObstacle();
  if (!obstacle) return null;
  const { title, text } = words[obstacle];
  return (
    <Alert tone="error" title={title} live>
      {text}{" "}
      {obstacle === "signed-out" && (
        <a href="/sign-in" target="_blank">
          Sign in
        </a>
      )}
    </Alert>
  );
}
