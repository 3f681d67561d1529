// What /readyz says: to a person, to a program, and to a stranger.
import type { CheckResult, Readiness } from './readiness.js';

/** `ok`, or `not ready`; with `verbose` a line a check before it, as Kubernetes writes them. */
export function readinessText(readiness: Readiness, verbose: boolean): string {
  const verdict = readiness.ready ? 'ok' : 'not ready';
  const lines = verbose ? readiness.checks.map(checkLine) : [];
  return `${[...lines, verdict].join('\n')}\n`;
}

/** For a program on this machine `{ ready, checks, version }`, for a stranger `{ ready }`. */
export function readinessJson(readiness: Readiness, version: string | undefined): object {
  if (version === undefined) return { ready: readiness.ready };
  return { ready: readiness.ready, checks: readiness.checks, version };
}

function checkLine(check: CheckResult): string {
  const parts = [`[${check.ok ? '+' : '-'}]${check.name} ${check.ok ? 'ok' : 'failed'}`];
  if (check.detail) parts.push(`: ${oneLine(check.detail)}`);
  if (!check.ok && check.mend) parts.push(` (mend: ${oneLine(check.mend)})`);
  return parts.join('');
}

function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}
