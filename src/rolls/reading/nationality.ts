import { foldMarks } from '../../names/name.ts'

/** Who is a foreigner by a roll: personal numbers are of Vietnamese citizens alone (LCC Art. 3, 12). */

const vietnamese = /^(?:v\.? ?n\.?|vnm|viet ?nam|viet|nguoi viet(?: nam)?|cong dan viet nam|chxhcn viet nam|kinh)$/
/** The countries that schools write, by their Vietnamese and English names, and their codes. */
const foreign = new RegExp(
  '^(?:nguoi |quoc tich )?(?:han quoc|korea(?:n)?|kr|kor|trung quoc|china|chinese|cn|chn|dai loan|taiwan|tw|twn|' +
    'nhat(?: ban)?|japan(?:ese)?|jp|jpn|lao|laos|la|campuchia|cam pu chia|cambodia|kh|thai lan|thailand|th|tha|' +
    'my|hoa ky|usa|us|anh|anh quoc|uk|gb|phap|france|fr|duc|germany|de|nga|russia|ru|uc|australia|au|canada|ca|' +
    'an do|india|in|ind|singapore|sg|malaysia|ma lai xi a|ma lay xi a|indonesia|philippines|phi lip pin|ph|' +
    'nigeria|ukraine|u crai na|sec|czech(?: republic)?|ba lan|poland|y|italia|italy|tay ban nha|spain|ha lan|' +
    'netherlands|thuy sy|thuy dien|sweden|na uy|norway|dan mach|phan lan|new zealand|nam phi|mien dien|myanmar|' +
    'khong quoc tich|nuoc ngoai|foreign(?:er)?)$',
)

const passportShape = /^[A-Z]{1,2}\d{6,8}$|^\d{8,9}$/

/**
 * A pupil of another nationality, or one who has a passport and no number in place of it where no column says that he
 * or she is Vietnamese. A word that is no known country says nothing.
 */
export function foreignerOf(
  nationality: string,
  passport: string,
  numberText: string,
  number: 'number' | 'lost-zero' | 'malformed' | 'missing',
): { readonly nationality: string; readonly passport: string } | undefined {
  const written = foldMarks(nationality).replace(/\s+/g, ' ').trim()
  if (vietnamese.test(written) || number === 'number' || number === 'lost-zero') return undefined
  const compact = (text: string) => text.replace(/[\s.-]/g, '').toUpperCase()
  const inNumber = /^[A-Z]{1,2}\d{6,8}$/.test(compact(numberText)) ? compact(numberText) : ''
  const own = passportShape.test(compact(passport)) ? compact(passport) : ''
  if (!foreign.test(written) && !own) return undefined
  return { nationality: nationality.slice(0, 60), passport: own || inNumber }
}
