import '../parts/styles/tokens.css'
import '../parts/styles/fonts.css'
import '../parts/styles/base.css'
import './styles/shell.css'
import '../parts/styles/parts.css'
import './styles/skeleton.css'
import './styles/table.css'
import './styles/pages.css'
import './styles/campaign.css'
import './styles/directives.css'
import './styles/reports.css'
import './styles/sessions.css'
import './styles/plans.css'
import './styles/appointments.css'
import './styles/enrolment.css'
import './styles/cards.css'
import './styles/families.css'
import './styles/parties.css'
import './styles/inspection.css'
import './styles/beginning.css'
import './styles/help.css'
import './styles/palette.css'
import './styles/attachments.css'
import './styles/print.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { NoAnswer } from '../parts/call.ts'
import { LinksGo } from '../parts/link.tsx'
import { HasKeys } from './base/keys.tsx'
import { chosenLanguage, Speaks } from './base/language.tsx'
import { bringParts } from './base/lazy-page.tsx'
import { sayNothingCame } from './base/nothing-came.ts'
import { prefetchOnIntent } from './base/prefetch.ts'
import { go, keepRouter } from './base/router-handle.ts'
import { keepAllTexts, loadTexts } from './base/texts.ts'
import { HasHelp } from './help/help-state.tsx'
import { router } from './router.tsx'

const client = new QueryClient({
  defaultOptions: {
    queries: {
      // A refusal will be refused again; a line that was cut may be back.
      retry: (times, error) => error instanceof NoAnswer && times < 2,
      staleTime: 15_000,
      refetchOnWindowFocus: false,
      // A browser cannot know whether the house answers, which may be on this very machine.
      networkMode: 'always',
    },
    // Nothing is kept to be done later, unseen: what cannot be done now is refused now.
    mutations: { retry: false, networkMode: 'always' },
  },
})

keepRouter(router)
keepAllTexts(() => import('./words.ts').then(({ texts }) => texts))
prefetchOnIntent(router, client)

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

const draw = () =>
  createRoot(root).render(
    <StrictMode>
      <Speaks>
        <HasKeys>
          <HasHelp>
            <QueryClientProvider client={client}>
              <LinksGo by={go}>
                <RouterProvider router={router} />
              </LinksGo>
            </QueryClientProvider>
          </HasHelp>
        </HasKeys>
      </Speaks>
    </StrictMode>,
  )
// The page comes beside the texts of the frame: neither waits for the other.
const first = router.load()
void loadTexts('frame', chosenLanguage()).then(draw, sayNothingCame)
void first.finally(bringParts)
