import type { ApiErrorView, Event, Events } from './bindings';
import { copyText } from './clipboard';
import { HostError, asHostError } from './error';
import type { Args, CommandName, Host, Reply, Stop } from './index';

const POLL_MS = 1000;

/** The same engine behind `precedent serve`: loopback only, one token, kept in the fragment so that no server log sees it. */
export function httpHost(place: Pick<Location, 'hash'>): Host {
  const token = () => new URLSearchParams(place.hash.replace(/^#/, '')).get('token') ?? '';

  /** What is under way in each lane. A newer call ends an older one here already: the answer is wanted by nobody. */
  const lanes = new Map<string, AbortController>();

  function enter(args: unknown): AbortSignal | undefined {
    const lane = (args as { lane?: string }).lane;
    if (lane === undefined) return undefined;
    lanes.get(lane)?.abort();
    const own = new AbortController();
    lanes.set(lane, own);
    return own.signal;
  }

  async function post(name: string, args: unknown): Promise<unknown> {
    const signal = enter(args);
    let answer: Response;
    try {
      answer = await fetch(`/rpc/${name}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token()}` },
        body: JSON.stringify(args),
        signal,
      });
    } catch {
      if (signal?.aborted) throw superseded();
      throw new HostError({ code: 'engine_unreachable', message: 'The engine did not answer.', hint: null, retryable: true });
    }
    const body: unknown = await answer.json().catch(() => null);
    if (signal?.aborted) throw superseded();
    if (answer.ok) return body;
    throw asHostError((body as ApiErrorView | null) ?? { code: `http_${answer.status}`, message: answer.statusText || 'No details.' });
  }

  return {
    ownWindow: false,
    call: <K extends CommandName>(name: K, args: Args<K>) => post(name, args) as Promise<Reply<K>>,
    onEvent: (hear) => polling(post, hear),
    async openExternal(url) {
      window.open(url, '_blank', 'noopener,noreferrer');
    },
    onFilesDropped(hear) {
      const over = (event: DragEvent) => {
        if (!event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        const phase = event.type === 'drop' ? 'dropped' : event.type === 'dragleave' ? 'left' : 'over';
        hear({ phase, paths: [], files: phase === 'dropped' ? [...event.dataTransfer.files] : [] });
      };
      const names = ['dragover', 'dragleave', 'drop'] as const;
      for (const name of names) window.addEventListener(name, over);
      return () => {
        for (const name of names) window.removeEventListener(name, over);
      };
    },
    copyText,
    download,
  };
}

function download(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }));
  link.download = name;
  link.click();
  // A browser reads it before it is let go of.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

const superseded = () => new HostError({ code: 'superseded', message: 'A newer question took its place.', hint: null, retryable: true });

/** Asks for events once a second. The first answer only says where the sequence stands: what came before is no news. */
function polling(post: (name: string, args: unknown) => Promise<unknown>, hear: (event: Event) => void): Stop {
  let after: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  async function ask() {
    try {
      const reply = (await post('events', { after: after ?? 0 })) as Events;
      if (stopped) return;
      if (after !== null) for (const event of reply.events) hear(event);
      after = reply.last;
    } catch {
      // The engine may be restarting; the next round asks again, and a command that a person started says so in words.
    }
    if (!stopped) timer = setTimeout(ask, POLL_MS);
  }
  void ask();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
