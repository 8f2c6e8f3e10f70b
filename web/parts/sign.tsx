/** The sign: a D in three by four cells, the twelve of the personal number. */
const full = [0, 1, 3, 5, 6, 8, 9, 10]

export const Sign = () => (
  <svg width="16" height="21" viewBox="0 0 16 21" aria-hidden>
    {Array.from({ length: 12 }, (_, cell) => (
      <rect
        // biome-ignore lint/suspicious/noArrayIndexKey: twelve cells that never change places
        key={cell}
        x={(cell % 3) * 5.5}
        y={Math.floor(cell / 3) * 5.4}
        width="4.4"
        height="4.4"
        fill="#fff"
        opacity={full.includes(cell) ? 1 : 0.4}
      />
    ))}
  </svg>
)
