// Whether every ladder can be climbed from its first step to its last.
import type { Config } from './config.js';
import { complaint, type Draft, type Placing } from './draft.js';
import type { Path } from './problem.js';
import type { Complaint } from './validate.js';

type Ladder = Config['escalation']['ladders'][number];
type Step = Ladder['steps'][number];

export function checkEscalation({ escalation }: Draft, place: Placing): Complaint[] {
  if (!escalation) return [];
  const { steps, ladders } = escalation;
  return [
    ...checkSteps(['escalation', 'steps'], steps ?? [], false),
    ...ladders.flatMap(({ clock, steps: own }, index) =>
      checkSteps(['escalation', 'ladders', index, 'steps'], own, clock === 'signature'),
    ),
    ...checkTwins(ladders, place),
    ...checkQuietHours(escalation),
  ];
}

function checkSteps(path: Path, steps: readonly Step[], reminds: boolean): Complaint[] {
  return steps.flatMap((step, index) => {
    const at = [...path, index];
    if (step.rank === 'resident' && !reminds) {
      const message = 'only the ladder of the clock signature reminds the resident';
      return [complaint([...at, 'rank'], message, 'choose a rank')];
    }
    const reason = step.at ? undefined : whyAtIsNeeded(step, steps[index - 1]);
    return reason ? [complaint(at, reason, 'give it at: 100% or at: 30m')] : [];
  });
}

function whyAtIsNeeded(step: Step, before: Step | undefined): string | undefined {
  if (!before) return 'the first step must say at which point of the clock it comes';
  if (step.rank === 'resident') return 'a reminder must say at which point of the clock it comes';
  // Nobody acknowledges a reminder, so nothing can come from its being unanswered.
  return before.rank === 'resident' ? 'the step after a reminder must say when it comes' : undefined;
}

function checkTwins(ladders: readonly Ladder[], place: Placing): Complaint[] {
  return ladders.flatMap(({ clock, urgency }, index) => {
    const first = ladders.findIndex((other) => other.clock === clock && other.urgency === urgency);
    if (first === index) return [];
    const what = urgency ? `${clock}, ${urgency}` : clock;
    const message = `the ladder for ${what} is already given at ${place(['escalation', 'ladders', first])}`;
    return [complaint(['escalation', 'ladders', index], message, 'remove one of them')];
  });
}

function checkQuietHours({ quietHours }: Config['escalation']): Complaint[] {
  if (!quietHours || quietHours.from !== quietHours.to) return [];
  const mend = 'give them another end, or remove quiet_hours';
  return [complaint(['escalation', 'quiet_hours'], 'they must not end when they begin', mend)];
}
