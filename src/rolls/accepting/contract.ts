import { endpoint } from '../../platform/endpoint.ts'
import { RollParams, RollShape } from '../contract.ts'

/** The police have looked at a roll whose rows are people of elsewhere: it is compared now. */
export const acceptRoll = endpoint({
  method: 'POST',
  path: '/rolls/:id/accept',
  summary: 'Accept a roll of strangers, as another officer than its sender',
  right: 'rolls.review',
  needsFreshFactor: true,
  purpose: 'roll',
  params: RollParams,
  reply: RollShape,
  problems: ['roll-unknown', 'roll-not-held', 'roll-own'],
})
