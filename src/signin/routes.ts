import type { FastifyInstance } from 'fastify'
import type { OpenWork } from '../platform/work.ts'
import { signInPages } from './pages/routes.ts'
import type { ProviderHolder } from './provider/provider-holder.ts'
import { serveProvider } from './provider/routes.ts'

export type SignInOptions = {
  readonly openWork: OpenWork
  readonly origin: string
  readonly holder: ProviderHolder
  isDemonstration(): boolean
}

/** The provider under /oidc, and the pages on which people sign in and consent. */
export async function routes(
  app: FastifyInstance,
  { openWork, origin, holder: desk, isDemonstration }: SignInOptions,
): Promise<void> {
  await serveProvider(app, { desk, origin })
  await signInPages(app, { openWork, origin, desk, isDemonstration })
}
