// Whether the house is ready to take letters: every check, each within its time.

export interface Finding {
  ok: boolean;
  /** Not ok, and letters can be taken all the same. */
  minor?: true;
  /** What was found, for an operator on this machine. */
  detail?: string | undefined;
  /** What the operator can do about it. */
  mend?: string | undefined;
}

export interface ReadyCheck {
  name: string;
  /** Rejecting counts as not ok. */
  run(): Finding | Promise<Finding>;
}

export interface CheckResult extends Finding {
  name: string;
}

export interface Readiness {
  ready: boolean;
  checks: CheckResult[];
}

export const CHECK_LIMIT_MS = 800;

/**
 * Gives a function that runs all checks but the excluded ones side by side. It resolves within 0.8 s and never
 * rejects: a check that hangs fails, and is not started again before it has come back.
 */
export function createReadiness(
  checks: readonly ReadyCheck[],
): (excluded: readonly string[]) => Promise<Readiness> {
  const probes = checks.map(createProbe);
  return async (excluded) => {
    const asked = probes.filter((probe) => !excluded.includes(probe.name));
    const results = await Promise.all(asked.map((probe) => probe.ask()));
    return { ready: results.every(({ ok, minor }) => ok || minor), checks: results };
  };
}

interface Probe {
  name: string;
  ask(): Promise<CheckResult>;
}

// One run serves everybody who asks while it lasts, so that many askers cost no more than one.
function createProbe(check: ReadyCheck): Probe {
  let running: Promise<CheckResult> | undefined;
  const run = async (): Promise<CheckResult> => {
    try {
      return { ...(await check.run()), name: check.name };
    } catch (error) {
      return { name: check.name, ok: false, detail: error instanceof Error ? error.message : String(error) };
    } finally {
      running = undefined;
    }
  };
  return {
    name: check.name,
    ask: () => {
      running ??= Promise.resolve().then(run);
      return orTooSlow(running, check.name);
    },
  };
}

async function orTooSlow(result: Promise<CheckResult>, name: string): Promise<CheckResult> {
  let timer: NodeJS.Timeout | undefined;
  const tooSlow = new Promise<CheckResult>((resolve) => {
    timer = setTimeout(resolve, CHECK_LIMIT_MS, { name, ok: false, detail: 'no answer in time' });
  });
  try {
    return await Promise.race([result, tooSlow]);
  } finally {
    clearTimeout(timer);
  }
}
