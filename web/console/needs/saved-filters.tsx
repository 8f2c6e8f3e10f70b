import { Bookmark, X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { dropFilter, savedFilters, saveFilter } from '../../../src/campaign/contract.ts'
import { Button } from '../../parts/button.tsx'
import { useSay } from '../base/language.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { RefusedNote } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'

type Filter = { readonly [key: string]: string | undefined }

/** The officer's own filters of a list: each leads to its list; this one is saved by a name. */
export function SavedFilters({
  list,
  search,
  to,
}: {
  list: 'needs' | 'people'
  search: Filter
  to: (filter: Filter) => string
}) {
  const say = useSay()
  const { data } = useAsk(savedFilters, {})
  const save = useDo(saveFilter, [savedFilters])
  const drop = useDo(dropFilter, [savedFilters])
  const [isNaming, setNaming] = useState(false)
  const kept = data?.filters.filter(one => one.list === list) ?? []
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get('name') ?? '').trim()
    const filter = Object.fromEntries(
      Object.entries(search).flatMap(([key, value]) => (value ? [[key, value] as const] : [])),
    )
    if (name) save.mutate({ body: { list, name, filter } }, { onSuccess: () => setNaming(false) })
  }
  return (
    <section className="saved-filters">
      {kept.length > 0 && <h2 className="quiet">{say('saved-filters')}</h2>}
      {kept.map(({ id, name, filter }) => (
        <div key={id} className="saved-filter">
          <Go to={to(filter)}>{name}</Go>
          <button
            type="button"
            aria-label={say('saved-filter-drop', { name })}
            onClick={() => drop.mutate({ params: { id } })}
          >
            <X size={14} aria-hidden />
          </button>
        </div>
      ))}
      {isNaming ? (
        <form onSubmit={onSubmit}>
          <label className="field">
            {say('saved-filter-name')}
            {/* biome-ignore lint/a11y/noAutofocus: the field was asked for by the press before */}
            <input name="name" className="input" maxLength={60} autoFocus required />
          </label>
          <Button look="row" submits>
            {say('saved-filter-save')}
          </Button>
        </form>
      ) : (
        <button type="button" className="exit" onClick={() => setNaming(true)}>
          <Bookmark size={16} aria-hidden />
          {say('saved-filter-this')}
        </button>
      )}
      <RefusedNote error={save.error ?? drop.error} />
    </section>
  )
}
