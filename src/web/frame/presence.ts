// Tells work for a client that the client has gone, or the house closes.
import type { Socket } from 'node:net';

export interface Presence {
  /** Aborted when the connection closes, or at `close`. */
  until(socket: Socket): AbortSignal;
  close(): void;
}

export function createPresence(): Presence {
  const connected = new Map<Socket, AbortController>();
  let closed = false;
  return {
    until(socket) {
      const known = connected.get(socket);
      if (known) return known.signal;
      const controller = new AbortController();
      if (closed || socket.destroyed) controller.abort();
      else {
        connected.set(socket, controller);
        socket.once('close', () => {
          connected.delete(socket);
          controller.abort();
        });
      }
      return controller.signal;
    },
    close() {
      closed = true;
      for (const controller of connected.values()) controller.abort();
    },
  };
}
