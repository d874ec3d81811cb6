import {
  AxiosHeaders,
  getAdapter,
  isAxiosError,
  type AxiosAdapter,
  type AxiosInstance,
  type AxiosResponse,
  type InternalAxiosRequestConfig,
} from "axios";
import { adviceOn, nextStepOf } from "./advice";
import { fields, readBody } from "./answer";
import { NotAuthenticated, type Authenticator, type Stamp } from "./authenticator";
import { USUAL_SIZE } from "./answer-limits";
import type { ServiceClock } from "./clock";
import { isCrowded, usualAdvice } from "./codes";
import { wellFormed } from "./encoding";
import { isLoopback } from "./endpoints";
import { ApiError } from "./errors";
import { failureOf, headersOf, refusal, unusable, type Failure } from "./failure";
import type { ConcurrencyLimits, Write } from "./concurrency";
import type { CallArguments, Caller, Operation, Service } from "./operation";
import { proxyProblem } from "./proxies";
import { secretsInBody, type Secrets } from "./redact";
import { buildRequest, type WireRequest } from "./request";
import { asksForTime, backoff, classify, type RetryBudget } from "./retry";

/** Longest time for one request and its whole answer, in milliseconds. Imports of hundreds of operations are slow. */
const REQUEST_TIMEOUT = { json: 60_000, form: 300_000 };

/** Least time for the last attempt before the deadline, in milliseconds. */
const SHORTEST_TIMEOUT = 1_000;

/** Longest time for a call with all its retries and waits, in milliseconds from its first attempt. */
const DEADLINE = 600_000;

/** Longest text of a service in a message, in characters. */
const LONGEST_REASON = 300;

const httpAdapter = getAdapter("http");

/** What the callers of one connection share. */
export interface Shared {
  readonly http: AxiosInstance;
  readonly limits: ConcurrencyLimits;
  readonly budget: RetryBudget;
  readonly clock: ServiceClock;
  readonly secrets: Secrets;
  readonly maxRetries: number;
  /** Where the credentials come from. Added to errors about refused credentials and missing permissions. */
  readonly aboutCredentials: string;
  /** Names the settings in our own sentences, which have keys such as `huaweicloud:region`, as users of this host know them. */
  readonly spellKeys: (sentence: string) => string;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly random: () => number;
}

/** Where calls go, and with which identity. */
export interface Target {
  /** Address of a service, with trailing slash. */
  readonly root: (service: Service) => string;
  /** Path values of every call, for example `project_id`. */
  readonly path: Readonly<Record<string, string>>;
  readonly authenticator: Authenticator;
  /** The place in words, for messages about permissions. */
  readonly place?: string;
}

/** Makes calls: authenticated, with limits, with retries where they are safe, with readable errors. */
export class HttpCaller implements Caller {
  constructor(
    private readonly shared: Shared,
    private readonly target: Target,
  ) {}

  async call<Response>(operation: Operation<Response>, args: CallArguments = {}): Promise<Response> {
    const call = new Call(this.shared, this.target, operation, args);
    return call.run();
  }

  moment(service: Service): () => number {
    return this.shared.clock.moment(service);
  }

  async again(tries: number): Promise<boolean> {
    const { shared } = this;
    const failure = { kind: "unavailable" } as const;
    if (tries > shared.maxRetries || !shared.budget.spend(failure)) return false;
    await shared.sleep(backoff(failure, tries, shared.now(), shared.random));
    return true;
  }
}

/** One call with all its attempts. */
class Call<Response> {
  readonly #request: WireRequest;
  readonly #largest: number;
  #attempts = 0;
  #retries = 0;
  #deadline = Infinity;
  #stamp: Stamp | undefined;
  #renewed = false;

  constructor(
    private readonly shared: Shared,
    private readonly target: Target,
    private readonly operation: Operation<Response>,
    private readonly args: CallArguments,
  ) {
    this.#largest = operation.largestAnswer ?? USUAL_SIZE;
    this.#request = buildRequest(operation, args, target.root(operation.service), target.path);
  }

