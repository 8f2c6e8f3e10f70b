import assert from 'node:assert/strict'
import { dailyCopy } from './page.ts'
import { shortened, type Trial } from './trial.ts'

/** Runs lines that must succeed. Throws with all that they said. */
export async function runWell({ run }: Trial, lines: string, more?: Record<string, string>): Promise<string> {
  const { code, output } = await run(lines, more)
  assert.equal(code, 0, `these lines ended with ${code}:\n${lines}\n${shortened(output)}`)
  return output
}

/**
 * Makes an installation and its daily copy, and stops it. `begin`: arguments of its first start. `more`: variables for
 * all lines.
 */
export async function makeInstallation(trial: Trial, begin: string, more?: Record<string, string>): Promise<void> {
  await runWell(
    trial,
    `npx dinhdanh start --data "$DATA" ${begin} > "$TRIAL/first.log" 2>&1 &
     until grep -q Ctrl-C "$TRIAL/first.log"; do sleep 0.5; done
     node -e 'process.kill(JSON.parse(fs.readFileSync(process.env.DATA + "/server.pid"))[0].pid, "SIGTERM")'
     wait
     npx dinhdanh key paper "$TRIAL/paper.txt" --data "$DATA"
     ${dailyCopy()}`,
    more,
  )
}
