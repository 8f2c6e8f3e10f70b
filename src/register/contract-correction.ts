import { Type } from 'typebox'
import { endpoint } from '../platform/endpoint.ts'

/** What a roll proposed becomes an officer's own, once the papers are at hand. */
export const attestCorrection = endpoint({
  method: 'POST',
  path: '/register/corrections/:id/attest',
  summary: 'Write down the papers that show what a roll proposed; a second officer then decides',
  right: 'register.propose',
  purpose: 'correction',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  body: Type.Object({
    form: Type.Object({ code: Type.String({ minLength: 1, maxLength: 20 }), version: Type.String({ minLength: 1, maxLength: 60 }) }),
    papers: Type.String({ minLength: 1, maxLength: 2000 }),
  }),
  reply: Type.Object({}),
  problems: ['correction-unknown', 'correction-closed', 'another-unit-decides', 'papers-needed', 'papers-known'],
})
