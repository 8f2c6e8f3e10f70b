/**
 * How long one thread keeps everybody else waiting: the most processor time that its event loop takes between two
 * turns, in milliseconds. Processor time, since on a busy machine other programs take turns too.
 */
export function watchStretches(): { longest(): number; stop(): void } {
  const spent = () => {
    const { user, system } = process.threadCpuUsage()
    return (user + system) / 1000
  }
  let [before, longest] = [spent(), 0]
  const look = () => {
    const now = spent()
    longest = Math.max(longest, now - before)
    before = now
  }
  const ticking = setInterval(look, 1)
  return {
    longest() {
      look()
      return longest
    },
    stop: () => clearInterval(ticking),
  }
}
