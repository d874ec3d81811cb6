/**
 * What resources leave for others of the program to do in the same run: who imports an API does not publish it. The engine
 * calls for those other resources only afterwards, and a resource cannot know whether there are any. So the user is told
 * at the end of the run, of what nobody has done by then.
 *
 * Notes of earlier runs or of the preview would be older than the program, and lost where `PULUMI_HOME` is fresh. Only this
 * process is asked: where another provider of the program does it, that is told in vain, but nothing is concealed.
 */
import { warnInTime } from "./warn";

interface Task {
  /** Key of what is to be done to a name for the user. */
  readonly open: Map<string, string>;
  readonly words: (names: readonly string[]) => string;
}

export class Undone {
  #tasks: readonly Task[] = [];

  /**
   * Leaves something for resources that come later.
   *
   * @param parts key of each part to its name for the user
   * @param words the warning about the names of what nobody did
   */
  leave(parts: Iterable<readonly [key: string, name: string]>, words: Task["words"]): void {
    this.#tasks = [...this.#tasks, { open: new Map(parts), words }];
  }

  /** Called when a part is done. If it is left once more later, it is to be done again. */
  done(key: string): void {
    for (const { open } of this.#tasks) open.delete(key);
  }

  /** Whether a part was left and is not done yet. */
  isOpen(key: string): boolean {
    return this.#tasks.some(({ open }) => open.has(key));
  }

  /** Called at the end of the run. */
  async tell(): Promise<void> {
    const tasks = this.#tasks.filter(({ open }) => open.size > 0);
    this.#tasks = [];
    await Promise.all(tasks.map(({ open, words }) => warnInTime(words([...open.values()]))));
  }
}
