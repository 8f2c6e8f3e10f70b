/**
 * Mobile prefixes of the eleven-digit numbers, and their successors from 15 September 2018. A copy of
 * db/reference/phone-prefixes-2018.csv, in code because the offline station reads phones too; a test compares the two.
 */
export const phonePrefixes2018: Readonly<Record<string, string>> = {
  '0120': '070', // MobiFone
  '0121': '079', // MobiFone
  '0122': '077', // MobiFone
  '0126': '076', // MobiFone
  '0128': '078', // MobiFone
  '0123': '083', // VinaPhone
  '0124': '084', // VinaPhone
  '0125': '085', // VinaPhone
  '0127': '081', // VinaPhone
  '0129': '082', // VinaPhone
  '0162': '032', // Viettel
  '0163': '033', // Viettel
  '0164': '034', // Viettel
  '0165': '035', // Viettel
  '0166': '036', // Viettel
  '0167': '037', // Viettel
  '0168': '038', // Viettel
  '0169': '039', // Viettel
  '0186': '056', // Vietnamobile/Gmobile
  '0188': '058', // Vietnamobile/Gmobile
  '0199': '059', // Vietnamobile/Gmobile
}
