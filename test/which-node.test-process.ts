import { execFileSync } from 'node:child_process'

console.log(execFileSync('node', ['-p', 'process.execPath'], { encoding: 'utf8' }).trim())
