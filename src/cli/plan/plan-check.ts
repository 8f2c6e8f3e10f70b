import { readInstance } from '../../planning/optimiser/optimiser.ts'
import type { PlanObjective } from '../../planning/optimiser/plan.ts'
import type { PlanFault } from '../../planning/plan-check/fault.ts'
import { checkPlan } from '../../planning/plan-check/plan-check.ts'
import { escapedForTerminal, printAnswer, WrongUsage } from '../../platform/terminal.ts'
import type { Invocation } from '../invocation.ts'
import { readJsonFile } from './read-json.ts'

/** Of a plan that is wrong throughout, so many faults are told in words; all of them with --json. */
const mostTold = 50

/** What the file says stands in the sentences: it is shown without what a terminal would obey. */
function faultLine({ code, team, day, session, sentence }: PlanFault): string {
  const at = [team && `team ${team}`, day, session && `session ${session}`].filter(Boolean).join(', ')
  return `  ${escapedForTerminal(`${at ? `${at}: ` : ''}${sentence} (${code})`)}`
}

function objectiveLine({ total, travelMinutes, overtimeMinutes, ...rest }: PlanObjective): string {
  const { latePeople, unservedPeople, movedSessions } = rest
  return (
    `objective ${total}: ${travelMinutes} minutes of travel, ${overtimeMinutes} of overtime, ${latePeople} late, ` +
    `${unservedPeople} not served, ${movedSessions} announced sessions not kept`
  )
}

/** `plan check INSTANCE.json PLAN.json`: exit 0 where the plan keeps every rule; otherwise each fault is told. */
export async function planCheck({ positionals, json }: Omit<Invocation, 'house'>): Promise<void> {
  const [instancePath, planPath, ...more] = positionals
  if (!instancePath || !planPath || more.length > 0)
    throw new WrongUsage('plan check takes two files: plan check INSTANCE.json PLAN.json')
  const instance = readInstance(await readJsonFile(instancePath))
  const { faults, objective } = checkPlan(instance, await readJsonFile(planPath))
  const isValid = faults.length === 0
  const words = isValid
    ? ['valid', objectiveLine(objective)]
    : [
        `not valid: ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}`,
        ...faults.slice(0, mostTold).map(faultLine),
        ...(faults.length > mostTold ? [`  and ${faults.length - mostTold} more`] : []),
      ]
  await printAnswer(json, { valid: isValid, faults, objective }, words.join('\n'))
  if (!isValid) process.exitCode = 1
}
