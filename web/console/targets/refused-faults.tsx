import { targetFaults } from '../../../src/campaign/targets/contract.ts'
import { Refusal } from '../../parts/call.ts'
import { numberText } from '../../parts/formats.ts'
import { type Say, useSay } from '../base/language.tsx'
import { among } from '../campaign/search.ts'
import { RefusedNote } from '../parts/page-state.tsx'

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const known = [...targetFaults, 'batch-unknown'] as const

/**
 * One fault as the house names it: of a target (unit, fault, value, limit), or a place of the file with what is wrong
 * there.
 */
function faultText(say: Say, fault: unknown, nameOf: (code: string) => string): string {
  if (!isRecord(fault)) return String(fault)
  const { unit, fault: code, value, limit } = fault
  const word = among(known, String(code))
  const figures = [value, limit]
    .filter(one => typeof one === 'number')
    .map(numberText)
    .join(' > ')
  return `${nameOf(String(unit))}: ${word ? say(`fault-${word}`) : String(code)}${figures && ` (${figures})`}`
}

/** Why something was refused, place by place. */
export function RefusedFaults({ error, nameOf = code => code }: { error: unknown; nameOf?: (code: string) => string }) {
  const say = useSay()
  if (!error) return null
  const faults =
    error instanceof Refusal && Array.isArray(error.facts['faults'])
      ? (error.facts['faults'] as readonly unknown[])
      : []
  const said = [...new Set(faults.map(fault => faultText(say, fault, nameOf)))]
  return (
    <div>
      <RefusedNote error={error} />
      {said.length > 0 && (
        <ul className="faults figures">
          {said.map(one => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
