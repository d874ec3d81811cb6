export { canNameGroup, checkDefinition, groupNameFrom, titleProblems, type CheckOptions } from "./check";
export { loadDefinition, operationsMap, type Definition } from "./definition";
export type { AuthType, Operation } from "./operation";
export { DefinitionError, describeProblems, type DefinitionProblem } from "./problem";
export { withLines } from "./lines";
export { MAX_OPERATIONS, split, subset } from "./split";
