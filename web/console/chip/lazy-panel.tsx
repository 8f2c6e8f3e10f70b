import { part } from '../base/lazy-page.tsx'
import { type ChipPanelProps, showsReader } from './chip-read.ts'

const ChipPanelBody = part(() => import('./chip-panel.tsx'), 'ChipPanelBody')

/** The panel, which comes when it is shown: most who open a page read no chip. */
export const ChipPanel = (props: ChipPanelProps) => (showsReader(props.demand) ? <ChipPanelBody {...props} /> : null)
