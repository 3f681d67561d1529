// What was learnt of the tone of words -> the file that triage reads (config/triage/tone.yaml).
import type { ToneWords } from '../../domain/triage-tone.js';

const WIDTH = 112;

/** The whole file, words of one weight in lines under it. */
export function formatTone(words: ToneWords, letters: number): string {
  const byWeight = new Map<number, string[]>();
  for (const [word, weight] of Object.entries(words)) {
    byWeight.set(weight, [...(byWeight.get(weight) ?? []), word]);
  }
  const groups = [...byWeight].sort(([one], [other]) => other - one);
  const texts = groups.map(
    ([weight, group]) => `  '${weight.toFixed(1)}': |\n${lines(group.sort()).join('\n')}`,
  );
  return `${head(letters)}leans:\n${texts.join('\n')}\n`;
}

function head(letters: number): string {
  return `# How much words lean towards urgent letters (above 0) or away from them: the logarithm of how much likelier a word is in
# an urgent letter, counted over ${letters} letters that people labelled (\`thanadak triage learn\`), never over those held back
# for measuring. Spelt as met most often; number is any written number. Small words tell most: they tell whether a letter
# tells of somebody now or asks for something in due course.
`;
}

function lines(words: readonly string[]): string[] {
  const written: string[] = [];
  let line = '';
  for (const word of words) {
    if (line !== '' && line.length + word.length + 1 > WIDTH) {
      written.push(`    ${line}`);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...written, `    ${line}`];
}
