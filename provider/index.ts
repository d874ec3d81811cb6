export { App, type AppArgs } from "./resources/app";
export { AppCode, type AppCodeArgs } from "./resources/app-code";
