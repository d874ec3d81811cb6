export type {
  Arrangement,
  Auth,
  Backend,
  BackendParameter,
  FunctionBackend,
  HttpBackend,
  MockBackend,
  OperationDefaults,
  OperationOverrides,
  VpcBackend,
} from "./arrangement";
export { Accepted } from "./breaking/accepted";
export { callableOf, type Callable } from "./breaking/callable";
export { effectOn } from "./breaking/compare";
export { Serving } from "./breaking/serving";
export { readDefinition, type Definition } from "./definition";
export { openFile, openText, type SourceFile } from "./files";
export { canNameGroup, groupNameFrom, titleProblem } from "./group-name";
export { insideDifferences, insideDigest, readExport, type Inside } from "./inside";
export { DefinitionError, describeProblems, printable, type DefinitionProblem } from "./problem";
export { clipped } from "./project/kept";
export { isApiName, NAME_RULE } from "./project/names";
export { authText, hasPart, keepsApi, textOf } from "./project/line";
export { differencesIn } from "./project/said";
export { PARAMETER_NAME } from "./project/parameters";
export type { AuthType, Operation } from "./operation";
export { inBatches, writeDocument } from "./write";
