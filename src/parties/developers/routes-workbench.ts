import { asId, isId } from '../../platform/ids.ts'
import type { ClientSettings } from '../client.ts'
import * as clients from '../clients/clients.ts'
import { clientsOf } from '../clients/shown.ts'
import { toldFaults } from '../fault.ts'
import { flightsOfClient } from '../flight-recorder/flight-recorder.ts'
import type { PartyId } from '../party.ts'
import { partyProblem } from '../problems.ts'
import * as registry from '../registry.ts'
import { filledOf as clientFilled, formField, settingsOf } from './client-form.ts'
import { clientFormPage, clientPage } from './page-client.ts'
import { type Acting, type DeveloperDesk, type DevelopersHouse, onward, page, wrongsOf } from './page-context.ts'
import { type Filled, nothingWrong } from './page-parts.ts'
import { filledOf as partyFilled, partyFormPage, partyInputOf, partyPage } from './page-party.ts'

/** Pages of a signed-in engineer: their own parties, clients and versions. */

/** A path without a valid id belongs to no party. */
const partyIn = ({ params }: Acting): PartyId => {
  const id = params['id'] ?? ''
  if (!isId(id)) throw partyProblem('party-unknown')
  return asId<'party'>(id)
}
const clientIn = ({ params }: Acting) => params['clientId'] ?? ''
const versionIn = ({ params }: Acting) => Number.parseInt(params['number'] ?? '', 10) || 0

const partyAt = (id: string) => `/developers/parties/${id}`
const clientAt = (id: string) => `/developers/clients/${id}`

/** Redraws a form with its entries and faults. Rethrows any other error. */
function again(
  acting: Acting,
  error: unknown,
  draw: (wrongs: ReadonlyMap<string, string>) => string,
  fieldOf?: (field: string) => string,
) {
  const wrongs = wrongsOf(acting.at, error, fieldOf)
  if (!wrongs) throw error
  return page(acting, draw(wrongs), 422)
}

function partyRoutes({ get, post, whereSignedIn }: DeveloperDesk): void {
  const formAt = (acting: Acting, id: PartyId | undefined, filled: Filled, wrongs = nothingWrong) =>
    partyFormPage(
      acting.at,
      id ? `${partyAt(id)}/edit` : '/developers/parties',
      filled,
      wrongs,
      id ? 'party-edit' : 'party-new',
    )

  get(
    '/developers/parties/new',
    whereSignedIn(async acting => page(acting, formAt(acting, undefined, { contactEmail: acting.session.email }))),
  )
  post(
    '/developers/parties',
    whereSignedIn(async acting => {
      try {
        const { id } = await acting.act(work => registry.registerParty(work, partyInputOf(acting.filled)))
        return onward(acting, partyAt(id))
      } catch (error) {
        return again(acting, error, wrongs => formAt(acting, undefined, acting.filled, wrongs))
      }
    }),
  )
  get(
    '/developers/parties/:id',
    whereSignedIn(async acting => {
      const id = partyIn(acting)
      const { party, own } = await acting.act(async work => ({
        party: await registry.getParty(work, id),
        own: await clients.listClients(work, [id]),
      }))
      return page(acting, partyPage(acting.at, party, own))
    }),
  )
  get(
    '/developers/parties/:id/edit',
    whereSignedIn(async acting => {
      const party = await acting.act(work => registry.getParty(work, partyIn(acting)))
      return page(acting, formAt(acting, party.id, partyFilled(party)))
    }),
  )
  post(
    '/developers/parties/:id/edit',
    whereSignedIn(async acting => {
      const id = partyIn(acting)
      try {
        await acting.act(work => registry.changeParty(work, id, partyInputOf(acting.filled)))
        return onward(acting, partyAt(id))
      } catch (error) {
        return again(acting, error, wrongs => formAt(acting, id, acting.filled, wrongs))
      }
    }),
  )
  const deed = (name: string, verb: typeof registry.submitParty) =>
    post(
      `/developers/parties/:id/${name}`,
      whereSignedIn(async acting => {
        const id = partyIn(acting)
        await acting.act(work => verb(work, id))
        return onward(acting, partyAt(id))
      }),
    )
  deed('submit', registry.submitParty)
  deed('take-back', registry.redraftParty)
}

/** The usual settings of a new client: people sign in to a server. */
const usual: Filled = { 'grant-code': 'yes', authMethod: 'private_key_jwt', signingAlgorithm: 'ES256' }

/** The settings of a form. Throws if it cannot be read. */
function readSettings(filled: Filled): ClientSettings {
  const { settings, faults } = settingsOf(filled)
  if (faults.length > 0) throw partyProblem('client-wrong', { wrong: toldFaults(faults) })
  return settings
}

