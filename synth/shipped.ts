import { readFileSync } from 'node:fs'

/** What the generator is told: its own tables (synth/data), and the official ones (db/reference). */
const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')

export const ownTable = (name: string): string => read(`./data/${name}`)
export const officialTable = (name: string): string => read(`../db/reference/${name}`)
