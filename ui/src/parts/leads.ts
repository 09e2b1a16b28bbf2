import { lead } from '../text/links';
import { words } from '../text/words';

/** Says beside each link which host it leads to, unless its text does; and in words when the text names another one. */
export function leads(element: HTMLElement): void {
  for (const link of element.querySelectorAll('a')) {
    const found = lead(link.href, link.textContent);
    if (found === null || found.said) continue;
    const said = document.createElement('span');
    said.className = found.instead === null ? 'lead' : 'lead elsewhere';
    said.textContent = found.instead === null ? words.link.to(found.host) : words.link.elsewhere(found.host, found.instead);
    link.after(said);
  }
}
