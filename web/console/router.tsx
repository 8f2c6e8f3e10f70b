import { createRootRoute, createRoute, createRouter, Outlet, redirect } from '@tanstack/react-router'
import { AllPlaces } from './pages/all-places.tsx'
import { PartsPage } from './pages/parts-page.tsx'
import { UnknownPlace } from './pages/unknown-place.tsx'
import { base } from './places.ts'
import { SessionGate } from './session.tsx'
import { Shell } from './shell/shell.tsx'

const root = createRootRoute({
  component: () => (
    <SessionGate>
      <Shell>
        <Outlet />
      </Shell>
    </SessionGate>
  ),
  notFoundComponent: UnknownPlace,
})

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/tat-ca' })
  },
})
const allPlaces = createRoute({ getParentRoute: () => root, path: '/tat-ca', component: AllPlaces })
const parts = createRoute({ getParentRoute: () => root, path: '/bo-phan', component: PartsPage })

export const router = createRouter({
  routeTree: root.addChildren([home, allPlaces, parts]),
  basepath: base,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
