import type { FastifyReply } from 'fastify'
import * as dataProtection from '../../data-protection/data-protection.ts'
import { formShapeBySteps } from '../../platform/http/csrf.ts'
import { Problem } from '../../platform/problem.ts'
import { sendPage } from '../../staff/staff.ts'
import type { PageContext, PageRoutes } from '../page-context.ts'
import { fileOwnRequest, readOwnRequests, takeBackOwnRequest } from './data-requests.ts'
import { type DataRequestsView, dataRequestsPage, dataRequestsPlace } from './page-data-requests.ts'
import { type DataRequestTextKey, dataRequestTranslator } from './words.ts'

const longest = 8000
const form = formShapeBySteps(longest, { file: ['kind', 'words'], 'take-back': ['request'] })

type Shown = Omit<DataRequestsView, 'requests' | 'done' | 'wrong'> & {
  readonly status?: number
  readonly done?: DataRequestTextKey | undefined
  readonly wrong?: DataRequestTextKey | undefined
}

async function show({ house, self, frame, reply }: PageContext, shown: Shown = {}): Promise<FastifyReply> {
  const { status = 200, done, wrong, typed } = shown
  const tell = dataRequestTranslator(frame.language, self.address)
  const requests = await readOwnRequests(house.openWork, self)
  return sendPage(
    reply,
    status,
    dataRequestsPage(frame, tell, { requests, done: done && tell(done), wrong: wrong && tell(wrong), typed }),
  )
}

/** Refusals that the form itself can mend; the others have a page of their own. */
const mended: Readonly<Record<string, DataRequestTextKey>> = {
  'data-request-answer-short': 'words-needed',
  'data-request-many-open': 'too-many',
}

async function file(here: PageContext, { kind, words = '' }: Readonly<Record<string, string>>) {
  const typed = { kind, words }
  const asked = dataProtection.requestKinds.find(one => one === kind)
  if (!asked) return show(here, { status: 400, wrong: 'kind-needed', typed })
  try {
    await fileOwnRequest(here.house.openWork, here.self, { kind: asked, words })
  } catch (error) {
    const wrong = error instanceof Problem ? mended[error.code] : undefined
    if (!wrong || !(error instanceof Problem)) throw error
    return show(here, { status: error.kind.status, wrong, typed })
  }
  return here.reply.redirect(`${dataRequestsPlace}?done=filed`, 303)
}

const doneTexts = ['filed', 'taken-back'] as const

export function dataRequestRoutes(desk: PageRoutes): void {
  desk.show(dataRequestsPlace, (here, { query }) => show(here, { done: doneTexts.find(one => one === query.done) }))
  desk.take(dataRequestsPlace, form, async (here, body) => {
    if (body['step'] !== 'take-back') return file(here, body)
    await takeBackOwnRequest(here.house.openWork, here.self, body['request'])
    return here.reply.redirect(`${dataRequestsPlace}?done=taken-back`, 303)
  })
}
