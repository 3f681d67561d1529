// Where quoted text and comments end in a header value (RFC 5322 3.2.2, 3.2.4).

/** Where the quoted text that begins at `at` ends, its closing quote included; the end of the value without one. */
export function endOfQuoted(text: string, at: number): number {
  for (let end = at + 1; end < text.length; end += 1) {
    if (text.charAt(end) === '\\') end += 1;
    else if (text.charAt(end) === '"') return end + 1;
  }
  return text.length;
}

/** Where the comment that begins at `at` ends; comments nest. */
export function endOfComment(text: string, at: number): number {
  let depth = 0;
  for (let end = at; end < text.length; end += 1) {
    const char = text.charAt(end);
    if (char === '\\') end += 1;
    else if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    if (depth === 0) return end + 1;
  }
  return text.length;
}
