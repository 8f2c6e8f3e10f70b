import { Button } from '../../parts/button.tsx'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { State } from '../parts/page-state.tsx'
import { Page } from './page.tsx'

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
