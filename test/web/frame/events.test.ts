import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { eventStream } from '../../../src/web/frame/events.js';
import type { PageEvent } from '../../../src/web/frame/route.js';

const open = async () => true;

async function* list(...events: PageEvent[]) {
  yield* events;
}

/** Never gives an event; ends when told to. */
function silent(signal: AbortSignal): AsyncIterable<PageEvent> {
  return {
    async *[Symbol.asyncIterator]() {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    },
  };
}

describe('server-sent events', () => {
  it('are written as browsers read them, with text of any kind in one line', async () => {
    const events = list(
      { event: 'ticket', id: '7', data: { subject: 'one\ntwo\r\n\nevent: other' } },
      { event: 'count', data: 3 },
    );
    const { signal } = new AbortController();
    expect(await text(eventStream(events, { signal, isOpen: open }))).toBe(
      'retry: 3000\n\n' +
        'id: 7\nevent: ticket\ndata: {"subject":"one\\ntwo\\r\\n\\nevent: other"}\n\n' +
        'event: count\ndata: 3\n\n',
    );
  });

  it('give a sign of life while nothing happens, until the client goes', async () => {
    const gone = new AbortController();
    const stream = eventStream(silent(gone.signal), { signal: gone.signal, isOpen: open, heartbeatMs: 5 });
    setTimeout(() => gone.abort(), 60);
    expect(await text(stream)).toMatch(/^retry: 3000\n\n(:\n\n)+$/);
  });

  it('end when the session does', async () => {
    const gone = new AbortController();
    let beats = 0;
    const isOpen = async () => {
      beats += 1;
      return beats < 3;
    };
    await text(eventStream(silent(gone.signal), { signal: gone.signal, isOpen, heartbeatMs: 5 }));
    expect(beats).toBe(3);
    gone.abort();
  });

  it('fail as their source does', async () => {
    async function* failing(): AsyncGenerator<PageEvent> {
      yield { event: 'one', data: 1 };
      throw new Error('broken');
    }
    const { signal } = new AbortController();
    await expect(text(eventStream(failing(), { signal, isOpen: open }))).rejects.toThrow('broken');
  });
});
