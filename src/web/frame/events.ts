// Server-sent events (HTML Living Standard, 9.2): written as they come, with a sign of life between them.
import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import type { PageEvent } from './route.js';

export interface EventStreamOptions {
  /** Ends the stream. */
  signal: AbortSignal;
  /** Asked with every sign of life; false ends the stream. */
  isOpen(): Promise<boolean>;
  heartbeatMs?: number | undefined;
}

/** Proxies close a silent connection after half a minute or more. */
const HEARTBEAT_MS = 15_000;
const RETRY_MS = 3_000;

/** The bytes of `events` until they end, `signal` says so, or the session is over. */
export function eventStream(events: AsyncIterable<PageEvent>, options: EventStreamOptions): Readable {
  const { signal, isOpen, heartbeatMs = HEARTBEAT_MS } = options;
  const stream = new PassThrough();
  const iterator = events[Symbol.asyncIterator]();
  const stop = () => {
    clearInterval(timer);
    signal.removeEventListener('abort', stop);
    // Not awaited: a source that waits for its next event ends when that comes or the signal reaches it.
    void iterator.return?.().catch(() => undefined);
    stream.end();
  };
  const timer = setInterval(() => {
    void isOpen().then(
      (open) => (open ? stream.write(':\n\n') : stop()),
      () => stop(),
    );
  }, heartbeatMs);
  signal.addEventListener('abort', stop);
  stream.on('error', stop);
  stream.write(`retry: ${RETRY_MS}\n\n`);
  if (signal.aborted) stop();
  else void pump(iterator, stream, signal).then(stop, (error: Error) => stream.destroy(error));
  return stream;
}

async function pump(
  iterator: AsyncIterator<PageEvent>,
  stream: PassThrough,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const { done, value } = await iterator.next();
    if (done || stream.writableEnded) return;
    if (!stream.write(eventText(value))) await once(stream, 'drain', { signal }).catch(() => undefined);
  }
}

/** JSON has no line ends of its own, so one line of data is enough. */
function eventText({ event, data, id }: PageEvent): string {
  const lines = [`event: ${event}`, `data: ${JSON.stringify(data)}`];
  if (id !== undefined) lines.unshift(`id: ${id}`);
  return `${lines.join('\n')}\n\n`;
}
