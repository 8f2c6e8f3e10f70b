import { stopwatch } from '../clock.ts'
import type { OpenWork } from '../work.ts'
import { sharedCounts } from './law.ts'

/**
 * How often something happened within a minute, by what is counted and of whom. A minute begins with the first of
 * somebody. Several processes that serve one installation tell each other what they counted (share-counts.ts), so that
 * whoever spreads requests over them gets no more.
 */
export type MinuteCounts = {
  /** Counts one. `most`: how many a minute are allowed, which says from where on others are told. */
  add(counted: CountedKey, most: number): CountOfMinute
  /** The same without counting. */
  look(counted: CountedKey): CountOfMinute
  /** What others are to know now: what was counted here since the last time, where it is no small part of the limit. */
  takeNews(nameOf: NameOf): CountNews[]
  /** What the other processes together have counted, as they said last. */
  learn(others: readonly CountNews[], nameOf: NameOf): void
}

/** A text for what is counted and of whom, that only this installation can make of it. */
export type NameOf = (text: string) => string

export type CountedKey = { readonly of: string; readonly key: string }
/** `milliseconds`: until the minute is over. */
export type CountOfMinute = { readonly count: number; readonly milliseconds: number }
/** `name`: of what is counted and of whom, in no readable form. */
export type CountNews = { readonly name: string; readonly count: number; readonly milliseconds: number }

const minute = 60_000

type Entry = { count: number; age: () => number; isNews: boolean }

export function openMinuteCounts(): MinuteCounts {
  const own = new Map<string, Entry>()
  let heard: { readonly by: ReadonlyMap<string, CountNews>; readonly nameOf: NameOf; age(): number } | undefined
  const placeOf = ({ of, key }: CountedKey) => `${of}\n${key}`

  const ofOthers = (place: string): CountOfMinute | undefined => {
    const found = heard?.by.get(heard.nameOf(place))
    const left = found && heard ? found.milliseconds - heard.age() : 0
    return found && left > 0 ? { count: found.count, milliseconds: left } : undefined
  }
  const ofBoth = (place: string, entry: Entry | undefined): CountOfMinute => {
    const elsewhere = ofOthers(place)
    return {
      count: (entry?.count ?? 0) + (elsewhere?.count ?? 0),
      milliseconds: Math.max(entry ? minute - entry.age() : 0, elsewhere?.milliseconds ?? 0),
    }
  }
  const living = (place: string): Entry | undefined => {
    const found = own.get(place)
    return found && found.age() < minute ? found : undefined
  }
  return {
    add(counted, most) {
      const place = placeOf(counted)
      const entry = living(place) ?? { count: 0, age: stopwatch(), isNews: false }
      entry.count += 1
      if (entry.count >= most * sharedCounts.from) entry.isNews = true
      // Whoever was counted last stands last; the first to go is who was not counted for longest.
      own.delete(place)
      own.set(place, entry)
      if (own.size > sharedCounts.most) for (const first of own.keys()) if (own.delete(first)) break
      return ofBoth(place, entry)
    },
    look(counted) {
      const place = placeOf(counted)
      return ofBoth(place, living(place))
    },
    takeNews(nameOf) {
      const news: CountNews[] = []
      for (const [place, entry] of own) {
        if (!entry.isNews) continue
        entry.isNews = false
        const milliseconds = minute - entry.age()
        if (milliseconds > 0) news.push({ name: nameOf(place), count: entry.count, milliseconds })
      }
      return news
    },
    learn(others, nameOf) {
      heard =
        others.length > 0 ? { by: new Map(others.map(one => [one.name, one])), nameOf, age: stopwatch() } : undefined
    },
  }
}

const countsOf = new WeakMap<OpenWork, MinuteCounts>()

/** The counts of an installation that this process serves, by how its works are opened. */
export function minuteCountsOf(openWork: OpenWork): MinuteCounts {
  const counts = countsOf.get(openWork) ?? openMinuteCounts()
  countsOf.set(openWork, counts)
  return counts
}
