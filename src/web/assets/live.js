// @ts-check
// Hears from the house what changes. One connection, only while somebody looks at the page: browsers allow few.

/** How long a page may be out of sight before it stops listening. */
const PATIENCE_MS = 5_000;

/**
 * @param {{ after: string, ticket?: string, onEvent(name: 'tickets' | 'company' | 'many', data: any): void,
 *   onConnection?(connected: boolean): void }} options
 */
export function listen({ after, ticket, onEvent, onConnection = () => {} }) {
  let newest = after;
  /** @type {EventSource | undefined} */
  let source;
  /** @type {number | undefined} */
  let leaving;

  function open() {
    clearTimeout(leaving);
    if (source && source.readyState !== EventSource.CLOSED) return;
    const query = new URLSearchParams({ after: newest, ...(ticket ? { ticket } : {}) });
    source = new EventSource(`/live?${query}`);
    source.onopen = () => onConnection(true);
    source.onerror = () => onConnection(false);
    for (const name of /** @type {const} */ (['tickets', 'company', 'many'])) {
      source.addEventListener(name, (event) => {
        if (event.lastEventId !== '') newest = event.lastEventId;
        onEvent(name, JSON.parse(event.data));
      });
    }
  }

  function close() {
    source?.close();
    source = undefined;
  }

  document.addEventListener('visibilitychange', () => {
    clearTimeout(leaving);
    if (document.visibilityState === 'visible') open();
    else leaving = setTimeout(close, PATIENCE_MS);
  });
  // A page kept for "back" must not keep a connection.
  addEventListener('pagehide', close);
  addEventListener('pageshow', open);
  if (document.visibilityState === 'visible') open();
}

/**
 * Puts who is at a ticket into `place`; it or an element around it has `data-looking` and `data-answering`, phrases with
 * `{name}`.
 * @param {Element} place @param {{ name: string, doing: 'looking' | 'answering' }[]} who
 */
export function showCompany(place, who) {
  const words = place.closest('[data-looking]');
  place.replaceChildren(
    ...who.map(({ name, doing }) => {
      const badge = document.createElement('span');
      badge.className = 'badge info';
      badge.textContent = (words?.getAttribute(`data-${doing}`) ?? '').replace('{name}', name);
      return badge;
    }),
  );
}

/**
 * The phrase of an element with `data-one` and `data-other` for so many.
 * @param {Element} element @param {number} count
 */
export function phraseFor(element, count) {
  const form = new Intl.PluralRules(document.documentElement.lang).select(count);
  const phrase = element.getAttribute(`data-${form}`) ?? element.getAttribute('data-other') ?? '';
  return phrase.replace('{count}', String(count));
}
