import type { Region } from './region.ts'

/** A picture: red, green, blue of each pixel, row by row. */
export type Pixels = { readonly data: Uint8Array; readonly width: number; readonly height: number }

/** Of an sRGB value from 0 to 1, the light that it stands for (IEC 61966-2-1). */
const linear = (value: number) => (value > 0.04045 ? ((value + 0.055) / 1.055) ** 2.4 : value / 12.92)
const linearOf = Float64Array.from({ length: 256 }, (_, value) => linear(value / 255))

/** Luminance of each pixel, 0 to 255 (ISO/IEC 29794-5, 7.2; weights of ITU-R BT.709). */
export function luminanceOf({ data }: Pixels): Uint8Array {
  const luminance = new Uint8Array(data.length / 3)
  for (let pixel = 0; pixel < luminance.length; pixel++) {
    const at = pixel * 3
    const light =
      0.2126 * (linearOf[data[at] ?? 0] ?? 0) +
      0.7152 * (linearOf[data[at + 1] ?? 0] ?? 0) +
      0.0722 * (linearOf[data[at + 2] ?? 0] ?? 0)
    luminance[pixel] = Math.floor(light * 255 + 0.5)
  }
  return luminance
}

/** The colours a and b of CIELAB (white of D50) of the mean of a region. */
export function labOf({ data }: Pixels, region: Region): { readonly a: number; readonly b: number } {
  let [red, green, blue] = [0, 0, 0]
  for (const place of region) {
    red += data[place * 3] ?? 0
    green += data[place * 3 + 1] ?? 0
    blue += data[place * 3 + 2] ?? 0
  }
  const [r, g, b] = [red, green, blue].map(sum => linear(sum / Math.max(1, region.length) / 255)) as [
    number,
    number,
    number,
  ]
  const x = cubic((r * 0.43605 + g * 0.38508 + b * 0.14309) / 0.964221)
  const y = cubic(r * 0.22249 + g * 0.71689 + b * 0.06062)
  const z = cubic((r * 0.01393 + g * 0.0971 + b * 0.71419) / 0.825211)
  return { a: 500 * (x - y), b: 200 * (y - z) }
}

/** The cube root that CIELAB straightens near black. */
const cubic = (value: number) => (value <= 216 / 24_389 ? ((24_389 / 27) * value + 16) / 116 : Math.cbrt(value))
