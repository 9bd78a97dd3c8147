"use client";

import { apiSend } from "../ui/api";
import { Button } from "../ui/button";
import { Menu, MenuButton, MenuText } from "../ui/menu";
import { problemSentence } from "../ui/problem";
import { useToast } from "../ui/toast";

/** Who is signed in, and the way out. */
export function UserMenu({ email }: { email: string }) {
  const toast = useToast();
  const signOut = async () => {
    try {
      await apiSend("POST", "/api/auth/sign-out", {});
    } catch (error) {
      toast.error("You are still signed in", problemSentence(error));
      return;
    }
    window.location.assign("/sign-in");
  };
  return (
    <Menu
      trigger={
        <Button icon="user" iconOnly className="shell-user">
          Your account
        </Button>
      }
    >
      <MenuText>
        Signed in as
        <br />
        <strong>{email}</strong>
      </MenuText>
      <MenuButton onClick={() => void signOut()}>Sign out</MenuButton>
    </Menu>
  );
}
