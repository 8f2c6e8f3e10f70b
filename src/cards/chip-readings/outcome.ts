import { type ChipReading, chipProofs } from '../../chip/inspecting/inspect-files.ts'
import type { Day } from '../../platform/day.ts'
import type { MrzLines } from '../mrz.ts'
import type { ReadingOutcome } from './chip-reading.ts'

/** What the installation knows of the chip that should answer. */
export type ExpectedChip = {
  readonly zone: MrzLines
  readonly issuedOn: Day | undefined
  /** Of a chip that was made here: SHA-256 of its security object, hexadecimal. */
  readonly securityObject: string | undefined
}

/** Document number, birth, sex, term and personal number; the name is left out, which a correction may change. */
const identityIn = ([first = '', second = '']: readonly string[]) => [
  first.slice(5),
  second.slice(0, 7),
  second[7],
  second.slice(8, 15),
]

/** A day as DG13 has it: 15/03/2021. */
const dayOnChip = (day: Day) => day.split('-').reverse().join('/')

/**
 * Whether a chip is that of another card. A person's former card has the same number, and often the same term: where
 * the chip was made here its security object tells them apart, else the day of issue.
 */
function isOfAnotherCard({ zone, national, securityObject }: ChipReading, expected: ExpectedChip): boolean {
  if (identityIn(zone ?? []).join() !== identityIn(expected.zone).join()) return true
  if (expected.securityObject) return securityObject !== expected.securityObject
  const { issuedOn } = national ?? {}
  return issuedOn !== undefined && expected.issuedOn !== undefined && issuedOn !== dayOnChip(expected.issuedOn)
}

/** What a reading of a chip found, of the card that it should be. `isBroken`: the line to the chip ended before it. */
export function outcomeOfReading(
  reading: ChipReading,
  expected: ExpectedChip,
  { isBroken }: { readonly isBroken: boolean },
): ReadingOutcome {
  const found = new Map(reading.checks.map(({ check, outcome }) => [check, outcome]))
  if (isBroken) return 'broken-off'
  if (found.get('password') === 'failed') return 'not-opened'
  const isProof = (check: string) => chipProofs.some(proof => proof === check)
  if (reading.checks.some(({ check, outcome }) => outcome === 'failed' && !isProof(check))) return 'not-genuine'
  if ((['signature', 'data-groups', 'zone'] as const).some(check => found.get(check) !== 'passed')) return 'not-genuine'
  if (found.get('signer') === 'not-done') return 'signer-unknown'
  if (isOfAnotherCard(reading, expected)) return 'another-card'
  return reading.isOriginal ? 'original' : 'copy'
}
