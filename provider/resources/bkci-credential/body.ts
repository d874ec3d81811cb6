import type { CredentialBody } from "../../clients/bkci";
import type { Args } from "./inputs";
import { numbered } from "./types";

/** What is written of a credential. */
export function bodyOf(args: Args): CredentialBody {
  const { type, name, remark } = args;
  return {
    credentialType: type,
    ...(name !== undefined && { credentialName: name }),
    ...(remark !== undefined && { credentialRemark: remark }),
    ...numbered(type, args),
  };
}
