import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
// Refusals of commands alone, which have their pages too.
import './audit/problems.ts'
import './linkage/problems.ts'
import './planning/optimiser/problems.ts'
import './platform/archive/problems.ts'
import './platform/sealing/problems.ts'
import './platform/workbook/problems.ts'
import { serveLinkAssets } from './access-links/access-links.ts'
import { routes as accountRoutes } from './accounts/routes.ts'
import { allowAddress, consoleShells, sendShell, serveAppAssets, serveStation } from './app-assets.ts'
import { casesWithPapers } from './attachment-kinds.ts'
import { routes as attachmentRoutes } from './attachments/routes.ts'
import { routes as awarenessRoutes } from './awareness/routes.ts'
import { routes as campaignRoutes } from './campaign/routes.ts'
import { counterReaderAddress } from './cards/chip-readings/counter-reader.ts'
import { counterReaderPort } from './cards/law.ts'
import { routes as cardRoutes } from './cards/routes.ts'
import { routes as citizenRoutes } from './citizens/routes.ts'
import { routes as classRoutes } from './classes/routes.ts'
import { routes as dataProtectionRoutes } from './data-protection/routes.ts'
import { kindsOfDecisions } from './decision-kinds.ts'
import { routes as decisionRoutes } from './decisions/routes.ts'
import type { DemonstrationCitizen } from './demonstration/citizens.ts'
import type { DemonstrationFamily } from './demonstration/families.ts'
import type { DemonstrationLink } from './demonstration/links.ts'
import { demonstrationPages } from './demonstration/pages.ts'
import { routes as enrolmentRoutes } from './enrolment/routes.ts'
import { routes as exchangeRoutes } from './exchange/routes.ts'
import { routes as familyRoutes } from './families/routes.ts'
import { kindsOfFollowUps } from './follow-up-kinds.ts'
import { routes as followUpRoutes } from './follow-ups/routes.ts'
import { formerFollowUpRoutes } from './follow-ups/routes-former.ts'
import { type ServingState, serveHealth } from './health.ts'
import { routes as inspectionRoutes } from './inspection/routes.ts'
import { routes as beginningRoutes } from './installation/routes.ts'
import { beginningHouse, type House, measuredOf } from './open-house.ts'
import { httpsBy, measureHouse } from './operations/operations.ts'
import { routes as operationsRoutes } from './operations/routes.ts'
import { routes as outOfSchoolRoutes } from './out-of-school/routes.ts'
import { openChannels } from './outreach/channels/channels.ts'
import { routes as outreachRoutes } from './outreach/routes.ts'
import { gatewayRoutes } from './outreach/sending/routes.ts'
import { routes as partyRoutes } from './parties/routes.ts'
import { pages as planningPages, routes as planningRoutes } from './planning/routes.ts'
import { type Doors, openRequests } from './platform/http/serve-endpoint.ts'
import { makeServer } from './platform/http/server.ts'
import type { CertificateHolder } from './platform/http/tls.ts'
import { trustPage } from './platform/http/trust-page.ts'
import { inForceToday } from './platform/law-of-texts.ts'
import { minuteCountsOf } from './platform/limits/minute-counts.ts'
import { setOwnRates } from './platform/limits/own-rates.ts'
import { openRequestRecords } from './platform/observation/observation.ts'
import { languageOf } from './platform/pages/html.ts'
import { routes as togetherRoutes } from './platform/together/together.ts'
import * as register from './register/register.ts'
import { routes as registerRoutes } from './register/routes.ts'
import { routes as rollRoutes } from './rolls/routes.ts'
import { routes as signInRoutes } from './signin/routes.ts'
import * as signin from './signin/signin.ts'
import { routes as staffRoutes } from './staff/routes.ts'
import * as staff from './staff/staff.ts'
import { routes as statisticsRoutes } from './statistics/routes.ts'
import { routes as unitRoutes } from './units/routes.ts'
import { routes as verificationRoutes } from './verification/routes.ts'

/** The console: files whose names change with their content, and one page for every place in it. */
async function console(app: FastifyInstance, dist: string) {
  await serveAppAssets(app, { address: 'console', dist })
  const shellFor = await consoleShells(dist)
  const place = { schema: { hide: true } }
  for (const path of ['/console', '/console/', '/console/*'])
    app.get(path, place, async (request, reply) => {
      const port = inForceToday(counterReaderPort)
      if (port > 0) allowAddress(reply, counterReaderAddress(port))
      return sendShell(request, reply, shellFor(request.url.split('?')[0] ?? '', languageOf(request.headers)))
    })
}

/** The sign-ins that the first start made, in a demonstration house. */
export const demonstrationSignIns = (house: House) =>
  house.record()['demonstrationSignIns'] as readonly staff.DemonstrationSignIn[] | undefined

/** The demonstration people with sign-in data. */
export const demonstrationCitizens = (house: House) =>
  house.record()['demonstrationCitizens'] as readonly DemonstrationCitizen[] | undefined

