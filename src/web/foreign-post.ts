// Whether a form was posted from a page of somebody else (Fetch Metadata, and RFC 6454 for browsers without it).

interface Posted {
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Address under which people reach the pages, where a proxy gives us another name. */
  publicUrl: string | undefined;
}

/** False when the headers do not say: then it was no browser, and nobody was led to it by a page. */
export function isForeignPost({ headers, publicUrl }: Posted): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  const { origin, host } = headers;
  // Browsers write `null` for our own pages too, because no-referrer keeps the origin as well.
  if (origin === undefined || origin === 'null') return false;
  const from = hostOf(origin);
  return from === undefined || (from !== host && from !== hostOf(publicUrl));
}

/** Name and port; the scheme is left out, because TLS may end at a proxy. */
function hostOf(url: string | string[] | undefined): string | undefined {
  return typeof url === 'string' && URL.canParse(url) ? new URL(url).host : undefined;
}
