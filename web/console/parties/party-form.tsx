import { type FormEvent, useState } from 'react'
import { partyList, partyRegister } from '../../../src/parties/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Refusal } from '../../parts/call.ts'
import { Field } from '../../parts/field.tsx'
import { useLanguage } from '../base/language.tsx'
import { goTo } from '../base/router-handle.ts'
import { useDo } from '../base/use-endpoint.ts'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { partyAt } from './party.ts'

type Wrong = { readonly field: string; readonly should: string; readonly should_vi: string }

const isWrong = (one: unknown): one is Wrong =>
  typeof one === 'object' && one !== null && 'field' in one && 'should_vi' in one

/** What the house says of each field that it refused. */
function useWrong(error: unknown) {
  const { language } = useLanguage()
  const list = error instanceof Refusal ? error.facts['wrong'] : undefined
  const wrong = Array.isArray(list) ? list.filter(isWrong) : []
  const at = (field: string) => {
    const found = wrong.find(one => one.field === field)
    return found && (language === 'vi' ? found.should_vi : found.should)
  }
  return { at, told: wrong.length > 0 }
}

/** An administrator registers a party for its engineers. */
export function PartyForm({ onClose }: { onClose: () => void }) {
  const { say } = useLanguage()
  const register = useDo(partyRegister, [partyList])
  const { at: wrong, told } = useWrong(register.error)
  const [filled, setFilled] = useState({
    nameVi: '',
    nameEn: '',
    kind: 'state-body' as 'state-body' | 'other',
    text: '',
    article: '',
    name: '',
    email: '',
  })
  const fill = (field: keyof typeof filled) => (value: string) => setFilled({ ...filled, [field]: value })
  const send = (event: FormEvent) => {
    event.preventDefault()
    const { text, article, name, email, ...rest } = filled
    register.mutate(
      { body: { ...rest, ...((text || article) && { basis: { text, article } }), contact: { name, email } } },
      { onSuccess: ({ id }) => goTo(partyAt(id)) },
    )
  }
  return (
    <Dialog open title={say('party-register')} onClose={onClose}>
      <form className="form" onSubmit={send}>
        <Field
          label={say('party-name-vi')}
          value={filled.nameVi}
          onChange={fill('nameVi')}
          hint={say('party-name-hint')}
          error={wrong('nameVi')}
          maxLength={200}
          autoFocus
        />
        <Field
          label={say('party-name-en')}
          value={filled.nameEn}
          onChange={fill('nameEn')}
          error={wrong('nameEn')}
          maxLength={200}
        />
        <Field
          label={say('party-kind')}
          value={filled.kind}
          onChange={fill('kind')}
          choices={[
            ['state-body', say('party-kind-state-body')],
            ['other', say('party-kind-other')],
          ]}
        />
        <Field
          label={say('party-basis-text')}
          value={filled.text}
          onChange={fill('text')}
          hint={say('party-basis-hint')}
          error={wrong('basis')}
          maxLength={300}
        />
        <Field label={say('party-basis-article')} value={filled.article} onChange={fill('article')} maxLength={100} />
        <Field
          label={say('party-contact')}
          value={filled.name}
          onChange={fill('name')}
          error={wrong('contactName')}
          maxLength={200}
        />
        <Field
          label={say('party-email')}
          value={filled.email}
          onChange={fill('email')}
          hint={say('party-email-hint')}
          error={wrong('contactEmail')}
          maxLength={254}
        />
        {!told && <RefusedNote error={register.error} />}
        <div className="buttons">
          <Button look="primary" submits {...(register.isPending && { disabled: true })}>
            {say('party-register')}
          </Button>
          <Button onPress={onClose}>{say('leave-it')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
