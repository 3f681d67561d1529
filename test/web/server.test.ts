import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { text as readAll } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import type { ReadyCheck } from '../../src/web/readiness.js';
import { createWeb, type Web, type WebOptions } from '../../src/web/server.js';
import { recordingLog } from '../support/log.js';

const log = recordingLog();
const opened: Web[] = [];

const fine: ReadyCheck = { name: 'database', run: () => ({ ok: true, detail: 'FULL' }) };
const full: ReadyCheck = {
  name: 'disk',
  run: async () => ({ ok: false, detail: '1 MB free', mend: 'make room' }),
};
const hanging: ReadyCheck = { name: 'spool', run: () => new Promise(() => {}) };
const failing: ReadyCheck = { name: 'outbox', run: () => Promise.reject(new Error('boom')) };

async function openWeb(options: Partial<WebOptions> = {}, ready: ReadyCheck[] = [fine]) {
  const web = createWeb({
    host: '127.0.0.1',
    port: 0,
    checks: { live: () => true, ready },
    metrics: { text: async () => 'thanadak_letters_held 0\n', contentType: 'text/plain; version=0.0.4' },
    log,
    version: '1.2.3',
    ...options,
  });
  opened.push(web);
  const { port } = await web.listen();
  return { web, port, url: `http://127.0.0.1:${port}` };
}

async function ask(url: string, init: RequestInit = {}) {
  const response = await fetch(url, init);
  return { status: response.status, body: await response.text(), headers: response.headers };
}

/** Says `request` byte by byte as given and gives everything that comes back. */
async function speak(port: number, request: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(request);
  return readAll(socket);
}

const asStranger = { headers: { 'x-forwarded-for': '192.0.2.7' } };

afterEach(async () => {
  await Promise.all(opened.splice(0).map((web) => web.close()));
  log.expectNoWarnings();
});

describe('/livez', () => {
  it('says ok while the process is worth keeping', async () => {
    let live = true;
    const { url } = await openWeb({ checks: { live: () => live, ready: [full] } });
    expect(await ask(`${url}/livez`)).toMatchObject({ status: 200, body: 'ok\n' });
    live = false;
    expect(await ask(`${url}/livez`)).toMatchObject({ status: 503, body: 'not live\n' });
  });
});

describe('/readyz', () => {
  it.each(['/readyz', '/healthz'])('%s says ok when every check is', async (path) => {
    const { url } = await openWeb();
    expect(await ask(url + path)).toMatchObject({ status: 200, body: 'ok\n' });
  });

  it('says not ready, and no more, when one is not', async () => {
    const { url } = await openWeb({}, [fine, full]);
    expect(await ask(`${url}/readyz`)).toMatchObject({ status: 503, body: 'not ready\n' });
  });

  it('lists the checks to somebody on this machine who asks for it', async () => {
    const { url } = await openWeb({}, [fine, full, failing]);
    expect((await ask(`${url}/readyz?verbose`)).body).toBe(
      '[+]database ok: FULL\n[-]disk failed: 1 MB free (mend: make room)\n[-]outbox failed: boom\nnot ready\n',
    );
  });

  it('leaves out the checks somebody excludes', async () => {
    const { url } = await openWeb({}, [fine, full, failing]);
    expect((await ask(`${url}/readyz?exclude=disk`)).status).toBe(503);
    expect((await ask(`${url}/readyz?exclude=disk&exclude=outbox`)).status).toBe(200);
  });

  it('speaks JSON to programs', async () => {
    const { url } = await openWeb({}, [full]);
    const { status, body, headers } = await ask(`${url}/readyz`, { headers: { accept: 'application/json' } });
    expect(status).toBe(503);
    expect(headers.get('content-type')).toMatch('application/json');
    expect(JSON.parse(body)).toEqual({
      ready: false,
      checks: [{ name: 'disk', ok: false, detail: '1 MB free', mend: 'make room' }],
      version: '1.2.3',
    });
  });

  it('tells a stranger the verdict and nothing else', async () => {
    const { url } = await openWeb({}, [fine, full]);
    expect(await ask(`${url}/readyz?verbose&exclude=disk`, asStranger)).toMatchObject({
      status: 503,
      body: 'not ready\n',
    });
    const json = await ask(`${url}/readyz`, {
      headers: { ...asStranger.headers, accept: 'application/json' },
    });
    expect(JSON.parse(json.body)).toEqual({ ready: false });
  });

  it('answers although a check hangs, and does not start that check again', async () => {
    let runs = 0;
    const counted: ReadyCheck = {
      name: 'spool',
      run: () => {
        runs += 1;
        return hanging.run();
      },
    };
    const { url } = await openWeb({}, [fine, counted]);
    const answers = [await ask(`${url}/readyz?verbose`), await ask(`${url}/readyz?verbose`)];
    for (const answer of answers) {
      expect(answer).toMatchObject({
        status: 503,
        body: '[+]database ok: FULL\n[-]spool failed: no answer in time\nnot ready\n',
      });
    }
    expect(runs).toBe(1);
  });

  it('is ready again when the check is', async () => {
    let ok = false;
    const { url } = await openWeb({}, [{ name: 'disk', run: () => ({ ok }) }]);
    expect((await ask(`${url}/readyz`)).status).toBe(503);
    ok = true;
    expect((await ask(`${url}/readyz`)).status).toBe(200);
  });
});

