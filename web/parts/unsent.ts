/** Changes that the house has not answered yet and that are sent again by themselves: how many, to be shown. */
let waiting = 0
const listeners = new Set<() => void>()

export const unsentChanges = (): number => waiting

export function onUnsentChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Counts one until `over` is called. */
export function noteUnsent(): { over(): void } {
  const tell = (by: 1 | -1) => {
    waiting += by
    for (const listener of listeners) listener()
  }
  tell(1)
  let isOver = false
  return {
    over() {
      if (!isOver) tell(-1)
      isOver = true
    },
  }
}

let landed = 0

/** How many changes the house has answered since the page was opened. */
export const changesLanded = (): number => landed
export function noteLanded(): void {
  landed += 1
}
