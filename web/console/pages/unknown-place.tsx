import { useSay } from '../language.tsx'
import { Button } from '../parts/button.tsx'
import { State } from '../parts/state.tsx'
import { at } from '../places.ts'
import { Page } from '../shell/page.tsx'

export function UnknownPlace() {
  const say = useSay()
  return (
    <Page title={say('place-unknown')}>
      <State
        so={say('place-unknown')}
        todo={say('place-unknown-todo')}
        buttons={
          <Button look="primary" href={at('/hom-nay')}>
            {say('to-today')}
          </Button>
        }
      />
    </Page>
  )
}
