// The only door to the outside: the engine, the clipboard, files dropped on the window, links that leave it.
import type { Commands, Event } from './bindings';
import { httpHost } from './http';
import { tauriHost } from './tauri';

export type * from './bindings';
export { HostError, asHostError } from './error';

export type CommandName = keyof Commands;
export type Args<K extends CommandName> = Commands[K]['args'];
export type Reply<K extends CommandName> = Commands[K]['reply'];
/** Ends what it came from. */
export type Stop = () => void;

export interface Drop {
  phase: 'over' | 'left' | 'dropped';
  /** Where the files lie. Empty in a browser, which does not tell. */
  paths: string[];
  /** The files themselves, where a browser hands them over. */
  files?: File[];
}

export interface Host {
  /** Whether this is the program's own window, which can speak through the system. */
  readonly ownWindow: boolean;
  call<K extends CommandName>(name: K, args: Args<K>): Promise<Reply<K>>;
  onEvent(hear: (event: Event) => void): Stop;
  openExternal(url: string): Promise<void>;
  onFilesDropped(hear: (drop: Drop) => void): Stop;
  copyText(text: string): Promise<void>;
  /** A new file where a browser puts them; the window has the engine write it instead. */
  download(name: string, text: string): void;
}

/** The window has Tauri's internals; `precedent serve` shows the same files in a browser and talks HTTP. */
export const host: Host = '__TAURI_INTERNALS__' in globalThis ? tauriHost() : httpHost(location);

export const { call, onEvent, openExternal, onFilesDropped, copyText } = host;
