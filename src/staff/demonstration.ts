import type { UnitId } from '../units/units.ts'
import type { Role } from './role.ts'

/** A sign-in of the demonstration house, for its caller to keep in the house's data and to show at the first start. */
export type DemonstrationSignIn = {
  readonly login: string
  readonly password: string
  readonly role: Role
  readonly name: string
  readonly unitId: UnitId
}

/**
 * `otherDistrict` and its commune are there to see that nothing of the first is seen from them; `school` is one of the
 * commune.
 */
export type DemonstrationUnitKey = 'province' | 'district' | 'commune' | 'otherDistrict' | 'otherCommune' | 'school'

/**
 * Invented people; the second officer of a district approves what the first proposes, that of the card centre checks
 * what the first makes.
 */
export const cast: readonly (readonly [login: string, name: string, role: Role, place: DemonstrationUnitKey])[] = [
  ['chihuy', 'Phạm Quang Minh Chiến', 'provincial-commander', 'province'],
  ['tiepnhantinh', 'Hà Thị Minh Thu', 'pc06-reception', 'province'],
  ['pheduyettinh', 'Trịnh Công Định', 'pc06-approver', 'province'],
  ['hanhchinhcong', 'Mai Thị Phương Dung', 'service-centre-reception', 'province'],
  ['huyen', 'Vũ Thị Hạnh Nguyên', 'district-officer', 'district'],
  ['pheduyet', 'Đỗ Khắc Trường Giang', 'data-approver', 'district'],
  ['phuong', 'Bùi Gia Thục An', 'ward-officer', 'commune'],
  ['phuong2', 'Hoàng Nghĩa Tường Lâm', 'ward-officer', 'commune'],
  ['huyenkhac', 'Lê Đình Cao Sơn', 'district-officer', 'otherDistrict'],
  ['phuongkhac', 'Trần Thị Diễm Quỳnh', 'ward-officer', 'otherCommune'],
  ['trungtamthe', 'Ngô Bá Thiện Tâm', 'card-centre-operator', 'province'],
  ['trungtamthe2', 'Cao Thị Trúc Quỳnh', 'card-centre-operator', 'province'],
  ['sogiaoduc', 'Nguyễn Thị Bảo Uyên', 'education-officer', 'province'],
  ['giaoduc', 'Đặng Văn Hữu Phước', 'education-officer', 'district'],
  ['nhatruong', 'Trần Thị Kim Thoa', 'school-officer', 'school'],
  ['chunhiem', 'Lương Thị Mai Hiên', 'homeroom-teacher', 'school'],
  ['tocongnghe', 'Nguyễn Đức Thịnh', 'community-group-member', 'commune'],
  ['uyban', 'Tô Ngọc Thanh Bình', 'peoples-committee', 'district'],
  ['kiemtra', 'Dương Quý Khánh Ly', 'auditor', 'province'],
  ['quantri', 'Lý Hải Đăng Khoa', 'administrator', 'province'],
]
