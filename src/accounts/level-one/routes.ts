import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { rateLimitOf } from '../../platform/http/callers.ts'
import { refuseNul } from '../../platform/http/nul-characters.ts'
import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { refuseUndeclared } from '../../platform/http/wrong-fields.ts'
import { statusOf } from '../../platform/limits/limits.ts'
import * as staff from '../../staff/staff.ts'
import { showPortrait } from '../contract.ts'
import { levelOnePicture } from '../law.ts'
import { getPortrait, type LevelOneHouse, requestLevelOne } from './level-one.ts'
import { levelOneFormPage, levelOneTakenPage } from './page.ts'

export type AccountsHouse = LevelOneHouse & { readonly isDemonstration: () => boolean }

type LevelOneForm = { readonly number: string; readonly phone: string; readonly picture: Buffer | 'too-large' }

const Fields = Type.Object({ number: Type.String(), phone: Type.String(), picture: Type.String() })

const isTooLarge = (error: unknown) => (error as { code?: string }).code === 'FST_REQ_FILE_TOO_LARGE'

/** Reads a form of a browser: two fields and a file, of which no more is read than the limit. */
async function readForm(request: FastifyRequest): Promise<LevelOneForm> {
  const fields = new Map<string, string>()
  let picture: LevelOneForm['picture'] = Buffer.alloc(0)
  try {
    for await (const part of request.parts({
      limits: { fileSize: levelOnePicture.largestBytes, files: 1, fields: 5, fieldSize: 200 },
    })) {
      refuseNul(part.fieldname, part.type === 'field' ? String(part.value) : part.filename)
      refuseUndeclared(Fields, { [part.fieldname]: '' })
      if (part.type === 'field') fields.set(part.fieldname, String(part.value))
      else picture = await part.toBuffer()
    }
  } catch (error) {
    if (!isTooLarge(error)) throw error
    picture = 'too-large'
  }
  return { number: fields.get('number') ?? '', phone: fields.get('phone') ?? '', picture }
}

/** A page of another site, or of another host of ours, could make its visitors' browsers send requests. */
const isForeign = ({ headers }: FastifyRequest) =>
  !['same-origin', 'none', undefined].includes(headers['sec-fetch-site'] as string | undefined)

function levelOnePages(app: FastifyInstance, house: AccountsHouse): void {
  const frameOf = (request: FastifyRequest) => staff.frameOf(request, house.isDemonstration())
  const place = { schema: { hide: true } }
  app.get('/account/request', place, async (request, reply) =>
    staff.sendPage(reply, 200, levelOneFormPage(frameOf(request))),
  )
  app.post(
    '/account/request',
    { ...place, config: { rateLimit: rateLimitOf('level-one') } },
    async (request: FastifyRequest, reply: FastifyReply) => {
      const frame = frameOf(request)
      if (isForeign(request) || !request.isMultipart())
        return staff.sendPage(reply, 400, levelOneFormPage(frame, {}, 'foreign-page'))
      const { number, phone, picture } = await readForm(request)
      if (picture === 'too-large')
        return staff.sendPage(reply, 400, levelOneFormPage(frame, { number, phone }, 'picture-too-large'))
      const outcome = await requestLevelOne(house, { number, phone, picture, address: request.ip })
      if (outcome === 'taken') return staff.sendPage(reply, 200, levelOneTakenPage(frame))
      return staff.sendPage(
        reply,
        outcome === 'too-often' ? statusOf('requests for level 1 a day') : 400,
        levelOneFormPage(frame, { number, phone }, outcome),
      )
    },
  )
}

export function levelOneRoutes(doors: Doors, house: AccountsHouse): void {
  serve(doors, showPortrait, async (work, { params }) => ({
    name: `${params.which}.jpg`,
    type: 'image/jpeg',
    content: await getPortrait(work, await house.keys(), params.id, params.which),
  }))
  levelOnePages(doors.app, house)
}
