export { App, type AppArgs } from "./resources/app";
export { AppCode, type AppCodeArgs } from "./resources/app-code";
export { ApiImport, type ApiImportArgs, type ImportedApi } from "./resources/api-import";
export { Provider, type ProviderArgs } from "./provider";
