import { endpoint } from '../../platform/endpoint.ts'
import { RollParams, RollShape } from '../contract.ts'

/** A roll that is unlike the one in force takes its place, since its sender says that it is meant so. */
export const confirmRoll = endpoint({
  method: 'POST',
  path: '/rolls/:id/confirm',
  summary: 'Say that an unlike roll is meant to replace the one in force',
  right: 'rolls.import',
  purpose: 'roll',
  params: RollParams,
  reply: RollShape,
  problems: ['roll-unknown', 'roll-not-held'],
})

/** Takes the file of a former roll in once more; the answer is the roll that it became, whose comparison is queued. */
export const restoreRoll = endpoint({
  method: 'POST',
  path: '/rolls/:id/restore',
  summary: 'Go back to a roll that another one replaced',
  right: 'rolls.import',
  purpose: 'roll',
  sentAgain: 'by-hand',
  params: RollParams,
  reply: RollShape,
  problems: ['roll-unknown', 'roll-in-force', 'roll-not-replaced', 'roll-file-gone'],
})
