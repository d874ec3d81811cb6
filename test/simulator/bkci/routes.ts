import type { Route } from "../core/types";

export const routes: Route[] = [];
