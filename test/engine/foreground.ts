import { spawn, type ChildProcess, type StdioOptions } from "node:child_process";

export interface ForegroundOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/**
 * Runs a program, one command at a time, on the terminal of this process. When this process gets a signal to end, the
 * running command ends in order, and the next one is refused: so the caller can clean up.
 */
export class Foreground {
  readonly #interrupt = new AbortController();
  #current: ChildProcess | undefined;

  constructor(
    private readonly program: string,
    private readonly options: ForegroundOptions,
  ) {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => this.#end(signal));
  }

  /** @throws Error if the command fails or this process gets a signal to end */
  async run(args: readonly string[]): Promise<void> {
    await this.#run(args, "inherit");
  }

  /** @returns what the command wrote on stdout, which is not shown on the terminal */
  answer(args: readonly string[]): Promise<string> {
    return this.#run(args, ["ignore", "pipe", "inherit"]);
  }

  async #run(args: readonly string[], stdio: StdioOptions): Promise<string> {
    this.#interrupt.signal.throwIfAborted();
    const child = spawn(this.program, args, { ...this.options, stdio });
    this.#current = child;
    let answer = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => (answer += text));
    const code = await new Promise<number | null>((resolve, reject) =>
      child.once("error", reject).once("close", resolve),
    );
    this.#current = undefined;
    this.#interrupt.signal.throwIfAborted();
    if (code !== 0) throw new Error(`${this.program} ${args[0] ?? ""} failed.`);
    return answer;
  }

  #end(signal: NodeJS.Signals): void {
    this.#interrupt.abort(new Error("Interrupted."));
    // A terminal sends Ctrl-C also to the engine. After a second one the engine would stop without saving.
    if (signal === "SIGTERM" || !process.stdin.isTTY) this.#current?.kill("SIGINT");
  }
}
