import { candidateKeys } from '../../linkage/blocking/blocking.ts'
import { link } from '../../linkage/deciding/deciding.ts'
import type { LinkRecord } from '../../linkage/person-record.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as rolls from '../../rolls/rolls.ts'
import { leastLikelySamePerson } from '../law.ts'
import type { ApplicationFinding } from '../store-finding.ts'

/**
 * Finds other people of the register who may be the same person: by name, date, home and parents, as for a roll's row,
 * without the number.
 */
export async function duplicateFinding(work: Work, personId: register.PersonId): Promise<ApplicationFinding> {
  const [record] = await register.linkRecordsOf(work, [personId])
  if (!record) return { kind: 'duplicate', verdict: 'not-done', facts: {} }
  const { number: _number, oldNumber: _old, ...person } = record
  const asked: LinkRecord = { ...person, cancelledNumbers: [] }
  const found = (await register.findLinkCandidates(work, [asked], { keysOf: candidateKeys })).get(asked.id) ?? []
  const others = found.filter(({ id }) => id !== personId)
  if (others.length === 0) return { kind: 'duplicate', verdict: 'good', facts: {} }
  const [row] = link([asked], () => others, await rolls.getLinker(work, work.today))
  const alike = (row?.decision.candidates ?? [])
    .filter(({ posterior }) => posterior >= leastLikelySamePerson)
    .map(({ candidate, posterior }) => ({ person: candidate.id, probability: Math.round(posterior * 1000) / 1000 }))
  return {
    kind: 'duplicate',
    verdict: alike.length > 0 ? 'doubtful' : 'good',
    facts: alike.length > 0 ? { alike } : {},
  }
}
