// Every report without a part for machines that the tests know.
import type { TextSample } from './report-samples.js';
import { OTHER_TEXTS } from './report-texts-others.js';
import { PROVIDER_TEXTS } from './report-texts-providers.js';
import { UNIX_TEXTS } from './report-texts-unix.js';

export const TEXT_SAMPLES: readonly TextSample[] = [...UNIX_TEXTS, ...PROVIDER_TEXTS, ...OTHER_TEXTS];
