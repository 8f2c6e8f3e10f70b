import { asId, isId } from '../../platform/ids.ts'
import type { ClientSettings } from '../client.ts'
import * as clients from '../clients/clients.ts'
import { getClientViews } from '../clients/view.ts'
import { summarizeFlights } from '../flight-recorder/flight-recorder.ts'
import type { PartyId } from '../party.ts'
import { partyProblem } from '../problems.ts'
import * as registry from '../registry.ts'
import { faultReplies } from '../words-fault.ts'
import {
  clientFieldsOf as clientFilled,
  clientFormFields,
  formField,
  newClientFormFields,
  settingsOf,
} from './client-form.ts'
import { clientFormPage, clientPage } from './page-client.ts'
import {
  type DeveloperPageContext,
  type DevelopersHouse,
  fieldFaultsOf,
  redirectTo,
  type SignedInRequest,
  sendPage,
} from './page-context.ts'
import { type FormFields, noFaults } from './page-parts.ts'
import { partyFieldsOf as partyFilled, partyFormFields, partyFormPage, partyInputOf, partyPage } from './page-party.ts'

/** Pages of a signed-in engineer: their own parties, clients and versions. */

/** A path without a valid id belongs to no party. */
const partyIdIn = ({ params }: SignedInRequest): PartyId => {
  const id = params['id'] ?? ''
  if (!isId(id)) throw partyProblem('party-unknown')
  return asId<'party'>(id)
}
const clientIdIn = ({ params }: SignedInRequest) => params['clientId'] ?? ''
const versionNumberIn = ({ params }: SignedInRequest) => Number.parseInt(params['number'] ?? '', 10) || 0

const partyPath = (id: string) => `/developers/parties/${id}`
const clientPath = (id: string) => `/developers/clients/${id}`

/** Redraws a form with its entries and faults. Rethrows any other error. */
function redrawWithFaults(
  acting: SignedInRequest,
  error: unknown,
  draw: (wrongs: ReadonlyMap<string, string>) => string,
  fieldOf?: (field: string) => string,
) {
  const wrongs = fieldFaultsOf(acting.at, error, fieldOf)
  if (!wrongs) throw error
  return sendPage(acting, draw(wrongs), 422)
}

function partyPageRoutes({ get, post, whereSignedIn }: DeveloperPageContext): void {
  const formAt = (acting: SignedInRequest, id: PartyId | undefined, filled: FormFields, wrongs = noFaults) =>
    partyFormPage(
      acting.at,
      id ? `${partyPath(id)}/edit` : '/developers/parties',
      filled,
      wrongs,
      id ? 'party-edit' : 'party-new',
    )

  get(
    '/developers/parties/new',
    whereSignedIn(async acting => sendPage(acting, formAt(acting, undefined, { contactEmail: acting.session.email }))),
  )
  post(
    '/developers/parties',
    partyFormFields,
    whereSignedIn(async acting => {
      try {
        const { id } = await acting.act(work => registry.registerParty(work, partyInputOf(acting.filled)))
        return redirectTo(acting, partyPath(id))
      } catch (error) {
        return redrawWithFaults(acting, error, wrongs => formAt(acting, undefined, acting.filled, wrongs))
      }
    }),
  )
  get(
    '/developers/parties/:id',
    whereSignedIn(async acting => {
      const id = partyIdIn(acting)
      const { party, own } = await acting.act(async work => ({
        party: await registry.getParty(work, id),
        own: await clients.listClients(work, [id]),
      }))
      return sendPage(acting, partyPage(acting.at, party, own))
    }),
  )
  get(
    '/developers/parties/:id/edit',
    whereSignedIn(async acting => {
      const party = await acting.act(work => registry.getParty(work, partyIdIn(acting)))
      return sendPage(acting, formAt(acting, party.id, partyFilled(party)))
    }),
  )
  post(
    '/developers/parties/:id/edit',
    partyFormFields,
    whereSignedIn(async acting => {
      const id = partyIdIn(acting)
      try {
        await acting.act(work => registry.editParty(work, id, partyInputOf(acting.filled)))
        return redirectTo(acting, partyPath(id))
      } catch (error) {
        return redrawWithFaults(acting, error, wrongs => formAt(acting, id, acting.filled, wrongs))
      }
    }),
  )
  const deed = (name: string, verb: typeof registry.submitPartyForReview) =>
    post(
      `/developers/parties/:id/${name}`,
      [],
      whereSignedIn(async acting => {
        const id = partyIdIn(acting)
        await acting.act(work => verb(work, id))
        return redirectTo(acting, partyPath(id))
      }),
    )
  deed('submit', registry.submitPartyForReview)
  deed('take-back', registry.returnPartyToDraft)
}

/** The usual settings of a new client: people sign in to a server. */
const usualSettings: FormFields = { 'grant-code': 'yes', authMethod: 'private_key_jwt', signingAlgorithm: 'ES256' }