/** A pasted private key is not sent back to the page. */
const withoutKeys = (filled: Filled, wrongs: ReadonlyMap<string, string>): Filled =>
  wrongs.has('jwks') ? { ...filled, jwks: '' } : filled

function clientRoutes({ get, post, whereSignedIn }: DeveloperDesk, { isDemonstration }: DevelopersHouse): void {
  const where = () => ({ demonstration: isDemonstration() })
  const newForm = (acting: Acting, id: PartyId, sandbox: boolean, filled: Filled, wrongs = nothingWrong) =>
    clientFormPage(acting.at, {
      action: `${partyAt(id)}/clients`,
      title: sandbox ? 'client-new-sandbox' : 'client-new-live',
      back: partyAt(id),
      sandbox,
      filled: withoutKeys(filled, wrongs),
      wrongs,
    })
  get(
    '/developers/parties/:id/clients/new',
    whereSignedIn(async acting => {
      const party = await acting.act(work => registry.getParty(work, partyIn(acting)))
      return page(acting, newForm(acting, party.id, acting.query['kind'] !== 'live', usual))
    }),
  )
  post(
    '/developers/parties/:id/clients',
    whereSignedIn(async acting => {
      const id = partyIn(acting)
      const { filled } = acting
      const sandbox = filled['kind'] !== 'live'
      try {
        const settings = readSettings(filled)
        const { clientId } = await acting.act(work =>
          clients.addClient(work, id, { name: filled['name'] ?? '', sandbox, settings }, where()),
        )
        return onward(acting, clientAt(clientId))
      } catch (error) {
        const { settings } = settingsOf(filled)
        return again(
          acting,
          error,
          wrongs => newForm(acting, id, sandbox, filled, wrongs),
          field => formField(field, settings),
        )
      }
    }),
  )
  get(
    '/developers/clients/:clientId',
    whereSignedIn(async acting => {
      const clientId = clientIn(acting)
      const all = await acting.act(async work => {
        const client = await clients.getClient(work, clientId)
        return {
          client,
          versions: await clients.listVersions(work, [clientId]),
          quotas: (await clientsOf(work, client.partyId)).find(one => one.clientId === clientId)?.quotas ?? [],
          fares: await flightsOfClient(work, clientId),
        }
      })
      return page(acting, clientPage(acting.at, all.client, all))
    }),
  )
}

function versionRoutes({ get, post, whereSignedIn }: DeveloperDesk, { isDemonstration }: DevelopersHouse): void {
  const where = () => ({ demonstration: isDemonstration() })
  const nextForm = (acting: Acting, sandbox: boolean, filled: Filled, wrongs = nothingWrong) =>
    clientFormPage(acting.at, {
      action: `${clientAt(clientIn(acting))}/versions`,
      title: 'client-next',
      back: clientAt(clientIn(acting)),
      sandbox,
      filled: withoutKeys(filled, wrongs),
      wrongs,
    })
  const known = (acting: Acting) =>
    acting.act(async work => {
      const client = await clients.getClient(work, clientIn(acting))
      return { client, versions: await clients.listVersions(work, [client.clientId]) }
    })
  get(
    '/developers/clients/:clientId/next',
    whereSignedIn(async acting => {
      const { client, versions } = await known(acting)
      const [latest] = versions
      return page(acting, nextForm(acting, client.sandbox, latest ? clientFilled(latest.settings) : usual))
    }),
  )
  post(
    '/developers/clients/:clientId/versions',
    whereSignedIn(async acting => {
      const { filled } = acting
      const clientId = clientIn(acting)
      try {
        const settings = readSettings(filled)
        await acting.act(work => clients.writeVersion(work, clientId, settings, where()))
        return onward(acting, clientAt(clientId))
      } catch (error) {
        const { client } = await known(acting)
        const { settings } = settingsOf(filled)
        return again(
          acting,
          error,
          wrongs => nextForm(acting, client.sandbox, filled, wrongs),
          field => formField(field, settings),
        )
      }
    }),
  )
  const deed = (name: string, verb: typeof clients.submitVersion) =>
    post(
      `/developers/clients/:clientId/versions/:number/${name}`,
      whereSignedIn(async acting => {
        const clientId = clientIn(acting)
        await acting.act(work => verb(work, clientId, versionIn(acting)))
        return onward(acting, clientAt(clientId))
      }),
    )
  deed('submit', clients.submitVersion)
  deed('withdraw', clients.withdrawVersion)
}

export function workbenchRoutes(desk: DeveloperDesk, house: DevelopersHouse): void {
  partyRoutes(desk)
  clientRoutes(desk, house)
  versionRoutes(desk, house)
}
