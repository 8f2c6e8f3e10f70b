import { createElement, type FunctionComponent, type ReactNode, useEffect, useReducer } from 'react'
import { chosenLanguage } from './language.tsx'
import { isServed, loadAnew, pause } from './new-version.ts'
import { NotArrived } from './not-arrived.tsx'
import type { FirstAsked } from './prefetch.ts'
import { loadTexts } from './texts.ts'

/** Code that comes when it is needed, with its texts; `preload` brings it before. */
type Later<Props> = ((props: Props) => ReactNode) & { readonly preload: () => Promise<void> }

type PropsOf<Module, Name extends keyof Module> = Module[Name] extends (props: infer Props) => ReactNode
  ? Props
  : object

/** What is behind an import, and whether it is there. */
type Latecomer = {
  /** `first`: what the page asks first (prefetch.ts). */
  component?: FunctionComponent<object> & { readonly first?: FirstAsked }
  error?: unknown
  coming?: Promise<void>
  readonly preload: () => Promise<void>
}

function latecomer(importer: () => Promise<object>, name: string): Latecomer {
  const bring = async () => {
    try {
      const [module] = await Promise.all([importer(), loadTexts(name, chosenLanguage())])
      late.component = (module as Readonly<Record<string, FunctionComponent<object>>>)[name]
      late.error = undefined
    } catch (error) {
      late.error = error
    }
    late.coming = undefined
  }
  const late: Latecomer = {
    preload() {
      if (late.component) return Promise.resolve()
      late.coming ??= bring()
      return late.coming
    },
  }
  return late
}

/** Draws what has come; before, nothing; where it does not come, why. */
function useLate(late: Latecomer, props: object, isPart: boolean): ReactNode {
  const [, draw] = useReducer((count: number) => count + 1, 0)
  const waits = !late.component && !late.error
  useEffect(() => {
    if (waits) void late.preload().then(draw)
  }, [waits, late])
  if (late.component) return createElement(late.component, props)
  const again = async () => {
    late.error = undefined
    await late.preload()
    // Some browsers remember that a file did not come, and do not ask again: the whole page does.
    if (late.error && !isPart && (await isServed())) return loadAnew()
    draw()
  }
  return late.error ? <NotArrived again={again} isPart={isPart} /> : null
}

/** A page by its import and the name that it is exported by. */
export function page<Module extends object, Name extends keyof Module & string>(
  importer: () => Promise<Module>,
  name: Name,
): Later<object> & { readonly first: () => FirstAsked | undefined } {
  const late = latecomer(importer, name)
  // biome-ignore lint/correctness/noComponentHookFactories: made once for each page, where the program is loaded
  const Page = (props: object) => useLate(late, props, false)
  return Object.assign(Page, { preload: late.preload, first: () => late.component?.first })
}

const soon: (() => Promise<void>)[] = []

/** What the frame shows at times only: a menu, a dialog. It is there soon after the page, and until then nothing. */
export function part<Module extends object, Name extends keyof Module & string>(
  importer: () => Promise<Module>,
  name: Name,
): Later<PropsOf<Module, Name>> {
  const late = latecomer(importer, name)
  soon.push(late.preload)
  // biome-ignore lint/correctness/noComponentHookFactories: made once for each part, where the program is loaded
  const Part = (props: PropsOf<Module, Name>) => useLate(late, props as object, true)
  return Object.assign(Part, { preload: late.preload })
}

/** Long enough for the data of the first page and its letters to come before. */
const afterMilliseconds = 3000

/** Brings all parts, once the page that was asked for stands: a menu opens at once then, and without a line. */
export function bringParts(): void {
  const bring = async () => {
    while (document.querySelector('[aria-busy=true]')) await pause(500)
    for (const preload of soon) await preload()
  }
  setTimeout(() => void bring(), afterMilliseconds)
}
