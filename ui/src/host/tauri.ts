import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import { getCurrentWebview } from '@tauri-apps/api/webview';
import type { Event } from './bindings';
import { copyText } from './clipboard';
import { asHostError } from './error';
import type { Args, CommandName, Drop, Host, Reply, Stop } from './index';

/** The window: one `rpc` command, one event name. */
export function tauriHost(): Host {
  return {
    ownWindow: true,
    async call<K extends CommandName>(name: K, args: Args<K>): Promise<Reply<K>> {
      try {
        return await invoke<Reply<K>>('rpc', { name, args });
      } catch (thrown) {
        throw asHostError(thrown);
      }
    },
    onEvent: (hear) => stopping(listen<Event>('precedent', (event) => hear(event.payload))),
    async openExternal(url) {
      try {
        await invoke('rpc', { name: 'open_url', args: { url } });
      } catch (thrown) {
        throw asHostError(thrown);
      }
    },
    onFilesDropped: (hear) =>
      stopping(
        getCurrentWebview().onDragDropEvent(({ payload }) => {
          const drop: Record<typeof payload.type, Drop['phase']> = { enter: 'over', over: 'over', leave: 'left', drop: 'dropped' };
          hear({ phase: drop[payload.type], paths: payload.type === 'drop' ? payload.paths : [] });
        }),
      ),
    copyText,
    download() {
      throw new Error('the window lets the engine write files');
    },
  };
}

/** Tauri hands its unsubscribe function over later; the caller wants to be able to stop now. */
function stopping(listening: Promise<Stop>): Stop {
  return () => void listening.then((stop) => stop());
}
