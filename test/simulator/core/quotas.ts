/** Limits of a new simulator, as on the service's pages. `control` can raise them. */
export const defaultQuotas: Readonly<Record<string, number>> = {
  /** API groups of an instance (APIG.3101). */
  groups: 1500,
  /** APIs of an instance (APIG.3102), as in the smallest edition. */
  apis: 250,
  /** Apps of an instance (APIG.3103). */
  apps: 50,
  /** Environments of an instance (APIG.3104). */
  environments: 10,
  /** APIs of a group (APIG.3125). */
  apisPerGroup: 1000,
  /** APIs of one import (APIG.3127). */
  apisPerImport: 300,
  /** AppCodes of an app (APIG.3131). */
  appCodesPerApp: 5,
  /** Secrets of a project. */
  secrets: 200,
  /** Tags of a secret. */
  tagsPerSecret: 20,
};
