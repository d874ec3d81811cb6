/** What resources say to take over what exists: an error if it is not there, and no write at the services. */
export const adoption = "only";
