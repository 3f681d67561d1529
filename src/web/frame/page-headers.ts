// The headers of pages that bring the style sheet and scripts of the house.
import { SECURITY_HEADERS } from '../headers.js';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
];

/** Nothing inline, nothing from elsewhere (Content Security Policy Level 3). */
export const PAGE_HEADERS = { ...SECURITY_HEADERS, 'content-security-policy': POLICY.join('; ') } as const;
