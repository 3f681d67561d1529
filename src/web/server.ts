// The web face: health, metrics, the page behind a notice's link, the officers' pages. Everything else is not found.
import type { AddressInfo, Server } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Log } from '../ports/surroundings.js';
import { createApp } from './app.js';
import type { EscalationPages } from './escalation-pages.js';
import { addEscalationRoutes } from './escalation-routes.js';
import { addAssets } from './frame/assets.js';
import { addDesignPage } from './frame/design-page.js';
import { addRoutes, type RouteTable } from './frame/routes.js';
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
  /** The officers' pages. */
  table?: RouteTable | undefined;
  /** IP addresses and ranges whose X-Forwarded-For counts. */
  trustedProxies?: readonly string[] | undefined;
  log: Log;
}

export interface Web {
  /** Resolves when connections are taken; rejects with the system error when the address cannot be had. */
  listen(): Promise<{ port: number }>;
  /** Answers what was asked, for at most a second, and takes no more. */
  close(): Promise<void>;
}

/** Every open page of an officer keeps one for what happens meanwhile. */
const MAX_CONNECTIONS = 2_048;
const CLOSE_LIMIT_MS = 1_000;

/** Prepares the web face; what it answers is said where its routes are added. */
export function createWeb(options: WebOptions): Web {
  const { escalations: pages, publicUrl, log } = options;
  const app = createApp(log, options.trustedProxies);
  addHealthRoutes(app, options);
  if (pages) addEscalationRoutes(app, { pages, publicUrl, log });
  if (options.table) addPages(app, options.table);
  return {
    listen: async () => {
      await app.ready();
      app.server.maxConnections = MAX_CONNECTIONS;
      return { port: await listenOn(app.server, options) };
    },
    close: () => closeApp(app),
  };
}

/** Style, scripts and the page of components are everybody's; all else has a rule. */
function addPages(app: FastifyInstance, table: RouteTable): void {
  addAssets(app, table.assets);
  if (table.designPage) addDesignPage(app, table.house);
  addRoutes(app, table);
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
