/**
 * A district's name without the word for its kind, where all that stand beside it are districts: Thành phố Hạ Long → Hạ
 * Long.
 */
export const shortName = (name: string) => name.replace(/^(Thành phố|Thị xã|Huyện|Quận) (?=\p{Lu})/u, '')