  async run(): Promise<Response> {
    const { operation, shared } = this;
    try {
      const answer = await shared.http.request<Uint8Array>({
        // Each attempt makes its own request: axios-retry's copy of the last one holds an outdated signature.
        adapter: this.#attempt,
        validateStatus: (status) => operation.success.includes(status),
        "axios-retry": {
          // The library only repeats. #retry decides whether, when and how often, and it also waits.
          retries: Infinity,
          retryCondition: (error) => this.#retry(error),
          retryDelay: () => 0,
        },
      });
      const response = this.#read(answer);
      shared.budget.earn(this.#retries);
      return response;
    } catch (error) {
      throw this.#explain(error);
    }
  }

  /** The steps of every attempt: authenticate, wait for a slot, sign, send. */
  readonly #attempt: AxiosAdapter = async (config) => {
    const { limits } = this.shared;
    // Before it takes a slot, because a token request needs a slot, too.
    const stamp = await this.target.authenticator.prepare();
    return limits.run(this.#host, this.#write, this.#attempts > 0, () => this.#send(config, stamp));
  };

  get #host(): string {
    return new URL(this.#request.url).host;
  }

  async #send(config: InternalAxiosRequestConfig, stamp: Stamp): Promise<AxiosResponse> {
    const { shared, operation, args } = this;
    const now = shared.now();
    if (this.#attempts === 0) this.#deadline = now + DEADLINE;
    this.#attempts += 1;
    this.#stamp = stamp;
    const { method, url, headers, body } = stamp(this.#request);
    const timeout = Math.min(REQUEST_TIMEOUT[args.form === undefined ? "json" : "form"], this.#deadline - now);
    const answer = httpAdapter({
      ...config,
      method,
      url,
      headers: new AxiosHeaders(headers),
      data: body,
      maxContentLength: this.#largest,
      // Not axios's own timeout: it starts again with every byte, so a slow answer could take for ever.
      signal: AbortSignal.timeout(Math.max(SHORTEST_TIMEOUT, timeout)),
      // A proxy cannot reach this machine's loopback. For other hosts the proxy variables decide.
      ...(isLoopback(new URL(url).hostname) ? { proxy: false as const } : {}),
    });
    const note = (response: AxiosResponse) => shared.clock.note(operation.service, headersOf(response));
    try {
      const response = await answer;
      note(response);
      return response;
    } catch (error) {
      if (!isAxiosError(error)) throw proxyProblem(url) ?? error;
      if (error.response !== undefined) note(error.response);
      throw error;
    }
  }

  /** Undefined unless the call changes an APIG instance. */
  get #write(): Write | undefined {
    const { operation, args, target } = this;
    const { service, method, collidesIn } = operation;
    const instance = args.path?.["instance_id"];
    if (service !== "apig" || method === "GET" || instance === undefined) return undefined;
    return {
      instance: `${target.path["project_id"] ?? ""}/${instance}`,
      collides: collidesIn && `${collidesIn} ${args.scope ?? ""}`,
    };
  }

  /** Decides whether axios-retry sends the request again, and waits before it does. */
  async #retry(error: unknown): Promise<boolean> {
    const { shared, operation } = this;
    const failure = failureOf(error, operation.service);
    if (failure === undefined) return false;
    if (this.#write !== undefined && isCrowded(failure)) shared.limits.narrow(this.#write);
    if (failure.kind === "unauthorized") return this.#renew();
    if (classify(failure, operation.idempotent) !== "retry" || this.#retries >= shared.maxRetries) return false;
    const wait = backoff(failure, this.#retries + 1, shared.now(), shared.random);
    if (shared.now() + wait >= this.#deadline || !shared.budget.spend(failure)) return false;
    this.#retries += 1;
    const sleep = () => shared.sleep(wait);
    await (asksForTime(failure) ? shared.limits.putOff(this.#host, sleep) : sleep());
    return true;
  }

  /** A call with a refused credential had no effect, so every call may be sent once more with a fresh one. */
  #renew(): boolean {
    if (this.#renewed || this.#stamp === undefined) return false;
    this.#renewed = true;
    return this.target.authenticator.renew(this.#stamp, this.shared.clock.ahead(this.operation.service));
  }

  #read(answer: AxiosResponse<Uint8Array>): Response {
    const { operation } = this;
    const headers = headersOf(answer);
    const refused = (problem: string) => this.#error(unusable(answer.status, problem, headers("x-request-id")));
    let body = readBody(answer.data, this.#largest, this.#clean);
    if ("problem" in body) throw refused(body.problem);
    if (operation.service === "bkci") {
      const envelope = fields(body.value);
      if (!("status" in envelope)) throw refused("the answer has no status");
      if (envelope["status"] !== 0) throw this.#error(refusal(answer.status, answer.data, headers, "bkci"));
      body = { value: envelope["data"] ?? null };
    }
    const name = operation.responseHeader;
    const parsed = operation.response.safeParse(
      name === undefined ? body.value : { header: headers(name), body: body.value },
    );
    if (parsed.success) {
      const answer = fields(parsed.data);
      // An empty answer is about no other object.
      const about = parsed.data === null ? [] : Object.entries(this.args.about ?? {});
      const other = about.find(([field, value]) => answer[field] !== value);
      if (other !== undefined) throw refused(`the answer is about another object: it has another ${other[0]}`);
      return parsed.data;
    }
    const issues = parsed.error.issues
      .slice(0, 3)
      .map(({ path, message }) => `${path.join(".") || "the answer"}: ${message}`);
    throw refused(`the answer is not of the documented shape: ${issues.join("; ")}`);
  }

  /** Turns what was thrown into the error that the caller gets. */
  #explain(error: unknown): unknown {
    if (error instanceof NotAuthenticated) {
      const { reason, nextStep } = error;
      return this.#error({ kind: "unauthorized", reason, nextStep, transient: false, effect: "none" });
    }
    const failure = failureOf(error, this.operation.service);
    // Not a failed attempt: an error of the token request, which has its own message, or a bug.
    return failure === undefined ? error : this.#error(failure);
  }

  /**
   * Makes a text of a service fit for a message: one short line, without secrets of the settings, the resources or this
   * call. Not used on our own sentences: if a password is an ordinary word, the masked gap would show it.
   */
  readonly #clean = (words: string): string => oneLine(this.shared.secrets.mask(words, secretsInBody(this.args.body)));

  #error(failure: Failure): ApiError {
    const { operation, args, shared, target } = this;
    const advice = adviceOn(failure, target, shared.aboutCredentials);
    const cleanAny = (words: string | undefined) => (words === undefined ? undefined : this.#clean(words));
    const ambiguous = classify(failure, operation.idempotent) === "ambiguous";
    return new ApiError({
      kind: ambiguous ? "ambiguous" : failure.kind,
      operation,
      subject: args.subject && oneLine(args.subject),
      reason: cleanAny(failure.words) ?? oneLine(failure.reason),
      nextStep: shared.spellKeys(ambiguous ? usualAdvice.ambiguous : nextStepOf(failure, target.authenticator)),
      advice: advice && shared.spellKeys(advice),
      status: failure.status,
      code: cleanAny(failure.code),
      requestId: cleanAny(failure.requestId),
      attempts: this.#attempts,
      cause: failure.cause && cleanCause(failure.cause, this.#clean),
    });
  }
}

/** A cause with only a message and node's error code. */
function cleanCause(cause: Error, clean: (words: string) => string): Error {
  return Object.assign(new Error(clean(cause.message)), "code" in cause ? { code: cause.code } : {});
}

/** The text in one line, cut to its limit. Call it after masking: half a secret would not be recognised. */
function oneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Bidi_Control}\s]+/gu, " ").trim();
  return line.length > LONGEST_REASON ? `${wellFormed(line.slice(0, LONGEST_REASON))}…` : line;
}
