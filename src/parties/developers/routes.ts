import { readFile } from 'node:fs/promises'
import { deviceOf, dropToken, forgetPages, keepToken } from '../../platform/http/cookie-tokens.ts'
import { readForms } from '../../platform/http/csrf.ts'
import type { Doors } from '../../platform/http/serve-endpoint.ts'
import { statusOf } from '../../platform/limits/limits.ts'
import type { Language } from '../../platform/pages/html.ts'
import { Problem } from '../../platform/problem.ts'
import { fromRoot } from '../../platform/root.ts'
import { findFlights } from '../flight-recorder/flight-recorder.ts'
import * as registry from '../registry.ts'
import { checkLinkOpen, requestLink, signInByLink, signOut, workAsEngineer } from './developers.ts'
import { renderGuide } from './markdown.ts'
import {
  type DeveloperPageContext,
  type DevelopersHouse,
  developerCookie,
  developerPageContext,
  longestForm,
  redirectTo,
  sendPage,
} from './page-context.ts'
import { checksPage, confirmSignInPage, entrancePage, guidePage, linkGonePage, linkSentPage } from './page-entrance.ts'
import { flightPage } from './page-flight.ts'
import { workbenchRoutes } from './routes-workbench.ts'

/** The developer pages: without script, for engineers who sign in by their email address. */

const guides: Readonly<Record<Language, URL>> = {
  vi: fromRoot('docs/quick-start.vi.md'),
  en: fromRoot('docs/quick-start.md'),
}

function entranceRoutes(
  { get, whereSignedIn }: DeveloperPageContext,
  { openWork }: DevelopersHouse,
  origin: string,
): void {
  get('/developers', async asking => redirectTo(asking, '/developers/'))
  get('/developers/', async asking => {
    const { session, request, at } = asking
    const parties = session ? await workAsEngineer(openWork, session.engineerId, request.id, registry.listParties) : []
    return sendPage(asking, entrancePage(at, { parties }))
  })
  get('/developers/quick-start', async asking => {
    const source = await readFile(guides[asking.at.language], 'utf8')
    return sendPage(asking, guidePage(asking.at, renderGuide(source, { origin })))
  })
  get('/developers/checks', async asking => sendPage(asking, checksPage(asking.at)))
  get(
    '/developers/flights',
    whereSignedIn(async acting => {
      const code = acting.query['code']?.trim().slice(0, 60) ?? ''
      const notes = await acting
        .act(work => findFlights(work, code))
        .catch((error: unknown) => {
          if (error instanceof Problem && error.code === 'flight-unknown') return undefined
          throw error
        })
      return sendPage(acting, flightPage(acting.at, code, notes), notes ? 200 : 404)
    }),
  )
}

function signInRoutes({ get, post }: DeveloperPageContext, { openWork }: DevelopersHouse): void {
  post('/developers/sign-in', ['email'], async asking => {
    const { request, reply, filled, at } = asking
    const device = deviceOf(request, reply)
    const sent = await requestLink(openWork, {
      email: filled['email'] ?? '',
      device,
      address: request.ip,
      language: at.language,
    })
    if (sent.outcome === 'sent') return sendPage(asking, linkSentPage(at))
    const wrong = at.text(sent.outcome === 'slowed' ? 'link-slowed' : 'email-wrong')
    return sendPage(
      asking,
      entrancePage(at, { filled, wrong }),
      sent.outcome === 'slowed' ? statusOf('links of developers') : 422,
    )
  })
  get('/developers/in', async asking => sendPage(asking, confirmSignInPage(asking.at)))
  // Of letters that were sent before, whose address has the token in its path.
  get('/developers/in/:token', async asking => {
    const { request, reply, params, at } = asking
    const token = params['token'] ?? ''
    const opens = await checkLinkOpen(openWork, token, deviceOf(request, reply))
    return opens ? sendPage(asking, confirmSignInPage(at, token)) : sendPage(asking, linkGonePage(at), 410)
  })
  post('/developers/in', ['token'], async asking => {
    const { request, reply, filled, at } = asking
    const session = await signInByLink(openWork, filled['token'] ?? '', deviceOf(request, reply))
    if (!session) return sendPage(asking, linkGonePage(at), 410)
    keepToken(request, reply, developerCookie, session)
    return redirectTo(asking, '/developers/')
  })
  post('/developers/sign-out', [], async asking => {
    if (asking.session) await signOut(openWork, asking.session)
    dropToken(asking.request, asking.reply, developerCookie)
    forgetPages(asking.reply)
    return redirectTo(asking, '/developers/')
  })
}

export async function developerRoutes({ app, origin }: Doors, house: DevelopersHouse): Promise<void> {
  await app.register(async pages => {
    readForms(pages, longestForm)
    const desk = developerPageContext(pages, house)
    entranceRoutes(desk, house, origin)
    signInRoutes(desk, house)
    workbenchRoutes(desk, house)
  })
}
