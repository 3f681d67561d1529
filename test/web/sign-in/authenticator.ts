// A security key in software (Web Authentication Level 3): makes ES256 keys and answers as a browser would.
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

interface MadeKey {
  id: Buffer;
  privateKey: KeyObject;
  counter: number;
}

export function openAuthenticator(origin: string) {
  const rpId = new URL(origin).hostname;
  const keys = new Map<string, MadeKey>();
  const clientData = (type: string, challenge: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  return {
    /** `verified` false: somebody only touched the key. */
    create(options: { challenge: string }, verified = true) {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
      const key: MadeKey = { id: randomBytes(16), privateKey, counter: 0 };
      const id = key.id.toString('base64url');
      keys.set(id, key);
      const cose = mapOf([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, 'base64url')],
        [-3, Buffer.from(y, 'base64url')],
      ]);
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, key.id.length]), key.id, cose]);
      const authData = Buffer.concat([headOf(rpId, { verified, attested: true, counter: 0 }), attested]);
      const attestationObject = mapOf([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authData],
      ]);
      return {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: clientData('webauthn.create', options.challenge).toString('base64url'),
          attestationObject: attestationObject.toString('base64url'),
          transports: ['internal'],
        },
      };
    },
    get(options: { challenge: string }, id: string, verified = true) {
      const key = keys.get(id);
      if (!key) throw new Error('no such key');
      key.counter += 1;
      const data = clientData('webauthn.get', options.challenge);
      const authenticatorData = headOf(rpId, { verified, attested: false, counter: key.counter });
      const signed = Buffer.concat([authenticatorData, createHash('sha256').update(data).digest()]);
      return {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: data.toString('base64url'),
          authenticatorData: authenticatorData.toString('base64url'),
          signature: sign('sha256', signed, key.privateKey).toString('base64url'),
        },
      };
    },
  };
}

interface Flags {
  verified: boolean;
  attested: boolean;
  counter: number;
}

/** Hash of the site, flags (person there, person verified, key attached), counter. */
function headOf(rpId: string, { verified, attested, counter }: Flags): Buffer {
  const flags = 0x01 | (verified ? 0x04 : 0) | (attested ? 0x40 : 0);
  const head = Buffer.alloc(5);
  head.writeUInt8(flags, 0);
  head.writeUInt32BE(counter, 1);
  return Buffer.concat([createHash('sha256').update(rpId).digest(), head]);
}

type Cbor = number | string | Buffer | ReadonlyMap<unknown, unknown>;

/** As much of CBOR (RFC 8949) as a key needs. */
function mapOf(entries: readonly (readonly [number | string, Cbor])[]): Buffer {
  const parts = entries.flatMap(([name, value]) => [cbor(name), cbor(value)]);
  return Buffer.concat([headByte(5, entries.length), ...parts]);
}

function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value < 0 ? headByte(1, -1 - value) : headByte(0, value);
  if (typeof value === 'string') return Buffer.concat([headByte(3, value.length), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([headByte(2, value.length), value]);
  return headByte(5, 0);
}

function headByte(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  if (length < 256) return Buffer.from([(major << 5) | 24, length]);
  return Buffer.from([(major << 5) | 25, length >> 8, length & 0xff]);
}
