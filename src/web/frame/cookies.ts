// Cookies (RFC 6265bis): read from a request, written for an answer.

/** The value of the cookie `name`; undefined when there is none. */
export function cookieOf(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name && value !== undefined) return value;
  }
  return undefined;
}

export interface Cookie {
  name: string;
  value: string;
  /** `Strict` is not sent when a page of somebody else leads here, `Lax` is. */
  sameSite: 'Strict' | 'Lax';
  /** Without the prefix even over TLS: for what is no secret. */
  isPlain?: boolean | undefined;
  /** Seconds; left out: until the browser is closed. 0 removes it. */
  maxAge?: number | undefined;
}

/**
 * As `Set-Cookie` has it. With TLS the name begins with `__Host-`, so that no other host and no answer without TLS can
 * set it; on a machine of one's own without TLS browsers would refuse that.
 */
export function setCookie(cookie: Cookie, isSecure: boolean): string {
  const { name, value, sameSite, maxAge, isPlain = false } = cookie;
  const parts = [
    `${cookieName(name, isSecure && !isPlain)}=${value}`,
    'Path=/',
    'HttpOnly',
    `SameSite=${sameSite}`,
  ];
  if (isSecure) parts.push('Secure');
  if (maxAge !== undefined) parts.push(`Max-Age=${maxAge}`);
  return parts.join('; ');
}

export function cookieName(name: string, isSecure: boolean): string {
  return isSecure ? `__Host-${name}` : name;
}

/** Whether people reach the pages over TLS. */
export function isSecureUrl(publicUrl: string): boolean {
  return publicUrl.startsWith('https:');
}
