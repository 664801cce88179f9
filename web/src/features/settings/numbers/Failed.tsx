import { Text } from "@mantine/core";
import { ApiError } from "@/api/client";

/** What was refused, and why. */
export function Failed({ error }: { readonly error: Error | null }) {
  if (error === null) return null;
  return (
    <Text c="red" role="alert">
      {error instanceof ApiError ? (error.problem?.detail ?? error.message) : error.message}
    </Text>
  );
}
