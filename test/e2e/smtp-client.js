// A plain SMTP or LMTP client over a raw socket (RFC 5321, RFC 2033): what it sends is exactly what was asked for.
import { connect } from 'node:net';

const PATIENCE_MS = 60_000;

/** Opens a session with 127.0.0.1 and greets. Rejects when the server is away or refuses. */
export async function openSession(port, { hello = 'EHLO resident.example', patienceMs = PATIENCE_MS } = {}) {
  const socket = connect({ port, host: '127.0.0.1' });
  const replies = readReplies(socket, patienceMs);
  const session = {
    socket,
    /** Sends a line and resolves to the reply. */
    async say(line) {
      socket.write(`${line}\r\n`);
      return replies.next();
    },
    next: () => replies.next(),
    /** Leaves one letter (bytes with CRLF line ends); resolves to the last reply. */
    send: (letter) => sendLetter(session, letter),
    close: () => socket.destroy(),
  };
  try {
    await wanted(replies.next(), '220');
    await wanted(session.say(hello), '250');
  } catch (error) {
    socket.destroy();
    throw error;
  }
  return session;
}

/** One letter in a session of its own. */
export async function sendOnce(port, letter) {
  const session = await openSession(port);
  try {
    return await session.send(letter);
  } finally {
    session.close();
  }
}

async function sendLetter(session, { from, to, raw, mailOptions = '' }) {
  await wanted(session.say(`MAIL FROM:<${from}>${mailOptions}`), '250');
  for (const recipient of [to].flat()) await wanted(session.say(`RCPT TO:<${recipient}>`), '250');
  await wanted(session.say('DATA'), '354');
  session.socket.write(stuffDots(raw));
  session.socket.write('.\r\n');
  return session.next();
}

/** RFC 5321 4.5.2. */
export function stuffDots(raw) {
  const text = Buffer.from(raw).toString('latin1');
  if (!/^\./m.test(text)) return Buffer.from(raw);
  return Buffer.from(text.replace(/^\./gm, '..'), 'latin1');
}

async function wanted(reply, code) {
  const text = await reply;
  if (!text.startsWith(code)) throw new Error(`expected ${code}, the server said: ${text}`);
  return text;
}

function readReplies(socket, patienceMs) {
  const done = [];
  const waiting = [];
  let rest = '';
  let lines = [];
  let over;
  const end = (error) => {
    over ??= error;
    for (const { reject } of waiting.splice(0)) reject(over);
  };
  socket.setTimeout(patienceMs, () => socket.destroy(new Error('the server is silent')));
  socket.on('data', (chunk) => {
    const parts = (rest + chunk).split('\r\n');
    rest = parts.pop();
    for (const line of parts) {
      lines.push(line);
      if (line[3] === '-') continue;
      const reply = lines.join('\n');
      lines = [];
      const waiter = waiting.shift();
      if (waiter) waiter.resolve(reply);
      else done.push(reply);
    }
  });
  socket.on('error', end);
  socket.on('close', () => end(new Error('the server closed the connection')));
  return {
    next() {
      if (done.length > 0) return Promise.resolve(done.shift());
      if (over) return Promise.reject(over);
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
  };
}
