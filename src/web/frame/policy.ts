// What a browser may do with an answer (Content Security Policy Level 3).

/** A page of ours: everything comes from ourselves, nothing stands in the page that could run. */
export const PAGE_POLICY = [
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
].join('; ');

/** A file: whatever it is, it runs nothing and loads nothing. */
export const FILE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'";

/** A foreign document in a frame of ours: its own inline style, and nothing else. */
export const SANDBOX_POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'sandbox',
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
].join('; ');
