import { Type } from 'typebox'
import { HolderShape, IssuedShape, issuedParts, LinkShape } from '../../access-links/contract.ts'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape, oneOf, wholeNumberFrom } from '../../platform/shapes.ts'
import { pupilOutcomes } from '../class.ts'
import { terms } from '../law.ts'

/** Links of classes over the wire. */

const Uuid = Type.String({ format: 'uuid' })
const DayText = Type.String({ format: 'date' })
const Instant = Type.String({ format: 'date-time' })
const Ids = Type.Object({ id: Uuid })

export const classLinks = endpoint({
  method: 'GET',
  path: '/class-links',
  summary: 'The classes of a school with the links by which their teachers open the sheet of the class',
  right: 'classes.links',
  purpose: 'none',
  query: Type.Object({ school: Type.Optional(IdShape<'school'>()) }),
  reply: Type.Object({
    schools: Type.Array(Type.Object({ id: IdShape<'school'>(), name: Type.String() })),
    school: Type.Optional(
      Type.Object({
        id: IdShape<'school'>(),
        name: Type.String(),
        schoolYear: Type.String(),
        /** Whether the reader issues links here: the school itself, or the ward where the school has no officer. */
        mayIssue: Type.Boolean(),
        namesInMessage: Type.Boolean(),
      }),
    ),
    /** The end of the term: until when a link is usually given. */
    termEnd: DayText,
    term: oneOf(terms),
    classes: Type.Array(
      Type.Object({
        class: Type.String(),
        pupils: wholeNumberFrom(0),
        /** The homeroom teacher, where the school named one. */
        teacher: Type.Optional(Type.String()),
        links: Type.Array(LinkShape),
      }),
    ),
  }),
  problems: ['class-school-outside'],
})

export const issueClassLink = endpoint({
  method: 'POST',
  path: '/class-links',
  summary: 'Issue a link to the sheet of a class, with a PIN that is told apart',
  right: 'classes.links',
  purpose: 'campaign',
  body: Type.Object({
    schoolId: IdShape<'school'>(),
    class: Type.String({ minLength: 1, maxLength: 40 }),
    holder: HolderShape,
    until: DayText,
  }),
  reply: IssuedShape,
  problems: ['class-school-outside', 'class-link-of-school', 'class-unknown', 'access-link-day-refused'],
})

/** Of one school at once: no school has more classes. */
export const mostClassLinks = 100

export const issueClassLinks = endpoint({
  method: 'POST',
  path: '/class-links/of-school',
  summary: 'Issue links for many classes of a school at once; one in force is renewed',
  right: 'classes.links',
  purpose: 'campaign',
  body: Type.Object({
    schoolId: IdShape<'school'>(),
    until: DayText,
    classes: Type.Array(Type.Object({ class: Type.String({ minLength: 1, maxLength: 40 }), holder: HolderShape }), {
      minItems: 1,
      maxItems: mostClassLinks,
    }),
  }),
  reply: Type.Object({
    links: Type.Array(Type.Object({ ...issuedParts, class: Type.String(), holder: Type.String() })),
  }),
  problems: ['class-school-outside', 'class-link-of-school', 'class-unknown', 'access-link-day-refused'],
})

export const renewClassLink = endpoint({
  method: 'POST',
  path: '/class-links/:id/renew',
  summary: 'Give a link another address, PIN and last day; the old address opens nothing',
  right: 'classes.links',
  purpose: 'campaign',
  params: Ids,
  body: Type.Object({ until: DayText, holder: Type.Optional(HolderShape) }),
  reply: IssuedShape,
  problems: ['access-link-unknown', 'class-link-of-school', 'access-link-day-refused'],
})

export const newPinOfClassLink = endpoint({
  method: 'POST',
  path: '/class-links/:id/pin',
  summary: 'Another PIN for a link; whoever has it open types the new one',
  right: 'classes.links',
  purpose: 'campaign',
  params: Ids,
  reply: Type.Object({ pin: Type.String() }),
  problems: ['access-link-unknown', 'access-link-ended', 'class-link-of-school'],
})

export const revokeClassLink = endpoint({
  method: 'POST',
  path: '/class-links/:id/revoke',
  summary: 'End a link at once; what a phone keeps of it goes at its next contact',
  right: 'classes.links',
  purpose: 'campaign',
  params: Ids,
  reply: Type.Object({}),
  problems: ['access-link-unknown', 'access-link-ended', 'class-link-of-school'],
})

export const doneByClassLink = endpoint({
  method: 'GET',
  path: '/class-links/:id/done',
  summary: 'What was said behind a link, the latest first',
  right: 'classes.links',
  purpose: 'campaign',
  params: Ids,
  reply: Type.Object({
    done: Type.Array(
      Type.Object({
        at: Instant,
        name: Type.String(),
        outcome: oneOf(pupilOutcomes),
        willComeOn: Type.Optional(DayText),
        note: Type.Optional(Type.String()),
        takenBack: Type.Boolean(),
      }),
    ),
  }),
  problems: ['access-link-unknown'],
})

export const chooseNamesInMessage = endpoint({
  method: 'PUT',
  path: '/class-message',
  summary: 'Decide whether the text for the group of a class names pupils',
  right: 'classes.manage',
  purpose: 'none',
  body: Type.Object({ schoolId: IdShape<'school'>(), names: Type.Boolean() }),
  reply: Type.Object({}),
  problems: ['class-school-outside'],
})
