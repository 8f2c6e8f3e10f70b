import { type Dispatch, type SetStateAction, useEffect, useRef, useState } from 'react'
import { changesLanded } from '../../parts/unsent.ts'

/**
 * What an officer is typing, so that it outlives a reload and a new sign-in. It lies in the tab alone (sessionStorage),
 * sealed by AES-256-GCM under a key that the house gives to this officer's sessions and that is kept in memory: the
 * next officer at the machine, or whoever copies the browser's profile, reads none of it. Where the browser has no
 * WebCrypto, since the address is neither https nor localhost, it is kept in memory alone.
 */

const place = 'drafts'
const nonceBytes = 12
/** Characters of one draft: a tab keeps some five million, of all drafts together; what is longer lies in a file. */
const longestDraft = 500_000

let key: CryptoKey | undefined
let kept = new Map<string, string>()
let writing: Promise<void> = Promise.resolve()

const bytesOf = (text: string) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), sign => sign.charCodeAt(0))
const textOf = (bytes: Uint8Array) => btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''))

async function sealed(cipherKey: CryptoKey, text: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(nonceBytes))
  const made = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, cipherKey, new TextEncoder().encode(text))
  return textOf(new Uint8Array([...iv, ...new Uint8Array(made)]))
}

async function opened(cipherKey: CryptoKey, text: string): Promise<string> {
  const bytes = bytesOf(text)
  const iv = bytes.slice(0, nonceBytes)
  const made = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, cipherKey, bytes.slice(nonceBytes))
  return new TextDecoder().decode(made)
}

/** Takes up what this officer left in this tab; what another left is destroyed. */
export async function openDrafts(officerKey: string): Promise<void> {
  kept = new Map()
  const left = sessionStorage.getItem(place)
  key =
    crypto.subtle &&
    (await crypto.subtle.importKey('raw', bytesOf(officerKey), 'AES-GCM', false, ['encrypt', 'decrypt']))
  if (!left || !key) return
  try {
    kept = new Map(JSON.parse(await opened(key, left)) as [string, string][])
  } catch {
    sessionStorage.removeItem(place)
  }
}

/** One write after the other, each of all that is kept then. */
function write(): void {
  writing = writing.then(async () => {
    if (kept.size === 0) return sessionStorage.removeItem(place)
    if (key) sessionStorage.setItem(place, await sealed(key, JSON.stringify([...kept])))
  })
  // A full or forbidden storage keeps nothing; the page still has what was typed.
  writing = writing.catch(() => undefined)
}

/** When all that was typed so far lies in the tab. */
export const draftsWritten = (): Promise<void> => writing

function keepDraft(name: string, text: string | undefined): void {
  const fits = text !== undefined && text.length <= longestDraft
  if (fits ? kept.get(name) === text : !kept.delete(name)) return
  if (fits) kept.set(name, text)
  write()
}

/** At sign-out, and where another officer takes the page: nothing is left of what was typed. */
export function dropDrafts(): void {
  kept = new Map()
  sessionStorage.removeItem(place)
  writing = writing.then(() => sessionStorage.removeItem(place))
}

/** Keeps a draft while it is on the page, and afterwards only where the page was left by a link with it unsent. */
function useKept(name: string, text: string | undefined): void {
  const latest = useRef({ text, landed: 0 })
  useEffect(() => {
    const path = location.pathname
    latest.current.landed = changesLanded()
    return () => {
      if (location.pathname === path || changesLanded() !== latest.current.landed) keepDraft(name, undefined)
    }
  }, [name])
  useEffect(() => {
    if (text === latest.current.text) return
    latest.current = { text, landed: changesLanded() }
    keepDraft(name, text)
  }, [name, text])
}

/**
 * Keeps what is typed into a field until it is sent or given up. `name` says of which thing: "follow-up 0189… note".
 * A dialog that is closed gives it up; a page that is left by a link keeps it, unless a change has landed since.
 */
export function useDraft(name: string, value: string, onChange: (value: string) => void): void {
  const first = useRef(value)
  const latest = useRef({ value, onChange })
  latest.current = { value, onChange }
  useKept(name, value === first.current ? undefined : value)
  useEffect(() => {
    const draft = kept.get(name)
    if (draft !== undefined && draft !== latest.current.value) latest.current.onChange(draft)
  }, [name])
}

/** The same of a form with several fields: its state, which is JSON. */
export function useDraftState<T>(name: string, initial: T | (() => T)): [T, Dispatch<SetStateAction<T>>] {
  const [first] = useState(initial)
  const [state, setState] = useState<T>(() => {
    const draft = kept.get(name)
    return draft === undefined ? first : (JSON.parse(draft) as T)
  })
  const text = JSON.stringify(state)
  useKept(name, text === JSON.stringify(first) ? undefined : text)
  return [state, setState]
}
