import { Type } from 'typebox'
import { endpoint, signedIn } from '../../platform/endpoint.ts'
import { oneOf } from '../../platform/shapes.ts'
import { stepNames } from './step-names.ts'

/** The guide of an officer's first day, over the wire. */

const Instant = Type.String({ format: 'date-time' })
const BasisText = Type.String({ maxLength: 300 })

export const showFirstDay = endpoint({
  method: 'GET',
  path: '/me/first-day',
  summary: 'The steps of the first day of my role, and which of them I have really done',
  right: signedIn,
  purpose: 'none',
  reply: Type.Object({
    /** Whether it is offered: not all is done, and it was not put away. */
    offered: Type.Boolean(),
    /** The duties of whoever handles personal data, by their codes and the act in force. */
    duties: Type.Object({ codes: Type.Array(Type.String()), basis: Type.String(), readAt: Type.Optional(Instant) }),
    steps: Type.Array(
      Type.Object({
        step: oneOf(stepNames),
        /** Where it is done, and how the house knows that it was. */
        at: Type.String(),
        by: oneOf(['factor', 'duties', 'deed', 'reading', 'opened']),
        /** Known by a deed or a reading: since when. */
        doneAt: Type.Optional(Instant),
        isDone: Type.Boolean(),
      }),
    ),
  }),
})

export const dismissFirstDay = endpoint({
  method: 'POST',
  path: '/me/first-day/dismissal',
  summary: 'Put the guide of the first day away; it stays in the menu and is not offered again',
  right: signedIn,
  purpose: 'none',
  body: Type.Object({}),
  reply: Type.Object({}),
})

export const acknowledgeDuties = endpoint({
  method: 'POST',
  path: '/me/first-day/duties',
  summary: 'Say that I have read the duties on personal data of the act in force',
  right: signedIn,
  purpose: 'none',
  body: Type.Object({ basis: BasisText }),
  reply: Type.Object({}),
  problems: ['duties-of-another-act'],
})

export const noteOpened = endpoint({
  method: 'POST',
  path: '/me/first-day/opened',
  summary: 'A page of the guide was opened, or the help of a page',
  right: signedIn,
  purpose: 'none',
  body: Type.Object({ step: oneOf(stepNames) }),
  reply: Type.Object({}),
})

export const whomToAsk = endpoint({
  method: 'GET',
  path: '/me/whom-to-ask',
  summary: 'Who administers my unit, or the nearest one above that has an administrator: by name, without contact',
  right: signedIn,
  purpose: 'none',
  reply: Type.Object({
    people: Type.Array(
      Type.Object({
        name: Type.String(),
        roleName: Type.Object({ vi: Type.String(), en: Type.String() }),
        unitName: Type.String(),
      }),
    ),
  }),
})
