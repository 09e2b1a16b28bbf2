import type { Args, CommandName, Drop, Event, Host, Reply, Stop } from '../../src/host';
import { HostError } from '../../src/host/error';

type Answers = { [K in CommandName]?: (args: Args<K>) => Reply<K> | Promise<Reply<K>> };

/** The seam of the page: answers what a test gave it, remembers what it was asked. */
export class FakeHost implements Host {
  ownWindow = false;
  calls: { name: CommandName; args: unknown }[] = [];
  copied: string[] = [];
  opened: string[] = [];
  #hearers = new Set<(event: Event) => void>();
  #drops = new Set<(drop: Drop) => void>();

  constructor(public answers: Answers = {}) {}

  async call<K extends CommandName>(name: K, args: Args<K>): Promise<Reply<K>> {
    this.calls.push({ name, args });
    const answer = this.answers[name] as ((args: Args<K>) => Reply<K> | Promise<Reply<K>>) | undefined;
    if (!answer) throw new HostError({ code: 'unknown_command', message: `${name} is not answered here.`, hint: null, retryable: false });
    return answer(args);
  }

  /** What one command was called with, in order. */
  asked<K extends CommandName>(name: K): Args<K>[] {
    return this.calls.filter((call) => call.name === name).map((call) => call.args as Args<K>);
  }

  onEvent(hear: (event: Event) => void): Stop {
    this.#hearers.add(hear);
    return () => this.#hearers.delete(hear);
  }

  onFilesDropped(hear: (drop: Drop) => void): Stop {
    this.#drops.add(hear);
    return () => this.#drops.delete(hear);
  }

  emit(event: Event): void {
    for (const hear of this.#hearers) hear(event);
  }

  drop(...paths: string[]): void {
    for (const hear of this.#drops) hear({ phase: 'dropped', paths });
  }

  async openExternal(url: string): Promise<void> {
    this.opened.push(url);
  }

  downloaded: [string, string][] = [];
  download(name: string, text: string): void {
    this.downloaded.push([name, text]);
  }

  async copyText(text: string): Promise<void> {
    this.copied.push(text);
  }
}

/** An answer that comes when a test says so. */
export function later<T>(): { promise: Promise<T>; give: (value: T) => void; fail: (error: unknown) => void } {
  let give!: (value: T) => void;
  let fail!: (error: unknown) => void;
  const promise = new Promise<T>((resolve, reject) => {
    give = resolve;
    fail = reject;
  });
  return { promise, give, fail };
}

export const refusal = (code: string, message = 'It was refused.'): HostError => new HostError({ code, message, hint: null, retryable: false });
