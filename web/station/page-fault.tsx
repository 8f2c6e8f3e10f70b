import { Component, type ReactNode } from 'react'
import { Button } from './parts/button.tsx'
import { State } from './parts/state.tsx'
import { useSay } from './words/language.tsx'

/** A fault of the page itself: says that nothing is lost, and opens it again. */
export class PageFault extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false }
  static getDerivedStateFromError = () => ({ broken: true })
  override render() {
    return this.state.broken ? <BrokenPage /> : this.props.children
  }
}

function BrokenPage() {
  const say = useSay()
  return (
    <main className="page alone">
      <State
        alone
        so={say('page-broken')}
        todo={say('page-broken-todo')}
        buttons={
          <Button look="primary" onPress={() => location.reload()}>
            {say('reload')}
          </Button>
        }
      />
    </main>
  )
}
