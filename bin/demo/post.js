// The post of the demo: writes letters as the city's relay would hand them over, and sends them.
import { deflateSync } from 'node:zlib';
import MailComposer from 'nodemailer/lib/mail-composer';
import { RELAY } from './city.js';

/** Opens a way to the front door; `send` resolves to the id under which the letter is kept. */
export async function openPost(port) {
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true, pool: true });
  return {
    async send({ envelopeFrom, to, ...letter }) {
      const raw = await rawLetter({ to, ...letter });
      const envelope = { from: envelopeFrom ?? letter.from.address, to };
      const { response } = await transport.sendMail({ envelope, raw });
      return /Kept as (\w+)/.exec(response)[1];
    },
    close: () => transport.close(),
  };
}

/** `raw`: the letter itself, ready made. */
async function rawLetter({ above = {}, verdict = 'pass', files = [], raw, ...letter }) {
  const attachments = files.map((name) => FILES[name]());
  const bytes = raw ? Buffer.from(raw) : await new MailComposer({ ...letter, attachments }).compile().build();
  return Buffer.concat([Buffer.from(relayLines(letter, { above, verdict })), bytes]);
}

/** What the relay writes on top of every letter. */
function relayLines({ from, date }, { above, verdict }) {
  const domain = from.address.split('@')[1];
  const found = verdict === 'none' ? 'none' : `${verdict} smtp.mailfrom=${from.address}`;
  const lines = [
    ...Object.entries(above).map(([name, value]) => `${name}: ${value}`),
    `Authentication-Results: ${RELAY}; spf=${found}; dmarc=${verdict} header.from=${domain}`,
    `Received: from mail.${domain} by ${RELAY}; ${date.toUTCString().replace('GMT', '+0000')}`,
  ];
  return `${lines.join('\r\n')}\r\n`;
}

const FILES = {
  photo: () => ({ filename: 'photo.png', contentType: 'image/png', content: picture(480, 320) }),
  statement: () => ({
    filename: 'statement.csv',
    contentType: 'text/csv',
    content:
      'date,amount,reference\n2026-11-20,18500,T2201\n2026-11-20,15000,T2202\n2026-11-20,15000,T2203\n',
  }),
  form: () => ({
    filename: 'tenant form.pdf',
    contentType: 'application/pdf',
    content: onePage('Form of a tenant'),
  }),
};

/** A landscape at dusk, as PNG (RFC 2083). */
function picture(width, height) {
  const rows = Array.from({ length: height }, (_, y) => {
    const row = Buffer.alloc(1 + width * 3);
    for (let x = 0; x < width; x += 1) row.set(pixel(x / width, y / height), 1 + x * 3);
    return row;
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.concat(rows));
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function pixel(x, y) {
  const hill = 0.62 + 0.08 * Math.sin(x * 9) + 0.04 * Math.sin(x * 23);
  return y > hill ? [38, 52, 60] : [210 - y * 110, 130 - y * 40, 96 + y * 90];
}

function chunk(type, data) {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(typed.length + 8);
  out.writeUInt32BE(data.length, 0);
  typed.copy(out, 4);
  out.writeUInt32BE(crc(typed), typed.length + 4);
  return out;
}

function crc(bytes) {
  let value = ~0;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xed_b8_83_20 : value >>> 1;
  }
  return ~value >>> 0;
}

/** The smallest PDF that shows a line. */
function onePage(text) {
  const stream = `BT /F1 18 Tf 60 760 Td (${text}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  return `%PDF-1.4\n${objects.map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`).join('')}trailer << /Root 1 0 R >>\n%%EOF\n`;
}