/** Links of a demonstration, with their PINs. */
const demonstrationLinks = (house: House) =>
  house.record()['demonstrationLinks'] as readonly DemonstrationLink[] | undefined
/** The demonstration families with a slip or a receipt. */
const demonstrationFamilies = (house: House) =>
  house.record()['demonstrationFamilies'] as readonly DemonstrationFamily[] | undefined

/** The whole server: every context's doors, in one list. */
export async function makeApp(
  house: House,
  {
    dist,
    certificate,
    serving,
    tellsStatements = house.config.logLevel === 'debug',
  }: { dist: string; certificate?: CertificateHolder; serving?: ServingState; tellsStatements?: boolean },
): Promise<FastifyInstance> {
  const { log, origin, config } = house
  const records = openRequestRecords(house.folder, { access: config.accessLog === 'file', log })
  setOwnRates(config.requestsAMinute)
  const app = await makeServer({
    log,
    origin,
    trustProxy: config.trustProxy || false,
    counts: minuteCountsOf(house.openWork),
    tellsStatements,
    servesMetrics: config.operatorPort === 0,
    logging: { records, traces: house.traces, slowMs: config.slowRequestMs },
    ...httpsBy(certificate),
  })
  app.addHook('onClose', () => records.close())
  measureHouse(app.metrics, {
    ...measuredOf(house),
    ...(certificate && { certificate: () => certificate.current().cert }),
  })
  const isDemonstration = () => house.record()['demonstration'] !== undefined
  // Whoever comes with an access token is a relying party; everyone else is an officer, or nobody.
  const party = signin.authenticateParty({ openWork: house.openWork, origin })
  const officer = staff.authenticate(house.openWork)
  const doors: Doors = {
    app,
    origin,
    openWork: openRequests(
      house.openWork,
      async (request, how) => (await party(request)) ?? (await officer(request, how)),
    ),
    together: [],
  }

  serveHealth(app, house, serving)
  unitRoutes(doors)
  staffRoutes(doors, { openWork: house.openWork, demonstration: () => demonstrationSignIns(house) })
  outreachRoutes(doors)
  gatewayRoutes(doors, { openWork: house.openWork, channels: openChannels(house) })
  registerRoutes(doors)
  attachmentRoutes(doors, { cases: casesWithPapers, namesOf: staff.namesOf })
  exchangeRoutes(doors, {
    isKnownHere: async (work, number) => (await register.findByNumber(work, number)) !== undefined,
  })
  decisionRoutes(doors, kindsOfDecisions(house.stationKeys))
  followUpRoutes(doors, kindsOfFollowUps)
  formerFollowUpRoutes(doors, kindsOfFollowUps)
  rollRoutes(doors)
  outOfSchoolRoutes(doors)
  enrolmentRoutes(doors, {
    openWork: house.openWork,
    keys: house.stationKeys,
    isDemonstration,
    today: house.today,
  })
  await campaignRoutes(doors, { openWork: house.openWork, isDemonstration })
  serveLinkAssets(app)
  await classRoutes(doors, {
    openWork: house.openWork,
    origin,
    isDemonstration,
  })
  statisticsRoutes(doors, {
    key: house.signingKey,
    isDemonstration,
  })
  planningRoutes(doors, { isDemonstration })
  awarenessRoutes(doors)
  await planningPages(doors, { openWork: house.openWork, isDemonstration })
  dataProtectionRoutes(doors, { isDemonstration })
  accountRoutes(doors, {
    openWork: house.openWork,
    keys: house.stationKeys,
    secret: house.signingKey,
    isDemonstration,
  })
  await signInRoutes(app, {
    openWork: house.openWork,
    origin,
    holder: house.signInDesk(),
    isDemonstration,
  })
  await verificationRoutes(doors, { openWork: house.openWork })
  await citizenRoutes(app, { openWork: house.openWork, origin, isDemonstration })
  await familyRoutes(doors, { openWork: house.openWork, isDemonstration, today: house.today })
  inspectionRoutes(doors, { signer: () => ({ installation: house.record().id, key: house.signingKey() }) })
  beginningRoutes(doors, beginningHouse(house))
  operationsRoutes(doors, { findRequest: records.find })
  cardRoutes(doors, { isDemonstration })
  await partyRoutes(doors, {
    openWork: house.openWork,
    isDemonstration,
    calledAddresses: house.calledAddresses,
  })
  togetherRoutes(doors)
  demonstrationPages(app, {
    outbox: join(house.folder, 'outbox'),
    citizens: () => demonstrationCitizens(house),
    links: () => demonstrationLinks(house),
    families: () => demonstrationFamilies(house) ?? [],
  })

  await console(app, join(dist, 'console'))
  await serveStation(app, join(dist, 'station'))
  if (certificate) trustPage(app, certificate)
  return app
}
