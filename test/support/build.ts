// Worker threads and the command run compiled code, so the tests begin by compiling. Type errors do not stop them:
// those are judged by `npm run types`.
import { spawnSync } from 'node:child_process';

export default function build(): void {
  spawnSync('npx', ['tsc', '-p', 'tsconfig.build.json'], { stdio: 'ignore' });
}
