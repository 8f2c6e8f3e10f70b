import { Type } from 'typebox'
import { endpoint, signedIn } from '../endpoint.ts'
import { together } from './law.ts'

/**
 * What became of one question: the door's own answer; its own refusal, as RFC 9457 writes it; or that it is to be asked
 * by itself, since it failed or came too late to be answered with others.
 */
const OneAnswer = Type.Object({
  of: Type.String(),
  outcome: Type.Union([Type.Literal('answered'), Type.Literal('refused'), Type.Literal('alone')]),
  body: Type.Optional(Type.Unknown()),
  problem: Type.Optional(Type.Unknown()),
})

/** Each question is asked by the right and for the purpose of its own door: what is said here opens nothing. */
export const answersTogether = endpoint({
  method: 'GET',
  path: '/answers-together',
  summary: 'What several doors answer, asked in one work: those whose table says that they are asked so',
  right: signedIn,
  purpose: 'none',
  query: Type.Object({
    of: Type.Array(Type.String({ minLength: 2, maxLength: together.characters }), {
      minItems: 1,
      maxItems: together.most,
      description: 'Addresses below /api, with their queries',
    }),
  }),
  reply: Type.Object({ answers: Type.Array(OneAnswer) }),
})
