import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape, oneOf } from '../../platform/shapes.ts'
import { ActorShape, IdParams, textUpTo, UnitNameShape } from '../contract-parts.ts'
import { consentEnds, counterServices } from './consent.ts'

/** A person of another unit is served at a counter, with their consent. Numbers and codes come in bodies. */

const atCounter = { right: 'register.serve', purpose: 'register' } as const

export const askConsent = endpoint({
  ...atCounter,
  method: 'POST',
  path: '/register/counter',
  summary: 'Ask whoever stands at the counter to consent: by a code to their own phone, or on a paper that they sign',
  body: Type.Object({
    number: textUpTo(40),
    service: oneOf(counterServices),
    /** Which paper they signed, and where it is kept; without it a code goes to their phone. */
    paper: Type.Optional(textUpTo(200)),
  }),
  reply: Type.Object({
    id: IdShape<'counter-consent'>(),
    until: Type.String({ format: 'date-time' }),
    /** The end of the phone to which the code went. */
    phoneEnd: Type.Optional(Type.String()),
  }),
  problems: [
    'number-not-twelve-digits',
    'number-unknown',
    'unit-needed',
    'consent-needless',
    'consent-phone-missing',
    'consent-asked-often',
    'consent-of-the-dead',
  ],
})

export const giveConsentCode = endpoint({
  ...atCounter,
  method: 'POST',
  path: '/register/counter/:id/code',
  summary: 'The code that the person says: it opens their record to the counter until the work is done',
  params: IdParams,
  body: Type.Object({ code: textUpTo(20) }),
  reply: Type.Object({ outcome: oneOf(['opened', 'wrong', 'over'] as const) }),
  problems: ['consent-unknown'],
})

export const acceptConsentPaper = endpoint({
  ...atCounter,
  method: 'POST',
  path: '/register/counter/:id/accept',
  summary: 'A second officer of the counter has the signed paper before them: the record is open',
  needsFreshFactor: true,
  params: IdParams,
  reply: Type.Object({}),
  problems: ['consent-unknown', 'consent-over', 'consent-own-paper'],
})

export const endConsent = endpoint({
  ...atCounter,
  method: 'POST',
  path: '/register/counter/:id/end',
  summary: 'The person leaves the counter: their record is shut',
  params: IdParams,
  reply: Type.Object({}),
  problems: ['consent-unknown'],
})

const OpenShape = Type.Object({
  id: IdShape<'counter-consent'>(),
  /** Where the record is open. */
  personId: Type.Optional(IdShape<'person'>()),
  service: oneOf(counterServices),
  way: oneOf(['code', 'signed'] as const),
  askedBy: ActorShape,
  mine: Type.Boolean(),
  opened: Type.Boolean(),
  until: Type.String({ format: 'date-time' }),
  paper: Type.Optional(Type.String()),
})

export const listOpenConsents = endpoint({
  ...atCounter,
  method: 'GET',
  path: '/register/counter',
  summary: 'Who is served at the counters of my unit with their consent, and which papers wait for a second officer',
  reply: Type.Object({ consents: Type.Array(OpenShape) }),
})

/** It names no person. */
export const listConsents = endpoint({
  method: 'GET',
  path: '/register/counter-consents',
  summary: 'For superiors: people of theirs who were served at any counter, and anybody at their own counters',
  right: 'staff.read',
  purpose: 'none',
  reply: Type.Object({
    consents: Type.Array(
      Type.Object({
        id: IdShape<'counter-consent'>(),
        unit: UnitNameShape,
        home: Type.Optional(UnitNameShape),
        officer: ActorShape,
        second: Type.Optional(ActorShape),
        service: oneOf(counterServices),
        way: oneOf(['code', 'signed'] as const),
        askedAt: Type.String({ format: 'date-time' }),
        openedAt: Type.Optional(Type.String({ format: 'date-time' })),
        endedAt: Type.Optional(Type.String({ format: 'date-time' })),
        ended: Type.Optional(oneOf(consentEnds)),
        /** Whether the person is of the reader's units. */
        owned: Type.Boolean(),
        /** Whether the officer read the record. */
        read: Type.Boolean(),
      }),
    ),
  }),
})