describe('/metrics', () => {
  it('gives the metrics in their own content type', async () => {
    const { url } = await openWeb();
    const { body, headers } = await ask(`${url}/metrics`);
    expect(body).toBe('thanadak_letters_held 0\n');
    expect(headers.get('content-type')).toBe('text/plain; version=0.0.4');
  });

  it('are not for strangers unless the operator says so', async () => {
    expect((await ask(`${(await openWeb()).url}/metrics`, asStranger)).status).toBe(403);
    expect((await ask(`${(await openWeb({ metricsForAll: true })).url}/metrics`, asStranger)).status).toBe(
      200,
    );
  });
});

describe('the web face', () => {
  it('tells nobody why something failed, but the log', async () => {
    const metrics = {
      text: () => Promise.reject(new Error('SQLITE_CORRUPT /secret')),
      contentType: 'text/plain',
    };
    const { url } = await openWeb({ metrics });
    expect(await ask(`${url}/metrics`)).toMatchObject({ status: 500, body: 'internal error\n' });
    expect(log.takeWarnings()).toMatchObject([{ level: 'error', fields: { route: '/metrics' } }]);
  });

  it.each(['/', '/readyz/', '/READYZ', '/readyz/../metrics/x', '/%2e%2e/etc/passwd', '/favicon.ico'])(
    'finds nothing at %s',
    async (path) => {
      const { port } = await openWeb();
      const answer = await speak(port, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 404 /);
      expect(answer).toMatch(/\r\n\r\nnot found\n$/);
    },
  );

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])(
    'refuses %s',
    async (method) => {
      const { port } = await openWeb();
      for (const path of ['/readyz', '/elsewhere']) {
        const answer = await speak(
          port,
          `${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
        );
        expect(answer).toMatch(/^HTTP\/1\.1 405 /);
        expect(answer).toMatch(/\r\nallow: GET, HEAD\r\n/i);
      }
    },
  );

  it('answers HEAD without a body', async () => {
    const { url } = await openWeb({}, [full]);
    expect(await ask(`${url}/readyz`, { method: 'HEAD' })).toMatchObject({ status: 503, body: '' });
  });

  it.each(['/livez', '/readyz', '/metrics', '/nothing', '/%zz'])('guards its answer to %s', async (path) => {
    const { port } = await openWeb();
    const answer = await speak(port, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/\r\ncontent-security-policy: default-src 'none'/i);
    expect(answer).toMatch(/\r\nx-content-type-options: nosniff\r\n/i);
    expect(answer).toMatch(/\r\ncache-control: no-store\r\n/i);
    expect(answer).toMatch(/\r\nreferrer-policy: no-referrer\r\n/i);
    expect(answer).toMatch(/\r\nx-frame-options: DENY\r\n/i);
    expect(answer).toMatch(/\r\ncross-origin-opener-policy: same-origin\r\n/i);
    expect(answer).not.toMatch(/\r\n(server|x-powered-by):/i);
    expect(answer).not.toContain('FST_');
  });

  it('refuses what is not HTTP, and a header without end', async () => {
    const { port } = await openWeb();
    expect(await speak(port, 'EHLO stranger.example\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect(await speak(port, `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 (400|431) /,
    );
  });

  it('takes over a socket that a supervisor has opened', async () => {
    const supervisor: Server = createServer();
    supervisor.listen(0, '127.0.0.1');
    await once(supervisor, 'listening');
    const { port } = supervisor.address() as AddressInfo;
    const { fd } = (supervisor as unknown as { _handle: { fd: number } })._handle;
    const program = `
      import { createWeb } from './dist/web/server.js';
      const web = createWeb({ fd: 3, checks: { live: () => true, ready: [] }, metrics: {}, log: {} });
      console.log((await web.listen()).port);
      process.stdin.on('end', () => web.close()).resume();`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['pipe', 'pipe', 'inherit', fd],
    });
    const { stdin, stdout } = child;
    if (!stdin || !stdout) throw new Error('the child has no pipes');
    const ended = once(child, 'exit');
    supervisor.close();
    try {
      expect(String(await once(stdout, 'data'))).toBe(`${port}\n`);
      expect(await ask(`http://127.0.0.1:${port}/livez`)).toMatchObject({ status: 200, body: 'ok\n' });
    } finally {
      stdin.end();
    }
    expect(await ended).toEqual([0, null]);
  });

  it('says when it cannot have the address', async () => {
    const { port } = await openWeb();
    await expect(openWeb({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('closes although a caller holds a request open, and then refuses connections', async () => {
    const { web, port } = await openWeb();
    const slow = connect(port, '127.0.0.1');
    slow.on('error', () => {});
    slow.write('GET /livez HTTP/1.1\r\nHost:');
    await once(slow, 'connect');
    await web.close();
    slow.destroy();
    await expect(ask(`http://127.0.0.1:${port}/livez`)).rejects.toThrow('fetch failed');
  });
});
