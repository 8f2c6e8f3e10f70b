import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { useMayBegin } from '../beginning/use-begins.ts'
import { Go } from '../parts/place-link.tsx'
import { useMay } from '../shell/session.tsx'

export function AdministrationNav({
  current,
}: {
  current:
    | 'officers'
    | 'duties'
    | 'proposals'
    | 'units'
    | 'parties'
    | 'flights'
    | 'begin'
    | 'breaches'
    | 'requests'
    | 'growth'
}) {
  const say = useSay()
  const seesParties = useMay('parties.read')
  const lists = useMay('staff.read')
  const accepts = useMay('staff.accept')
  const exchanges = useMay('exchange.read')
  const inspects = useMay('audit.read')
  const records = useMay('protection.breaches')
  const looksUp = useMay('operations.look-up-request')
  const seesGrowth = useMay('operations.read-growth')
  const mayBegin = useMayBegin()
  return (
    <section>
      <nav className="sections" aria-label={say('administration')}>
        <Go to={at('/quan-tri')} current={current === 'officers'}>
          {say('officers')}
        </Go>
        {lists && (
          <Go to={at('/quan-tri/nhiem-vu')} current={current === 'duties'}>
            {say('duties')}
          </Go>
        )}
        {accepts && (
          <Go to={at('/quan-tri/de-nghi')} current={current === 'proposals'}>
            {say('proposals')}
          </Go>
        )}
        <Go to={at('/quan-tri/don-vi')} current={current === 'units'}>
          {say('units')}
        </Go>
        {seesParties && (
          <>
            <Go to={at('/quan-tri/ben-lien-ket')} current={current === 'parties'}>
              {say('parties')}
            </Go>
            <Go to={at('/quan-tri/ma-yeu-cau')} current={current === 'flights'}>
              {say('flights-short')}
            </Go>
          </>
        )}
        {looksUp && (
          <Go to={at('/quan-tri/ma-loi')} current={current === 'requests'}>
            {say('request-look')}
          </Go>
        )}
        {seesGrowth && (
          <Go to={at('/quan-tri/dung-luong')} current={current === 'growth'}>
            {say('growth')}
          </Go>
        )}
        {mayBegin && (
          <Go to={at('/bat-dau')} current={current === 'begin'}>
            {say('begin')}
          </Go>
        )}
        {records && (
          <Go to={at('/quan-tri/vi-pham')} current={current === 'breaches'}>
            {say('breaches')}
          </Go>
        )}
        {exchanges && <Go to={at('/trao-doi')}>{say('exchange-place')}</Go>}
        {inspects && <Go to={at('/kiem-toan')}>{say('inspection-title-short')}</Go>}
      </nav>
    </section>
  )
}
