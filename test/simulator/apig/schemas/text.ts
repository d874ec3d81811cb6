import { z } from "zod";

/** Lengths count Unicode characters, so that one Chinese character counts as one. */
export const text = (max: number) => z.string().refine((value) => Array.from(value).length <= max);

const pattern = (expression: RegExp) => z.string().regex(expression);

/** Groups and APIs: 3-255 characters, first a letter, digit or Chinese character. */
export const resourceName = pattern(/^[\p{Script=Han}A-Za-z0-9][\p{Script=Han}A-Za-z0-9\-_./():（）：、]{2,254}$/u);

/** Apps: 3-64 characters, first a letter or Chinese character. The page has no hyphen, but the console allows it. */
export const appName = pattern(/^[\p{Script=Han}A-Za-z][\p{Script=Han}A-Za-z0-9_-]{2,63}$/u);

export const environmentName = pattern(/^[A-Za-z]\w{2,63}$/u);

export const appKey = pattern(/^[A-Za-z0-9][\w-]{7,199}$/u);
export const appSecret = pattern(/^[A-Za-z0-9][\w\-!@#$%]{7,127}$/u);

export const appCode = pattern(/^[A-Za-z0-9+/][A-Za-z0-9+_!@#$%\-/=]{63,179}$/u);

/** Ids are 32 hex digits on the pages, but `DEFAULT_ENVIRONMENT_RELEASE_ID` too. */
export const id = pattern(/^[\w-]{1,64}$/u);

export const variableName = pattern(/^[A-Za-z][\w-]{2,31}$/u);
export const variableValue = pattern(/^[\w\-/.:]{1,255}$/u);

/** Request and backend parameters. */
export const parameterName = pattern(/^[A-Za-z][\w.-]{0,31}$/u);

/** At most 512 characters of a URI path, whose segments are plain, `{name}` or a last `{name+}`. */
export const requestPath = z
  .string()
  .max(512)
  .regex(/^(\/([\w\-.~%*!$&'()+,;=:@]*|\{[\w.-]+\+?\}))+$/u)
  .regex(/^(?!.*\+\}.)/u);

/** As `requestPath`, but a backend path may hold `prefix-{name}`, and environment variables `#name#`. */
export const backendPath = z
  .string()
  .max(512)
  .regex(/^\/([\w\-.~%*!$&'()+,;=:@/#]|\{[\w.-]+\})*$/u);
