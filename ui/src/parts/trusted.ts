interface Policies {
  createPolicy(name: string, rules: { createHTML: (html: string) => string }): { createHTML(html: string): unknown };
}
declare global {
  var trustedTypes: Policies | undefined;
}

/** Known to this file alone. Where the page's policy asks for it, no other part of the page can turn a text into HTML. */
const sanitised = globalThis.trustedTypes?.createPolicy('engine-html', { createHTML: (html) => html });

/** HTML that the engine's allow-list wrote, as the browser takes it. */
export const trusted = (html: string): string => (sanitised?.createHTML(html) as string | undefined) ?? html;
