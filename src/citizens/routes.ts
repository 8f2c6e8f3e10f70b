import type { FastifyInstance } from 'fastify'
import * as accounts from '../accounts/accounts.ts'
import { formShape, readForms } from '../platform/http/csrf.ts'
import { isId } from '../platform/ids.ts'
import { serveAssets } from '../platform/pages/page-assets.ts'
import { sendPage } from '../staff/staff.ts'
import { countAccesses, accessLogPage as readLooks } from './access-log-readers.ts'
import { appointmentRoutes } from './appointments/routes.ts'
import { countChildren, readChildren, readOverview, readRecord } from './citizens.ts'
import { dataRequestRoutes } from './data-requests/routes.ts'
import { collectOwnData, ownDataFile, readConsentsAndSignIns } from './download.ts'
import { shownOf } from './law.ts'
import * as change from './own-deeds.ts'
import { renderAccessLog } from './page-access-log.ts'
import { cardPage } from './page-card.ts'
import { type ChildrenPageNotes, childrenPage } from './page-children.ts'
import { consentsPage, isInForce, signInsPage } from './page-consents.ts'
import {
  type CitizenHouse,
  type CitizenPageRequest,
  doneTextOf,
  openPageRoutes,
  type PageContext,
  type PageRoutes,
  redirectFromChild,
} from './page-context.ts'
import { downloadPage, printPage, proveAgainFor, stepUpFor } from './page-download.ts'
import { firstPage } from './page-first.ts'
import { lockedPage, lockPage } from './page-lock.ts'
import { recordPage } from './page-record.ts'
import { probingOf } from './probing.ts'
import { accountRoutes } from './routes-account.ts'
import { accountRefOf, asHolder, asSubject } from './self.ts'
import { toDosOf } from './to-do.ts'

/** The person's own page, /citizen/…: every page works without script. */

async function showFirstPage({ house, self, frame, reply }: PageContext) {
  const { openWork } = house
  const { standing, looks } = await openWork(asSubject(self), async work => ({
    standing: await readOverview(work, self.subjectId),
    looks: await countAccesses(work, self.subjectId),
  }))
  const { consents, now } = await readConsentsAndSignIns(openWork, self, 0)
  const holder = self.child
    ? undefined
    : await openWork(asHolder(self), work => accounts.getHolder(work, accountRefOf(self)))
  const slips = self.child
    ? []
    : await openWork(asHolder(self), work => accounts.findStoppable(work, accountRefOf(self)))
  const children = self.child ? 0 : await countChildren(openWork, self)
  return sendPage(
    reply,
    200,
    firstPage(frame, {
      hasSlip: slips.length > 0,
      standing,
      toDo: toDosOf(standing, holder?.factors),
      looks,
      consents: consents.filter(one => isInForce(one, now)).length,
      children,
    }),
  )
}

async function showAccessLog({ house, self, frame, reply }: PageContext, { query }: CitizenPageRequest) {
  const before = query.before && isId(query.before) ? query.before : undefined
  const own = query.own === 'yes'
  const shown = await house.openWork(asSubject(self), async work => ({
    ...(await readLooks(work, self.subjectId, { before, own, limit: shownOf.looksOnPage })),
    counts: await countAccesses(work, self.subjectId),
    guesses: before ? [] : await probingOf(work, self.subjectId),
  }))
  return sendPage(reply, 200, renderAccessLog(frame, { ...shown, own, isLater: before !== undefined }))
}

function pageRoutes({ show }: PageRoutes) {
  show('/citizen/', showFirstPage)
  show('/citizen/looks', showAccessLog)
  show('/citizen/card', async ({ house, self, frame, reply }) =>
    sendPage(
      reply,
      200,
      cardPage(frame, await house.openWork(asSubject(self), work => readOverview(work, self.subjectId))),
    ),
  )
  show('/citizen/record', async ({ house, self, frame, reply }) =>
    sendPage(
      reply,
      200,
      recordPage(frame, await house.openWork(asSubject(self), work => readRecord(work, self.subjectId))),
    ),
  )
  show('/citizen/visits', async ({ house, self, frame, reply }) =>
    sendPage(reply, 200, signInsPage(frame, await readConsentsAndSignIns(house.openWork, self, shownOf.visitsRead))),
  )
}

function consentRoutes({ show, take }: PageRoutes) {
  show('/citizen/consents', async (here, asked) => {
    const given = await readConsentsAndSignIns(here.house.openWork, here.self, 0)
    return sendPage(here.reply, 200, consentsPage(here.frame, { ...given, done: doneTextOf(here, asked) }))
  })
  take('/citizen/consents', formShape(40, 'step', 'consent'), async ({ house, self, reply }, body) => {
    await change.withdrawConsent(house.openWork, self, body['consent'])
    return reply.redirect('/citizen/consents?done=withdrawn', 303)
  })
}

