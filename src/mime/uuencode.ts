// Files that old programs wrote into the text itself: uuencode and its base64 form (POSIX 1003.1).

export interface WrittenFile {
  /** As declared, not yet safe. */
  name: string;
  bytes: Buffer;
}

const BEGIN = /^begin(-base64)? [0-7]{3,4} ([^\n]{1,255})$/gm;
const MAX_FILES = 100;

/**
 * `text` with every whole file taken out, its name in brackets where it stood. What is not whole to the last line
 * stays text.
 */
export function takeWrittenFiles(text: string): { text: string; files: WrittenFile[] } {
  const files: WrittenFile[] = [];
  if (!text.startsWith('begin') && !text.includes('\nbegin')) return { text, files };
  const kept: string[] = [];
  let from = 0;
  BEGIN.lastIndex = 0;
  for (let match = BEGIN.exec(text); match && files.length < MAX_FILES; match = BEGIN.exec(text)) {
    const start = match.index + match[0].length + 1;
    const found = match[1] ? base64Lines(text, start) : uuLines(text, start);
    if (!found) continue;
    const name = (match[2] ?? '').trim();
    kept.push(text.slice(from, match.index), `[${name}]`);
    files.push({ name, bytes: found.bytes });
    from = found.end;
    BEGIN.lastIndex = from;
  }
  return files.length === 0 ? { text, files } : { text: kept.join('') + text.slice(from), files };
}

interface Found {
  bytes: Buffer;
  /** Behind the line that ends the file. */
  end: number;
}

function uuLines(text: string, start: number): Found | undefined {
  const pieces: Buffer[] = [];
  let at = start;
  while (at < text.length) {
    const { line, next } = lineAt(text, at);
    if (line === 'end') return { bytes: Buffer.concat(pieces), end: at + line.length };
    const piece = decodeLine(line);
    if (!piece) return undefined;
    pieces.push(piece);
    at = next;
  }
  return undefined;
}

/** The bytes of one line; undefined when it is none. Programs that cut blanks at line ends are forgiven. */
function decodeLine(line: string): Buffer | undefined {
  if (line === '') return Buffer.alloc(0);
  const length = sixBits(line, 0);
  const characters = Math.ceil(length / 3) * 4;
  if (!/^[ -`]{1,90}$/.test(line) || line.length > characters + 4) return undefined;
  const bytes = Buffer.alloc((characters / 4) * 3);
  for (let group = 0; group < characters / 4; group++) {
    const at = 1 + group * 4;
    const bits =
      (sixBits(line, at) << 18) |
      (sixBits(line, at + 1) << 12) |
      (sixBits(line, at + 2) << 6) |
      sixBits(line, at + 3);
    bytes.writeUIntBE(bits, group * 3, 3);
  }
  return bytes.subarray(0, length);
}

function sixBits(line: string, at: number): number {
  return at < line.length ? (line.charCodeAt(at) - 32) & 63 : 0;
}

function base64Lines(text: string, start: number): Found | undefined {
  let at = start;
  while (at < text.length) {
    const { line, next } = lineAt(text, at);
    if (line === '====') {
      return { bytes: Buffer.from(text.slice(start, at), 'base64'), end: at + line.length };
    }
    if (!/^[A-Za-z0-9+/=]{0,100}$/.test(line)) return undefined;
    at = next;
  }
  return undefined;
}

function lineAt(text: string, at: number): { line: string; next: number } {
  const end = text.indexOf('\n', at);
  const stop = end < 0 ? text.length : end;
  const line = text.slice(at, Math.min(stop, at + 100));
  return { line: stop - at > 100 ? `${line}\u0000` : line, next: stop + 1 };
}
