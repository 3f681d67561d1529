// Style sheet, browser modules and fonts, under an address that changes with them.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sayPlain } from '../replies.js';

interface Asset {
  type: string;
  bytes: Buffer;
  /** Null for what does not get smaller. */
  packed: { br: Buffer; gzip: Buffer } | null;
}

export interface Assets {
  /** `/assets/<hash>/<name>`. One hash for all, so that modules and fonts find each other by relative addresses. */
  path(name: string): string;
  find(name: string): Asset | undefined;
  hash: string;
}

const FOLDER = join(import.meta.dirname, '../../../src/web/assets');
const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
};
const SCRIPTS = ['bengali', 'devanagari'] as const;
const WEIGHTS = [400, 700] as const;

/** Reads everything into memory. Throws the system error of a file that is not there. */
export function openAssets(folder: string = FOLDER): Assets {
  const assets = new Map<string, Asset>();
  for (const name of readdirSync(folder).sort())
    assets.set(name, assetOf(name, readFileSync(join(folder, name))));
  for (const [name, bytes] of fonts()) assets.set(name, assetOf(name, bytes));
  const digest = createHash('sha256');
  for (const [name, { bytes }] of assets) digest.update(`${name} ${bytes.length}\n`).update(bytes);
  const hash = digest.digest('hex').slice(0, 12);
  return {
    hash,
    path(name) {
      if (!assets.has(name)) throw new TypeError(`There is no asset ${name}.`);
      return `/assets/${hash}/${name}`;
    },
    find: (name) => assets.get(name),
  };
}

/** Latin letters are the machine's own; only what old desktops lack is served. */
function fonts(): [string, Buffer][] {
  const require = createRequire(import.meta.url);
  return SCRIPTS.flatMap((script) => {
    const parcel = dirname(require.resolve(`@fontsource/noto-sans-${script}/package.json`));
    return WEIGHTS.map((weight): [string, Buffer] => [
      `${script}-${weight}.woff2`,
      readFileSync(join(parcel, 'files', `noto-sans-${script}-${script}-${weight}-normal.woff2`)),
    ]);
  });
}

function assetOf(name: string, bytes: Buffer): Asset {
  const ending = name.slice(name.lastIndexOf('.') + 1);
  const type = TYPES[ending];
  if (type === undefined) throw new TypeError(`Nobody knows what kind of file ${name} is.`);
  return { type, bytes, packed: ending === 'woff2' ? null : pack(bytes) };
}

function pack(bytes: Buffer): Asset['packed'] {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
  return { br: brotliCompressSync(bytes, { params }), gzip: gzipSync(bytes, { level: 9 }) };
}

/** `GET /assets/:hash/:name`, kept by browsers for a year. A page from before a restart still finds what is there now. */
export function addAssets(app: FastifyInstance, assets: Assets): void {
  app.get('/assets/:hash/:name', (request, reply) => {
    const { hash, name } = request.params as { hash: string; name: string };
    const asset = assets.find(name);
    if (!asset) return sayPlain(reply, 404, 'not found');
    const lasting = hash === assets.hash ? 'public, max-age=31536000, immutable' : 'no-cache';
    reply.header('cache-control', lasting).type(asset.type);
    return sendPacked(request, reply, asset);
  });
}

function sendPacked(request: FastifyRequest, reply: FastifyReply, { bytes, packed }: Asset): FastifyReply {
  if (!packed) return reply.send(bytes);
  const taken = String(request.headers['accept-encoding'] ?? '');
  reply.header('vary', 'accept-encoding');
  if (/\bbr\b/.test(taken)) return reply.header('content-encoding', 'br').send(packed.br);
  if (/\bgzip\b/.test(taken)) return reply.header('content-encoding', 'gzip').send(packed.gzip);
  return reply.send(bytes);
}
