// One SMTP session of the load generator (RFC 5321, RFC 2920): a raw socket that carries letter after letter.
import { connect } from 'node:net';

/**
 * @typedef {object} Session
 * @property {import('node:net').Socket} socket
 * @property {boolean} pipelining the server offers it
 * @property {(reply: string) => void} onReply called with the last line of each reply
 */

/**
 * @typedef {object} Parcel
 * @property {string} from
 * @property {string} to
 * @property {number} bytes
 * @property {Buffer[]} content with the final dot
 */

/**
 * Connects and greets. Resolves when the server waits for MAIL; `onFault` hears of what goes wrong later.
 * @param {{ host: string, port: number }} address
 * @param {(error: Error) => void} onFault
 * @returns {Promise<Session>}
 */
export function openSession(address, onFault) {
  return new Promise((resolve, reject) => {
    const socket = connect({ ...address, noDelay: true });
    /** @type {Session} */
    const session = { socket, pipelining: false, onReply: () => undefined };
    const fail = (/** @type {Error} */ error) => {
      reject(error);
      onFault(error);
    };
    socket.on('error', fail);
    socket.on('close', () => fail(new Error('The server closed a session.')));
    readReplies(session);
    expect(session, ['220'], fail, () => {
      socket.write('EHLO load.mail.example\r\n');
      expect(session, ['250'], fail, () => resolve(session));
    });
  });
}

/** @param {Session} session */
function readReplies(session) {
  let rest = '';
  session.socket.on('data', (chunk) => {
    const lines = (rest + chunk.toString('latin1')).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.endsWith('PIPELINING')) session.pipelining = true;
      if (line[3] !== '-') session.onReply(line);
    }
  });
}

/**
 * Calls `done` when replies with these codes came in this order, `fail` at the first other one.
 * @param {Session} session
 * @param {string[]} codes
 * @param {(error: Error) => void} fail
 * @param {() => void} done
 */
function expect(session, codes, fail, done) {
  let seen = 0;
  session.onReply = (reply) => {
    if (!reply.startsWith(codes[seen] ?? '')) fail(new Error(`The server answered: ${reply}`));
    else {
      seen += 1;
      if (seen === codes.length) done();
    }
  };
}

/**
 * Carries parcels until `next` has none. Resolves then; rejects at the first reply that is not the expected one.
 * @param {Session} session
 * @param {() => Parcel | undefined} next
 * @param {(milliseconds: number) => void} onKept with the time from the end of DATA's content to its 250
 * @param {() => number} [wait] milliseconds until the next parcel is due
 * @returns {Promise<void>}
 */
export function carryParcels(session, next, onKept, wait = () => 0) {
  return new Promise((resolve, reject) => {
    const carry = () => {
      const parcel = next();
      if (!parcel) return resolve();
      announce(session, parcel, reject, () => {
        const sentAt = performance.now();
        session.socket.cork();
        for (const part of parcel.content) session.socket.write(part);
        session.socket.uncork();
        expect(session, ['250'], reject, () => {
          onKept(performance.now() - sentAt);
          goOn();
        });
      });
    };
    const goOn = () => {
      const milliseconds = wait();
      if (milliseconds > 0) setTimeout(carry, milliseconds);
      else carry();
    };
    goOn();
  });
}

/**
 * MAIL, RCPT and DATA: at once where the server offers it, as mail servers do, one by one otherwise.
 * @param {Session} session
 * @param {Parcel} parcel
 * @param {(error: Error) => void} fail
 * @param {() => void} done
 */
function announce(session, { from, to, bytes }, fail, done) {
  const commands = [`MAIL FROM:<${from}> SIZE=${bytes} BODY=8BITMIME\r\n`, `RCPT TO:<${to}>\r\n`, 'DATA\r\n'];
  const codes = ['250', '250', '354'];
  if (session.pipelining) {
    session.socket.write(commands.join(''), 'latin1');
    expect(session, codes, fail, done);
    return;
  }
  const step = (/** @type {number} */ index) => {
    if (index === commands.length) return done();
    session.socket.write(commands[index] ?? '', 'latin1');
    expect(session, [codes[index] ?? ''], fail, () => step(index + 1));
  };
  step(0);
}

/** @param {Session} session */
export function closeSession({ socket }) {
  socket
    .removeAllListeners('close')
    .removeAllListeners('error')
    .on('error', () => undefined);
  socket.end('QUIT\r\n');
  socket.resume();
}