/** The settings of a form. Throws if it cannot be read. */
function readSettings(filled: FormFields): ClientSettings {
  const { settings, faults } = settingsOf(filled)
  if (faults.length > 0) throw partyProblem('client-wrong', { wrong: faultReplies(faults) })
  return settings
}

/** A pasted private key is not sent back to the page. */
const withoutKeys = (filled: FormFields, wrongs: ReadonlyMap<string, string>): FormFields =>
  wrongs.has('jwks') ? { ...filled, jwks: '' } : filled

function clientPageRoutes(
  { get, post, whereSignedIn }: DeveloperPageContext,
  { calledAddresses }: DevelopersHouse,
): void {
  const newForm = (acting: SignedInRequest, id: PartyId, sandbox: boolean, filled: FormFields, wrongs = noFaults) =>
    clientFormPage(acting.at, {
      action: `${partyPath(id)}/clients`,
      title: sandbox ? 'client-new-sandbox' : 'client-new-live',
      back: partyPath(id),
      sandbox,
      filled: withoutKeys(filled, wrongs),
      wrongs,
    })
  get(
    '/developers/parties/:id/clients/new',
    whereSignedIn(async acting => {
      const party = await acting.act(work => registry.getParty(work, partyIdIn(acting)))
      return sendPage(acting, newForm(acting, party.id, acting.query['kind'] !== 'live', usualSettings))
    }),
  )
  post(
    '/developers/parties/:id/clients',
    newClientFormFields,
    whereSignedIn(async acting => {
      const id = partyIdIn(acting)
      const { filled } = acting
      const sandbox = filled['kind'] !== 'live'
      try {
        const settings = readSettings(filled)
        const { clientId } = await acting.act(work =>
          clients.addClient(work, id, { name: filled['name'] ?? '', sandbox, settings }, calledAddresses()),
        )
        return redirectTo(acting, clientPath(clientId))
      } catch (error) {
        const { settings } = settingsOf(filled)
        return redrawWithFaults(
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
      const clientId = clientIdIn(acting)
      const all = await acting.act(async work => {
        const client = await clients.getClient(work, clientId)
        return {
          client,
          versions: await clients.listVersions(work, [clientId]),
          quotas: (await getClientViews(work, client.partyId)).find(one => one.clientId === clientId)?.quotas ?? [],
          fares: await summarizeFlights(work, clientId),
        }
      })
      return sendPage(acting, clientPage(acting.at, all.client, all))
    }),
  )
}

function versionPageRoutes(
  { get, post, whereSignedIn }: DeveloperPageContext,
  { calledAddresses }: DevelopersHouse,
): void {
  const nextForm = (acting: SignedInRequest, sandbox: boolean, filled: FormFields, wrongs = noFaults) =>
    clientFormPage(acting.at, {
      action: `${clientPath(clientIdIn(acting))}/versions`,
      title: 'client-next',
      back: clientPath(clientIdIn(acting)),
      sandbox,
      filled: withoutKeys(filled, wrongs),
      wrongs,
    })
  const known = (acting: SignedInRequest) =>
    acting.act(async work => {
      const client = await clients.getClient(work, clientIdIn(acting))
      return { client, versions: await clients.listVersions(work, [client.clientId]) }
    })
  get(
    '/developers/clients/:clientId/next',
    whereSignedIn(async acting => {
      const { client, versions } = await known(acting)
      const [latest] = versions
      return sendPage(acting, nextForm(acting, client.sandbox, latest ? clientFilled(latest.settings) : usualSettings))
    }),
  )
  post(
    '/developers/clients/:clientId/versions',
    clientFormFields,
    whereSignedIn(async acting => {
      const { filled } = acting
      const clientId = clientIdIn(acting)
      try {
        const settings = readSettings(filled)
        await acting.act(work => clients.writeVersion(work, clientId, settings, calledAddresses()))
        return redirectTo(acting, clientPath(clientId))
      } catch (error) {
        const { client } = await known(acting)
        const { settings } = settingsOf(filled)
        return redrawWithFaults(
          acting,
          error,
          wrongs => nextForm(acting, client.sandbox, filled, wrongs),
          field => formField(field, settings),
        )
      }
    }),
  )
  const deed = (name: string, verb: typeof clients.submitClientVersion) =>
    post(
      `/developers/clients/:clientId/versions/:number/${name}`,
      [],
      whereSignedIn(async acting => {
        const clientId = clientIdIn(acting)
        await acting.act(work => verb(work, clientId, versionNumberIn(acting)))
        return redirectTo(acting, clientPath(clientId))
      }),
    )
  deed('submit', clients.submitClientVersion)
  deed('withdraw', clients.withdrawVersion)
}

export function workbenchRoutes(context: DeveloperPageContext, house: DevelopersHouse): void {
  partyPageRoutes(context)
  clientPageRoutes(context, house)
  versionPageRoutes(context, house)
}
