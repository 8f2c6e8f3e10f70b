import { readFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import * as accounts from '../accounts/accounts.ts'
import { readForms } from '../platform/http/csrf.ts'
import { isId } from '../platform/ids.ts'
import { sendPage } from '../staff/staff.ts'
import * as change from './change.ts'
import { childrenOf, countChildren, recordOf, standingOf, toDoOf } from './citizens.ts'
import { type Asking, asOneself, type CitizenHouse, type Desk, deskOf, doneOf, type Here } from './desk.ts'
import { consentsAndVisits, fileOf, gather } from './download.ts'
import { guessesOf } from './guesses.ts'
import { countLooks, looksPage as readLooks } from './looks.ts'
import { cardPage } from './page-card.ts'
import { type ChildrenSaid, childrenPage } from './page-children.ts'
import { consentsPage, isInForce, visitsPage } from './page-consents.ts'
import { downloadPage, printPage, stepUpFor } from './page-download.ts'
import { firstPage } from './page-first.ts'
import { lockedPage, lockPage } from './page-lock.ts'
import { looksPage } from './page-looks.ts'
import { recordPage } from './page-record.ts'
import { accountRoutes } from './routes-account.ts'
import { asHolder, asSubject, refOf } from './self.ts'

/** The person's own page, /citizen/…: every page works without script. */

async function first({ house, self, frame, reply }: Here) {
  const { openWork } = house
  const { standing, looks } = await openWork(asSubject(self), async work => ({
    standing: await standingOf(work, self.subjectId),
    looks: await countLooks(work, self.subjectId),
  }))
  const { consents, now } = await consentsAndVisits(openWork, self, 0)
  const holder = self.child ? undefined : await openWork(asHolder(self), work => accounts.getHolder(work, refOf(self)))
  const children = self.child ? 0 : await countChildren(openWork, self)
  return sendPage(
    reply,
    200,
    firstPage(frame, {
      standing,
      toDo: toDoOf(standing, holder?.factors),
      looks,
      consents: consents.filter(one => isInForce(one, now)).length,
      children,
    }),
  )
}

const looksAtOnce = 40
/** Of a parent's visits some are for a child; the page shows the latest of those it is about. */
const mostRead = 1000

async function looks({ house, self, frame, reply }: Here, { query }: Asking) {
  const before = query.before && isId(query.before) ? query.before : undefined
  const own = query.own === 'yes'
  const shown = await house.openWork(asSubject(self), async work => ({
    ...(await readLooks(work, self.subjectId, { before, own, limit: looksAtOnce })),
    counts: await countLooks(work, self.subjectId),
    guesses: before ? [] : await guessesOf(work, self.subjectId),
  }))
  return sendPage(reply, 200, looksPage(frame, { ...shown, own, isLater: before !== undefined }))
}

function readings({ show }: Desk) {
  show('/citizen/', first)
  show('/citizen/looks', looks)
  show('/citizen/card', async ({ house, self, frame, reply }) =>
    sendPage(
      reply,
      200,
      cardPage(frame, await house.openWork(asSubject(self), work => standingOf(work, self.subjectId))),
    ),
  )
  show('/citizen/record', async ({ house, self, frame, reply }) =>
    sendPage(
      reply,
      200,
      recordPage(frame, await house.openWork(asSubject(self), work => recordOf(work, self.subjectId))),
    ),
  )
  show('/citizen/visits', async ({ house, self, frame, reply }) =>
    sendPage(reply, 200, visitsPage(frame, await consentsAndVisits(house.openWork, self, mostRead))),
  )
}

function consents({ show, take }: Desk) {
  show('/citizen/consents', async (here, asked) => {
    const given = await consentsAndVisits(here.house.openWork, here.self, 0)
    return sendPage(here.reply, 200, consentsPage(here.frame, { ...given, done: doneOf(here, asked) }))
  })
  take('/citizen/consents', async ({ house, self, reply }, body) => {
    await change.withdraw(house.openWork, self, body['consent'])
    return reply.redirect('/citizen/consents?done=withdrawn', 303)
  })
}

/** The file and its printed form: two ways of confirming, and each is a deed. */
function downloads({ show, take }: Desk) {
  show('/citizen/download', async ({ self, frame, reply }) =>
    sendPage(reply, 200, downloadPage(frame, { isStrong: self.strength >= 2 })),
  )
  take('/citizen/download', async ({ house, self, reply }) => {
    if (self.strength < 2) return reply.redirect(stepUpFor('/citizen/download'), 303)
    const file = fileOf(await gather(house.openWork, self))
    return reply
      .header('cache-control', 'no-store')
      .header('content-disposition', 'attachment; filename="dinhdanh.json"')
      .type('application/json; charset=utf-8')
      .send(`${JSON.stringify(file, null, 2)}\n`)
  })
  take('/citizen/print', async ({ house, self, frame, reply }) => {
    if (self.strength < 2) return reply.redirect(stepUpFor('/citizen/download'), 303)
    return sendPage(reply, 200, printPage(frame, await gather(house.openWork, self)))
  })
}

const childrenPlace = '/citizen/children'

async function drawChildren(
  { house, self, frame, reply }: Here,
  { status = 200, ...said }: ChildrenSaid & { readonly status?: number },
) {
  const children = await childrenOf(house.openWork, self)
  return sendPage(
    reply,
    status,
    childrenPage(frame, children, { ...said, level: self.level, isStrong: self.strength >= 2 }),
  )
}

/** The children of the signed-in person, and the account that may be requested for one. */
function children({ show, take }: Desk) {
  show(
    childrenPlace,
    async (here, asked) => asOneself(here, childrenPlace) ?? drawChildren(here, { done: doneOf(here, asked) }),
  )
  take(childrenPlace, async (here, body) => {
    const elsewhere = asOneself(here, childrenPlace)
    if (elsewhere) return elsewhere
    if (here.self.strength < 2) return here.reply.redirect(stepUpFor(childrenPlace), 303)
    if (body['agreed'] !== 'yes')
      return drawChildren(here, { status: 400, wrong: here.frame.tell('child-agree-needed') })
    await change.askForChild(here.house.openWork, here.self, body['child'])
    return here.reply.redirect(`${childrenPlace}?done=child-asked`, 303)
  })
}

function locking({ show, take }: Desk) {
  show(
    '/citizen/lock',
    async here => asOneself(here, '/citizen/lock') ?? sendPage(here.reply, 200, lockPage(here.frame)),
  )
  take('/citizen/lock', async (here, body) => {
    const elsewhere = asOneself(here, '/citizen/lock')
    if (elsewhere) return elsewhere
    const { house, self, frame, reply } = here
    if (body['sure'] !== 'yes') return sendPage(reply, 400, lockPage(frame, { wrong: frame.tell('lock-tick') }))
    await change.lockOwn(house.openWork, self)
    return sendPage(reply, 200, lockedPage(frame))
  })
}

/** What the pages are drawn with beside those of every page. */
function assets(app: FastifyInstance) {
  for (const [name, type] of [
    ['citizen.css', 'text/css; charset=utf-8'],
    ['passkey-add.js', 'text/javascript; charset=utf-8'],
  ] as const) {
    const content = readFile(new URL(name, import.meta.url))
    // A missing file fails the first request for it, not the start.
    content.catch(() => {})
    app.get(`/assets/${name}`, { schema: { hide: true } }, async (_request, reply) =>
      reply
        .type(type)
        .header('cache-control', 'public, max-age=300')
        .send(await content),
    )
  }
}

export async function routes(app: FastifyInstance, house: CitizenHouse): Promise<void> {
  await app.register(async scope => {
    readForms(scope, 30_000)
    assets(scope)
    scope.get('/citizen', { schema: { hide: true } }, async (_request, reply) => reply.redirect('/citizen/', 308))
    const desk = deskOf(scope, house)
    for (const part of [readings, children, consents, downloads, locking, accountRoutes]) part(desk)
  })
}
