import '../parts/styles/tokens.css'
import '../parts/styles/fonts.css'
import '../parts/styles/base.css'
import '../parts/styles/parts.css'
import './styles/frame.css'
import './styles/capture.css'
import './styles/work.css'
import './styles/paper.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { openKeep } from './keep/database.ts'
import { OnlyTab } from './only-tab.tsx'
import { PageFault } from './page-fault.tsx'
import { Prints } from './paper/print.tsx'
import { Runs } from './running/running.tsx'
import { keepVersion } from './running/version.ts'
import { Speaks } from './words/language.tsx'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
keepVersion()
const keep = openKeep()
createRoot(root).render(
  <StrictMode>
    <Speaks>
      <PageFault>
        <OnlyTab>
          <Runs keep={keep}>
            <Prints>
              <App />
            </Prints>
          </Runs>
        </OnlyTab>
      </PageFault>
    </Speaks>
  </StrictMode>,
)