/** The file and its printed form: two ways of confirming within the last minutes, and each is a deed. */
function downloadRoutes({ show, take }: PageRoutes) {
  show('/citizen/download', async ({ self, frame, reply }) =>
    sendPage(reply, 200, downloadPage(frame, { isFresh: self.freshStrength >= 2 })),
  )
  take('/citizen/download', formShape(40, 'step'), async ({ house, self, reply }) => {
    if (self.freshStrength < 2) return reply.redirect(proveAgainFor('/citizen/download'), 303)
    const file = ownDataFile(await collectOwnData(house.openWork, self))
    return reply
      .header('cache-control', 'no-store')
      .header('content-disposition', 'attachment; filename="dinhdanh.json"')
      .type('application/json; charset=utf-8')
      .send(`${JSON.stringify(file, null, 2)}\n`)
  })
  take('/citizen/print', formShape(40, 'step'), async ({ house, self, frame, reply }) => {
    if (self.freshStrength < 2) return reply.redirect(proveAgainFor('/citizen/download'), 303)
    return sendPage(reply, 200, printPage(frame, await collectOwnData(house.openWork, self)))
  })
}

const childrenPlace = '/citizen/children'

async function showChildren(
  { house, self, frame, reply }: PageContext,
  { status = 200, ...said }: ChildrenPageNotes & { readonly status?: number },
) {
  const children = await readChildren(house.openWork, self)
  return sendPage(
    reply,
    status,
    childrenPage(frame, children, { ...said, level: self.level, isStrong: self.strength >= 2 }),
  )
}

/** The children of the signed-in person, and the account that may be requested for one. */
function childrenRoutes({ show, take }: PageRoutes) {
  show(
    childrenPlace,
    async (here, asked) =>
      redirectFromChild(here, childrenPlace) ?? showChildren(here, { done: doneTextOf(here, asked) }),
  )
  take(childrenPlace, formShape(300, 'step', 'child', 'agreed', 'delivery', 'address'), async (here, body) => {
    const elsewhere = redirectFromChild(here, childrenPlace)
    if (elsewhere) return elsewhere
    if (here.self.strength < 2) return here.reply.redirect(stepUpFor(childrenPlace), 303)
    if (body['agreed'] !== 'yes')
      return showChildren(here, { status: 400, wrong: here.frame.tell('child-agree-needed') })
    const { openWork } = here.house
    if (body['step'] !== 'child-card') {
      await change.askForChild(openWork, here.self, body['child'])
      return here.reply.redirect(`${childrenPlace}?done=child-asked`, 303)
    }
    if (here.self.level < 2) return showChildren(here, { status: 403, wrong: here.frame.tell('child-level-needed') })
    const { delivery, address } = body
    if (delivery === 'post' && !address?.trim())
      return showChildren(here, { status: 400, wrong: here.frame.tell('child-card-address-needed') })
    await change.askForCardOfChild(openWork, here.self, body['child'], { delivery, address })
    return here.reply.redirect(`${childrenPlace}?done=child-card-asked`, 303)
  })
}

function lockRoutes({ show, take }: PageRoutes) {
  show(
    '/citizen/lock',
    async here => redirectFromChild(here, '/citizen/lock') ?? sendPage(here.reply, 200, lockPage(here.frame)),
  )
  take('/citizen/lock', formShape(40, 'step', 'sure'), async (here, body) => {
    const elsewhere = redirectFromChild(here, '/citizen/lock')
    if (elsewhere) return elsewhere
    const { house, self, frame, reply } = here
    if (body['sure'] !== 'yes') return sendPage(reply, 400, lockPage(frame, { wrong: frame.tell('lock-tick') }))
    await change.lockOwnAccount(house.openWork, self)
    return sendPage(reply, 200, lockedPage(frame))
  })
}

export async function routes(app: FastifyInstance, house: CitizenHouse): Promise<void> {
  await app.register(async scope => {
    readForms(scope, 30_000)
    serveAssets(scope, import.meta.url, ['citizen.css', 'passkey-add.js'])
    scope.get('/citizen', { schema: { hide: true } }, async (_request, reply) => reply.redirect('/citizen/', 308))
    const desk = openPageRoutes(scope, house)
    for (const part of [
      pageRoutes,
      childrenRoutes,
      consentRoutes,
      dataRequestRoutes,
      appointmentRoutes,
      downloadRoutes,
      lockRoutes,
      accountRoutes,
    ])
      part(desk)
  })
}
