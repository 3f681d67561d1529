// The web face: health, metrics, the page behind a notice's link. Everything else is not found.
import type { AddressInfo, Server } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Clock, Log } from '../ports/surroundings.js';
import { createApp } from './app.js';
import type { EscalationPages } from './escalation-pages.js';
import { addEscalationRoutes } from './escalation-routes.js';
import { addAssets, openAssets } from './frame/assets.js';
import { addDesignPage } from './frame/design-page.js';
import { openViews } from './frame/views.js';
import { addHealthRoutes, type HealthOptions } from './health-routes.js';

export interface WebOptions extends HealthOptions {
  host: string;
  /** 0 lets the system choose. */
  port: number;
  /** A listening socket inherited from the supervisor, used instead of host and port. */
  fd?: number | undefined;
  /** Without it the links in notices lead nowhere. */
  escalations?: EscalationPages | undefined;
  /** Address under which people reach the pages, asked anew for every form. */
  publicUrl?: (() => string) | undefined;
  /** Without it there are no pages but the one behind a notice's link. */
  pages?: PageOptions | undefined;
  log: Log;
}

export interface PageOptions {
  /** IANA name of the zone in which times are shown. */
  timeZone: string;
  clock: Clock;
  /** Whether `/design` is there. */
  designPage: boolean;
}

export interface Web {
  /** Resolves when connections are taken; rejects with the system error when the address cannot be had. */
  listen(): Promise<{ port: number }>;
  /** Answers what was asked, for at most a second, and takes no more. */
  close(): Promise<void>;
}

const MAX_CONNECTIONS = 256;
const CLOSE_LIMIT_MS = 1_000;

/** Prepares the web face; what it answers is said where its routes are added. */
export function createWeb(options: WebOptions): Web {
  const { escalations: pages, publicUrl, log } = options;
  const app = createApp(log);
  addHealthRoutes(app, options);
  if (options.pages) addPages(app, options.pages);
  if (pages) addEscalationRoutes(app, { pages, publicUrl, log });
  return {
    listen: async () => {
      await app.ready();
      app.server.maxConnections = MAX_CONNECTIONS;
      return { port: await listenOn(app.server, options) };
    },
    close: () => closeApp(app),
  };
}

function addPages(app: FastifyInstance, { timeZone, clock, designPage }: PageOptions): void {
  const assets = openAssets();
  const views = openViews({ asset: assets.path, timeZone });
  addAssets(app, assets);
  if (designPage) addDesignPage(app, { views, clock });
}

// Fastify's own listen knows no file descriptors, and opens a second server for `localhost`.
function listenOn(server: Server, options: Pick<WebOptions, 'host' | 'port' | 'fd'>): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(
      options.fd === undefined ? { host: options.host, port: options.port } : { fd: options.fd },
      () => {
        server.off('error', reject);
        resolve((server.address() as AddressInfo).port);
      },
    );
  });
}

async function closeApp(app: FastifyInstance): Promise<void> {
  const limit = setTimeout(() => app.server.closeAllConnections(), CLOSE_LIMIT_MS);
  try {
    await app.close();
  } finally {
    clearTimeout(limit);
  }
}
