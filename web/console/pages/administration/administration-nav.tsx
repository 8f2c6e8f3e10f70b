import { useSay } from '../../language.tsx'
import { Go } from '../../parts/go.tsx'
import { at } from '../../places.ts'

export function AdministrationNav({ current }: { current: 'officers' | 'units' }) {
  const say = useSay()
  return (
    <section>
      <nav className="sections" aria-label={say('administration')}>
        <Go to={at('/quan-tri')} current={current === 'officers'}>
          {say('officers')}
        </Go>
        <Go to={at('/quan-tri/don-vi')} current={current === 'units'}>
          {say('units')}
        </Go>
      </nav>
    </section>
  )
}
