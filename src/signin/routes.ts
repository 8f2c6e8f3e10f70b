import type { FastifyInstance } from 'fastify'
import type { OpenWork } from '../platform/work.ts'
import { signInPages } from './pages/routes.ts'
import type { ProviderDesk } from './provider/provider-holder.ts'
import { serveProvider } from './provider/routes.ts'

export type SignInDoors = {
  readonly openWork: OpenWork
  readonly origin: string
  readonly desk: ProviderDesk
  isDemonstration(): boolean
}

/** The provider under /oidc, and the pages on which people sign in and consent. */
export async function routes(
  app: FastifyInstance,
  { openWork, origin, desk, isDemonstration }: SignInDoors,
): Promise<void> {
  await serveProvider(app, { desk, origin })
  await signInPages(app, { openWork, origin, desk, isDemonstration })
}
