import { createContext, useContext } from 'react'

/** The three places of a station; which one is open outlives the way to the sign-in page and back. */
export type Place = 'work' | 'prepare' | 'packets'

const Go = createContext<(place: Place) => void>(() => {})
export const GoContext = Go
export const useGo = () => useContext(Go)
