import assert from "node:assert/strict";

/**
 * The message of a failed operation for the user. Checks that it has no stack trace, no header and none of these secrets.
 */
export async function refusalOf(operation: Promise<unknown>, secrets: readonly string[] = []): Promise<string> {
  const message = await operation.then(
    () => assert.fail("it did not fail"),
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  assert.doesNotMatch(message, /^\s+at /m, "a stack trace");
  assert.doesNotMatch(message, /SDK-HMAC-SHA256|x-auth-token|x-sdk-date|authorization:/i, "a header");
  for (const secret of secrets) assert.ok(!message.includes(secret), "a secret");
  return message;
}
