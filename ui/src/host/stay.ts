/**
 * The page stays the page. The host refuses to navigate in any case; but WebKit connects to where a link leads before it asks, so
 * nothing here may even begin to: no link is followed, dragged or dropped by the browser itself.
 */
export function stay(page: Document = document): void {
  const prevent = (event: Event, when: boolean) => when && event.preventDefault();
  const onLink = (event: Event) => event.target instanceof Element && event.target.closest('a[href]') !== null;
  const inField = (event: Event) => event.target instanceof Element && event.target.closest('input, textarea') !== null;
  for (const name of ['click', 'auxclick', 'dragstart']) page.addEventListener(name, (event) => prevent(event, onLink(event)), { capture: true });
  for (const name of ['dragover', 'drop']) page.addEventListener(name, (event) => prevent(event, !inField(event)));
}
