// The gate between the page and the host: a frame of its own that the page cannot reach into. Tauri hands every message
// to this function before it signs it for the host; what throws here is dropped, and nobody hears of it.
//
// The host decides what a command may do. This only makes sure that, whatever runs in the page, nothing but our one
// command and our events is ever asked of it.
'use strict';
(() => {
  const isRecord = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

  /** What may pass, and what it has to look like. */
  const passes = {
    rpc: ({ name, args }) => typeof name === 'string' && /^[a-z_]{1,40}$/.test(name) && isRecord(args),
    'plugin:event|listen': ({ event }) => event === 'precedent' || /^tauri:\/\/drag-(enter|over|drop|leave)$/.test(event),
    'plugin:event|unlisten': ({ event }) => typeof event === 'string',
    // A long answer to `rpc`, fetched where the system's web view cannot take it in one piece.
    'plugin:__TAURI_CHANNEL__|fetch': () => true,
  };

  window.__TAURI_ISOLATION_HOOK__ = (message) => {
    const pass = Object.hasOwn(passes, message.cmd) && passes[message.cmd](message.payload ?? {});
    if (!pass) throw new Error(`dropped: ${String(message.cmd).slice(0, 80)}`);
    return message;
  };
})();
