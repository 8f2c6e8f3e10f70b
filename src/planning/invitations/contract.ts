import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { oneOf, wholeNumberFrom } from '../../platform/shapes.ts'

/** Invitations to a session over the wire: whom they reach, why the others not. Nobody is named. */

const params = Type.Object({ id: Type.String({ format: 'uuid' }) })
const Whole = wholeNumberFrom(0)
const refused = Type.Array(Type.Object({ why: oneOf(['no-phone', 'declined']), people: Whole }))

export const invitationPreview = endpoint({
  method: 'GET',
  path: '/sessions/:id/invitations',
  summary: 'How many families an invitation to a session would reach, why not the others, and what it says',
  right: 'planning.serve',
  purpose: 'campaign',
  params,
  reply: Type.Object({ reached: Whole, already: Whole, refused, text: Type.String() }),
  problems: ['session-gone', 'session-state-refused'],
})

export const invitationSend = endpoint({
  method: 'POST',
  path: '/sessions/:id/invitations',
  summary: 'Invite the families of a session’s roster who were not invited yet, each once',
  right: 'planning.serve',
  purpose: 'campaign',
  params,
  reply: Type.Object({ invited: Whole, already: Whole, refused }),
  problems: ['session-gone', 'session-state-refused'],
})
