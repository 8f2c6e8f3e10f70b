/** Where something will stand that is still being read: its lines in grey, as long and as high as it will be. */
export type SkeletonShape = 'rows' | 'figures' | 'text' | 'paper'

/** Widths of lines in percent, so that they look like text and not like bars. */
const lines: Readonly<Record<SkeletonShape, readonly (readonly number[])[]>> = {
  rows: Array.from(
    { length: 8 },
    (_, at) =>
      [
        [12, 34, 20, 14],
        [12, 28, 24, 10],
        [12, 40, 16, 14],
      ][at % 3] as number[],
  ),
  figures: [[72], [48], ...Array.from({ length: 5 }, (_, at) => [[30, 24][at % 2] as number, 44, 10])],
  text: [[60], [88], [80], [84], [40]],
  paper: [[50], [70], ...Array.from({ length: 8 }, () => [8, 36, 20, 20])],
}

/** Of readers of the screen it is hidden: who shows it says what is being read. */
export const Skeleton = ({ shape = 'rows' }: { shape?: SkeletonShape }) => (
  <div className={`skeleton ${shape}`} aria-hidden>
    {lines[shape].map((widths, at) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: lines that never change places
      <div key={at} className="skeleton-line">
        {widths.map((width, part) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces that never change places
          <span key={part} className={`skeleton-piece w${width}`} />
        ))}
      </div>
    ))}
  </div>
)
