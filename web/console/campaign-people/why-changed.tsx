import { figureWhy, figureWhyList } from '../../../src/statistics/figures/contract-people.ts'
import { numberText, signed } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { asListQuery, type Campaign, type Cause, type PeopleSearch, peopleAt } from '../campaign/search.ts'
import { Failed, Loading } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { Go } from '../parts/place-link.tsx'
import { useMay } from '../shell/session.tsx'

type WhyProps = { readonly search: PeopleSearch; readonly campaign: Campaign }

/** Why 812 became 797: the parts and their sum, each with its people. */
export function WhyChanged({ search, campaign }: WhyProps) {
  const say = useSay()
  const since = Number(search['tu-ban'])
  const query = { ...asListQuery(search, campaign.metrics), since }
  const { data, error, refetch } = useAsk(
    figureWhy,
    { params: { id: campaign.id }, query },
    { when: Number.isInteger(since) && since >= 0 },
  )
  if (error) return <Failed error={error} retry={() => void refetch()} />
  if (!data) return <Loading what={say('why-reading')} />
  const { before, after, parts } = data
  const chosen = parts.find(({ cause }) => cause === search.nn)?.cause
  return (
    <section className="why" aria-label={say('why-title', { before: numberText(before), after: numberText(after) })}>
      <h2 className="figures">
        {parts.length === 0
          ? say('why-same', { n: since })
          : say('why-title', { before: numberText(before), after: numberText(after) })}
      </h2>
      {parts.length > 0 && (
        <p className="parts-of figures">
          {parts.map(({ cause, gone, come }) => (
            <span key={cause}>
              <Go to={peopleAt({ ...search, nn: chosen === cause ? undefined : cause })} current={chosen === cause}>
                {say(`cause-${cause}`)}
              </Go>{' '}
              <b>{signed(come - gone)}</b>
              {gone > 0 && come > 0 && (
                <span className="small">
                  {' '}
                  (+{numberText(come)} −{numberText(gone)})
                </span>
              )}
            </span>
          ))}
          <span className="quiet">{say('why-sum', { n: signed(after - before) })}</span>
        </p>
      )}
      {chosen && <Who search={search} campaign={campaign} cause={chosen} since={since} />}
    </section>
  )
}

function Who({ search, campaign, cause, since }: WhyProps & { cause: Cause; since: number }) {
  const say = useSay()
  const mayOpen = useMay('register.read')
  const query = { ...asListQuery(search, campaign.metrics), since, cause }
  const { data, error, refetch } = useAsk(figureWhyList, { params: { id: campaign.id }, query })
  if (error) return <Failed error={error} retry={() => void refetch()} />
  if (!data) return <Loading what={say('reading-list')} />
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard too
    <section className="why-people" aria-label={say('why-who')} tabIndex={0}>
      <ul className="rows">
        {data.people.map(({ id, name, way }) => (
          <li key={id}>
            <span>
              {name === null ? (
                <span className="quiet">{say('people-unseen')}</span>
              ) : mayOpen ? (
                <Go to={at(`/dan-cu/nguoi/${id}`)}>
                  <Name name={name} />
                </Go>
              ) : (
                <Name name={name} />
              )}
            </span>
            <span className="quiet">{say(`why-${way}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
