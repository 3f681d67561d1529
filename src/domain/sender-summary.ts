// What was found out about a sender, in one line for the command line.
import type { MethodResult, SenderCheck } from './sender-check.js';

/**
 * Such as `SPF pass (home.example); DKIM pass (home.example), fail (list.example: body altered); DMARC pass
 * (home.example)`; empty when nobody checked anything. The verdict and its reason stand beside it.
 */
export function senderSummary({ spf, dkim, dmarc, arc }: SenderCheck): string {
  const methods: [string, readonly (MethodResult | null)[]][] = [
    ['SPF', [spf]],
    ['DKIM', dkim],
    ['DMARC', [dmarc]],
    ['ARC', [arc]],
  ];
  return methods
    .map(([name, results]) => [name, results.filter((result) => result !== null).map(describe)] as const)
    .filter(([, described]) => described.length > 0)
    .map(([name, described]) => `${name} ${described.join(', ')}`)
    .join('; ');
}

function describe({ result, domain, detail }: MethodResult): string {
  const about = [domain, detail].filter((text) => text !== '').join(': ');
  return about === '' ? result : `${result} (${about})`;
}
