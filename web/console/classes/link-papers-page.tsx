import { useEffect, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { dayText, numberText } from '../../parts/formats.ts'
import { type Say, useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { Qr } from '../cards/qr.tsx'
import { PaperHead } from '../papers/paper.tsx'
import { PaperPage } from '../papers/paper-page.tsx'
import { State } from '../parts/page-state.tsx'
import { forgetLinkPapers, type LinkPaper, linkPapers } from './link-papers.ts'

type Kind = 'link' | 'pin'

/**
 * Links on one paper and their PINs on another, a page each, since they are given by different ways. Both were told
 * once: whoever leaves this page sees them no more.
 */
export function LinkPapersPage() {
  const say = useSay()
  const [papers] = useState(linkPapers)
  useEffect(() => forgetLinkPapers, [])
  const withAddress = papers.filter(({ address }) => address !== undefined)
  const [chosen, setKind] = useState<Kind>(withAddress.length > 0 ? 'link' : 'pin')
  const [first, ...others] = chosen === 'link' ? withAddress : papers
  const back = first?.of === 'group' ? at('/danh-sach/to-cong-nghe') : at('/lop-hoc')
  return (
    <PaperPage
      title={first ? say(`link-paper-${first.of}-${chosen}`) : say('link-papers')}
      lines={first ? linesOf(first, say) : []}
      back={{ to: back, text: say(first?.of === 'group' ? 'link-papers-to-groups' : 'link-papers-to-classes') }}
      error={null}
      signs={[]}
      className="link-paper"
      margin={first && <Choice chosen={chosen} onChoose={setKind} pages={papers.length} links={withAddress.length} />}
      instead={!first && <State so={say('link-papers-gone')} todo={say('link-papers-gone-todo')} />}
    >
      {first && <Sheet paper={first} kind={chosen} />}
      {others.map(paper => (
        <section key={paper.pin + paper.name + paper.holder} className="next-sheet">
          <PaperHead title={say(`link-paper-${paper.of}-${chosen}`)} lines={linesOf(paper, say)} />
          <Sheet paper={paper} kind={chosen} />
        </section>
      ))}
    </PaperPage>
  )
}

function Choice({
  chosen,
  onChoose,
  pages,
  links,
}: {
  chosen: Kind
  onChoose: (kind: Kind) => void
  pages: number
  links: number
}) {
  const say = useSay()
  return (
    <section>
      <h2>{say('link-papers-which')}</h2>
      <nav className="sections" aria-label={say('link-papers-which')}>
        {links > 0 && (
          <Button look={chosen === 'link' ? 'chosen' : 'text'} onPress={() => onChoose('link')}>
            {say('link-papers-links', { n: numberText(links) })}
          </Button>
        )}
        <Button look={chosen === 'pin' ? 'chosen' : 'text'} onPress={() => onChoose('pin')}>
          {say('link-papers-pins', { n: numberText(pages) })}
        </Button>
      </nav>
      <p className="note">{say('link-papers-apart')}</p>
    </section>
  )
}

/** Whose it is: the name of the class or group, the school or commune, to whom it is given, until when. */
const linesOf = ({ of, name, place, term, holder, until }: LinkPaper, say: Say): readonly string[] => [
  of === 'class' ? say('link-paper-of-class', { class: name, term: term ?? '' }) : name,
  place,
  say('link-paper-for', { holder, day: dayText(until) }),
]

const steps = ['1', '2', '3', '4'] as const

function Sheet({ paper: { of, address = '', pin, place }, kind }: { paper: LinkPaper; kind: Kind }) {
  const say = useSay()
  return (
    <div className="link-paper-body">
      {kind === 'link' ? (
        <>
          <Qr text={address} />
          <p className="link-paper-address">{address}</p>
        </>
      ) : (
        <p className="link-paper-pin">{pin}</p>
      )}
      <ol>
        {steps.map(step => (
          <li key={step}>
            {say(kind === 'link' ? `link-paper-${of}-step-${step}` : `pin-paper-step-${step}`, { place })}
          </li>
        ))}
      </ol>
    </div>
  )
}
