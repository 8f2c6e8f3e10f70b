import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape } from '../../platform/shapes.ts'

const Named = Type.Object({ vi: Type.String(), en: Type.String() })

export const listDuties = endpoint({
  method: 'GET',
  path: '/duties',
  summary: 'Who may do each duty today, at which level, and how many officers of my units have such a post',
  right: 'staff.read',
  purpose: 'none',
  reply: Type.Object({
    day: Type.String({ format: 'date' }),
    duties: Type.Array(
      Type.Object({
        duty: Type.String(),
        name: Named,
        holders: Type.Array(
          Type.Object({
            role: Type.String(),
            roleName: Named,
            level: Type.Enum(['province', 'district', 'commune']),
            officers: Type.Integer(),
          }),
        ),
      }),
    ),
    /** Posts that open nothing any more, since the level of their unit is dissolved. */
    dissolved: Type.Array(
      Type.Object({
        officerId: IdShape<'officer'>(),
        officerName: Type.String(),
        roleName: Named,
        unitName: Type.String(),
      }),
    ),
  }),
})
