// Tag lists (RFC 6376 3.2): `v=1; d=home.example; …`. Only to learn which keys will be asked for.

const MAX_TAGS = 50;

/** The tags of an unfolded value; of a name given twice the first. Spaces inside values are left out. */
export function readTagList(value: string): Map<string, string> {
  const tags = new Map<string, string>();
  for (const part of value.split(';', MAX_TAGS)) {
    const equals = part.indexOf('=');
    const name = part.slice(0, Math.max(0, equals)).trim().toLowerCase();
    if (name !== '' && !tags.has(name)) tags.set(name, part.slice(equals + 1).replace(/\s+/g, ''));
  }
  return tags;
}

/** Where the key of a signature or seal stands (RFC 6376 3.6.2.1); undefined when it does not say. */
export function keyNameOf(tags: ReadonlyMap<string, string>): string | undefined {
  const domain = tags.get('d');
  const selector = tags.get('s');
  return domain && selector ? `${selector}._domainkey.${domain}`.toLowerCase() : undefined;
}
