import './tokens.css';
import './base.css';
import { mount } from 'svelte';
import Shell from './Shell.svelte';
import { host } from './host';
import { copyAsWritten } from './host/clipboard';
import { stay } from './host/stay';
import { App } from './state/app.svelte';

const app = new App(host);

// Theme, zoom and widths come from the engine. A short wait avoids a flash of the wrong theme; a slow disk must not hold the window.
await Promise.race([app.preferences.load(), new Promise((go) => setTimeout(go, 150))]);

document.addEventListener('copy', copyAsWritten);
stay();

const target = document.getElementById('app');
if (target) mount(Shell, { target, props: { app } });
