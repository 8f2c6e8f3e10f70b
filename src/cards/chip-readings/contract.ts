import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape, oneOf } from '../../platform/shapes.ts'
import { IdParams, Image, Uuid } from '../contract-parts.ts'
import { chipReadingLimits } from '../law.ts'
import { readingOutcomes, readingPurposes } from './chip-reading.ts'

/** Bytes in hexadecimal, in small letters. */
const Hex = Type.String({ maxLength: 2 * chipReadingLimits.answerBytes, pattern: '^(?:[0-9a-f]{2})*$' })
const Step = Type.Integer({ minimum: 1, maximum: chipReadingLimits.commands })

const readingEndpoint = { right: 'cards.read', purpose: 'card' } as const

export const beginChipReading = endpoint({
  ...readingEndpoint,
  method: 'POST',
  path: '/chip-readings',
  summary:
    'Begin to read the chip of a card: gives the first command. What it is read for needs the right to do that; ' +
    'whoever carries the bytes to the chip is told neither password nor keys',
  body: Type.Object({
    cardId: IdShape<'card'>(),
    purpose: oneOf(readingPurposes),
    /** As it is printed on the card, where its zone opens no chip. */
    accessNumber: Type.Optional(Type.String({ pattern: '^\\d{6,16}$' })),
  }),
  reply: Type.Object({ id: Uuid, step: Step, command: Type.String() }),
  problems: [
    'right-missing',
    'card-unknown',
    'chip-reading-card-unfit',
    'chip-reading-access-number-needed',
    'card-number-malformed',
    'card-text-unprintable',
    'card-field-needed',
    'too-many-at-once',
  ],
})

export const answerChipReading = endpoint({
  ...readingEndpoint,
  method: 'POST',
  path: '/chip-readings/:id/answers',
  summary:
    'What the chip answered to the command of a step, with its status word; left out where the line to it broke. ' +
    'Gives the next command, or the outcome. The same answer sent again gets the same reply',
  sentAgain: 'by-hand',
  params: IdParams,
  body: Type.Object({ step: Step, answer: Type.Optional(Hex) }),
  reply: Type.Object({
    step: Type.Optional(Step),
    command: Type.Optional(Type.String()),
    outcome: Type.Optional(oneOf(readingOutcomes)),
    checks: Type.Optional(
      /** By the names of `card inspect`. */
      Type.Array(Type.Object({ check: Type.String(), outcome: oneOf(['passed', 'failed', 'not-done']) })),
    ),
  }),
  problems: ['chip-reading-gone', 'chip-reading-step-wrong'],
})

export const chipReadingPictures = endpoint({
  ...readingEndpoint,
  method: 'GET',
  path: '/chip-readings/:id/pictures',
  summary:
    'The portraits of the chip and of the record, to be held beside the person; the chip’s for some minutes after a ' +
    'reading that found the card itself',
  params: IdParams,
  reply: Type.Object({
    chip: Type.Optional(Type.Object({ image: Type.String(), form: oneOf(['jpeg', 'jpeg2000']) })),
    record: Type.Optional(Image),
  }),
  problems: ['chip-reading-unknown', 'chip-reading-of-another-officer'],
})
