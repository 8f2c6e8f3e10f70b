import { createRootRoute, createRoute, createRouter, Outlet, redirect } from '@tanstack/react-router'
import { accountSearch } from './accounts/search.ts'
import { appointmentSearch } from './appointments/search.ts'
import { awarenessSearch } from './awareness/activity.ts'
import { page } from './base/lazy-page.tsx'
import { base } from './base/navigation.ts'
import { parseSearch, type Search, writeSearch } from './base/search.ts'
import { campaignSearch, peopleSearch } from './campaign/search.ts'
import { batchesSearch, batchSearch, boxesSearch, stageSearch } from './cards/addresses.ts'
import { requestsSearch } from './data-protection/search.ts'
import { directiveSearch, directivesSearch, orderSearch, silentSearch } from './directives/directive.ts'
import { queueSearch as applicationSearch, gapSearch, packetSearch } from './enrolment/search.ts'
import { slipSearch } from './families/slips.ts'
import { followUpSearch } from './follow-ups/follow-up.ts'
import { listSearch as visitListSearch } from './groups/group.ts'
import { householdSearch } from './households/search.ts'
import { inspectionSearch, trailSearch } from './inspection/inspection.ts'
import { ledgerSearch } from './ledger/ledger.ts'
import { messageSearch } from './messages/search.ts'
import { movementSearch } from './movements/search.ts'
import { listSearch } from './needs/filter.ts'
import { attendanceSearch } from './out-of-school/search.ts'
import { flightSearch } from './parties/party.ts'
import { planSearch } from './plans/search.ts'
import { queueSearch } from './review/queue.ts'
import { rollSearch } from './review/roll.ts'
import { riskSearch } from './risk/search.ts'
import { rosterSearch, setupSearch, weekSearch } from './sessions/week.ts'
import { PageSkeleton } from './shell/page-skeleton.tsx'
import { SessionGate } from './shell/session.tsx'
import { Shell } from './shell/shell.tsx'
import { UnknownPlace } from './shell/unknown-place.tsx'
import { universalSearch } from './universal/universal.ts'

const root = createRootRoute({
  component: () => (
    <SessionGate>
      <Shell>
        <Outlet />
      </Shell>
    </SessionGate>
  ),
  notFoundComponent: UnknownPlace,
})

const getParentRoute = () => root

const home = createRoute({
  getParentRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/hom-nay' })
  },
})

const routes = [
  home,
  createRoute({
    getParentRoute,
    path: '/tat-ca',
    component: page(() => import('./shell/all-places.tsx'), 'AllPlaces'),
  }),
  createRoute({
    getParentRoute,
    path: '/bo-phan',
    component: page(() => import('./shell/component-gallery.tsx'), 'ComponentGallery'),
  }),
  createRoute({
    getParentRoute,
    path: '/bat-dau',
    component: page(() => import('./beginning/begin-page.tsx'), 'BeginPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/bat-dau/in',
    component: page(() => import('./beginning/begin-paper-page.tsx'), 'BeginPaperPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/ngay-dau',
    component: page(() => import('./first-day/first-day-page.tsx'), 'FirstDayPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/ngay-dau/in',
    component: page(() => import('./first-day/first-day-paper-page.tsx'), 'FirstDayPaperPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/hom-nay',
    component: page(() => import('./today/today-page.tsx'), 'TodayPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/hom-nay/in',
    component: page(() => import('./today/morning-paper-page.tsx'), 'MorningPaperPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/chien-dich',
    component: page(() => import('./campaign/campaign-page.tsx'), 'CampaignPage'),
    validateSearch: campaignSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/chien-dich/in',
    component: page(() => import('./campaign/campaign-paper-page.tsx'), 'CampaignPaperPage'),
    validateSearch: campaignSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/chien-dich/nguoi',
    component: page(() => import('./campaign-people/people-page.tsx'), 'PeoplePage'),
    validateSearch: peopleSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/chien-dich/nguoi/in',
    component: page(() => import('./campaign-people/people-paper-page.tsx'), 'PeoplePaperPage'),
    validateSearch: peopleSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/chien-dich/moi',
    component: page(() => import('./campaign-form/campaign-form-page.tsx'), 'CampaignFormPage'),
    validateSearch: campaignSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/chien-dich/moi/tep',
    component: page(() => import('./campaign/new-campaign-page.tsx'), 'NewCampaignPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/chien-dich/chi-tieu',
    component: page(() => import('./targets/targets-page.tsx'), 'TargetsPage'),
    validateSearch: campaignSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/chien-dich/tin',
    component: page(() => import('./messages/messages-page.tsx'), 'MessagesPage'),
    validateSearch: messageSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/chien-dich/tin/in',
    component: page(() => import('./messages/letters-paper-page.tsx'), 'LettersPaperPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/chien-dich/tin/$id',
    component: page(() => import('./messages/message-page.tsx'), 'MessagePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/chien-dich/nguy-co',
    component: page(() => import('./risk/risk-page.tsx'), 'RiskPage'),
    validateSearch: riskSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/tuyen-truyen',
    component: page(() => import('./awareness/awareness-page.tsx'), 'AwarenessPage'),
    validateSearch: awarenessSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/tuyen-truyen/ghi',
    component: page(() => import('./awareness/new-activity-page.tsx'), 'NewActivityPage'),
    validateSearch: awarenessSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/tuyen-truyen/tai-lieu',
    component: page(() => import('./awareness/materials-page.tsx'), 'MaterialsPage'),
    validateSearch: awarenessSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/tuyen-truyen/$id',
    component: page(() => import('./awareness/activity-page.tsx'), 'ActivityPage'),
    validateSearch: awarenessSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/danh-sach',
    component: page(() => import('./needs/list-page.tsx'), 'ListPage'),
    validateSearch: listSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/danh-sach/in',
    component: page(() => import('./needs/list-paper-page.tsx'), 'ListPaperPage'),
    validateSearch: listSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/danh-sach/pho-cap',
    component: page(() => import('./out-of-school/out-of-school-page.tsx'), 'OutOfSchoolPage'),
    validateSearch: attendanceSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/danh-sach/pho-cap/in',
    component: page(() => import('./out-of-school/out-of-school-paper-page.tsx'), 'OutOfSchoolPaperPage'),
    validateSearch: attendanceSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/chien-dich/chi-dao',
    component: page(() => import('./directives/directives-page.tsx'), 'DirectivesPage'),
    validateSearch: directivesSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/chien-dich/chi-dao/moi',
    component: page(() => import('./directives/order-page.tsx'), 'OrderPage'),
    validateSearch: orderSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/chien-dich/chi-dao/$id',
    component: page(() => import('./directives/directive-page.tsx'), 'DirectivePage'),
    validateSearch: directiveSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/chien-dich/chua-nhap',
    component: page(() => import('./directives/not-reported-page.tsx'), 'NotReportedPage'),
    validateSearch: silentSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/danh-sach/to-cong-nghe',
    component: page(() => import('./groups/groups-page.tsx'), 'GroupsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/danh-sach/to-cong-nghe/moi',
    component: page(() => import('./groups/new-group-page.tsx'), 'NewGroupPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/danh-sach/to-cong-nghe/$id',
    component: page(() => import('./groups/group-page.tsx'), 'GroupPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/danh-sach/to-cong-nghe/goi-cua/$id',
    component: page(() => import('./groups/visit-list-page.tsx'), 'VisitListPage'),
    validateSearch: visitListSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/danh-sach/to-cong-nghe/goi-cua/$id/in',
    component: page(() => import('./groups/visit-list-paper-page.tsx'), 'VisitListPaperPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/ra-soat',
    component: page(() => import('./rolls/rolls-page.tsx'), 'RollsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/ra-soat/viec',
    component: page(() => import('./follow-ups/follow-ups-page.tsx'), 'FollowUpsPage'),
    validateSearch: followUpSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/ra-soat/viec/in',
    component: page(() => import('./follow-ups/follow-ups-paper-page.tsx'), 'FollowUpsPaperPage'),
    validateSearch: followUpSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/ra-soat/hang-cho',
    component: page(() => import('./review/queue-page.tsx'), 'QueuePage'),
    validateSearch: queueSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/ra-soat/ho-gia-dinh',
    component: page(() => import('./households/households-page.tsx'), 'HouseholdsPage'),
    validateSearch: householdSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/ra-soat/so',
    component: page(() => import('./rolls/ledger-page.tsx'), 'LedgerPage'),
    validateSearch: ledgerSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/ra-soat/$id',
    component: page(() => import('./rolls/roll-page.tsx'), 'RollPage'),
    validateSearch: rollSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/ra-soat/$id/cap-so',
    component: page(() => import('./rolls/releases-page.tsx'), 'ReleasesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/ra-soat/$id/cap-so/in',
    component: page(() => import('./rolls/releases-paper-page.tsx'), 'ReleasesPaperPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/lop-hoc',
    component: page(() => import('./classes/classes-page.tsx'), 'ClassesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/giay-lien-ket',
    component: page(() => import('./classes/link-papers-page.tsx'), 'LinkPapersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/phieu-gia-dinh',
    component: page(() => import('./families/slips-paper-page.tsx'), 'FamilySlipsPaperPage'),
    validateSearch: slipSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/di-tung-nha',
    component: page(() => import('./visits/visits-page.tsx'), 'VisitsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/pho-cap',
    component: page(() => import('./universal/universal-page.tsx'), 'UniversalPage'),
    validateSearch: universalSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/lich-luu-dong',
    component: page(() => import('./sessions/sessions-page.tsx'), 'SessionsPage'),
    validateSearch: weekSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/lich-luu-dong/doi-may-diem',
    component: page(() => import('./sessions/setup-page.tsx'), 'SetupPage'),
    validateSearch: setupSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/lich-luu-dong/lich-hen',
    component: page(() => import('./appointments/appointments-page.tsx'), 'AppointmentsPage'),
    validateSearch: appointmentSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/lich-luu-dong/lich-hen/in',
    component: page(() => import('./appointments/lost-paper-page.tsx'), 'LostPaperPage'),
    validateSearch: appointmentSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/lich-luu-dong/phuong-an',
    component: page(() => import('./plans/plans-page.tsx'), 'TeamPlansPage'),
    validateSearch: planSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/lich-luu-dong/$id',
    component: page(() => import('./sessions/roster-page.tsx'), 'RosterPage'),
    validateSearch: rosterSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/lich-luu-dong/$id/in',
    component: page(() => import('./sessions/roster-paper-page.tsx'), 'RosterPaperPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/thu-nhan',
    component: page(() => import('./enrolment/applications-page.tsx'), 'ApplicationsPage'),
    validateSearch: applicationSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/thu-nhan/goi',
    component: page(() => import('./packets/packets-page.tsx'), 'PacketsPage'),
    validateSearch: packetSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/thu-nhan/khoang-trong',
    component: page(() => import('./packets/gaps-page.tsx'), 'GapsPage'),
    validateSearch: gapSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/thu-nhan/tram',
    component: page(() => import('./packets/stations-page.tsx'), 'StationsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/thu-nhan/$id',
    component: page(() => import('./enrolment/application-page.tsx'), 'ApplicationPage'),
    validateSearch: applicationSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/the',
    component: page(() => import('./cards/pipeline-page.tsx'), 'CardsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/the/danh-sach',
    component: page(() => import('./cards/stage-page.tsx'), 'StagePage'),
    validateSearch: stageSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/the/danh-sach/in',
    component: page(() => import('./cards/stage-paper-page.tsx'), 'StagePaperPage'),
    validateSearch: stageSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/the/dot',
    component: page(() => import('./production/batches-page.tsx'), 'BatchesPage'),
    validateSearch: batchesSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/the/dot/moi',
    component: page(() => import('./production/plan-page.tsx'), 'PlanPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/the/dot/$id',
    component: page(() => import('./production/batch-page.tsx'), 'BatchPage'),
    validateSearch: batchSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/the/phoi',
    component: page(() => import('./production/blanks-page.tsx'), 'BlanksPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/the/thung',
    component: page(() => import('./shipping/boxes-page.tsx'), 'BoxesPage'),
    validateSearch: boxesSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/the/thung/$id',
    component: page(() => import('./shipping/box-page.tsx'), 'BoxPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/the/thung/$id/nhan',
    component: page(() => import('./shipping/box-label-paper-page.tsx'), 'BoxLabelPaperPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/the/trao',
    component: page(() => import('./hand-over/hand-over-page.tsx'), 'HandOverPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/the/trao/danh-sach',
    component: page(() => import('./hand-over/lists-page.tsx'), 'GivenListsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/the/trao/the-cu',
    component: page(() => import('./hand-over/old-cards-page.tsx'), 'OldCardsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/the/trao/danh-sach/moi',
    component: page(() => import('./hand-over/new-list-page.tsx'), 'NewListPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/the/trao/danh-sach/$id',
    component: page(() => import('./hand-over/given-list-page.tsx'), 'GivenListPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/the/trao/danh-sach/$id/in',
    component: page(() => import('./hand-over/given-list-paper-page.tsx'), 'GivenListPaperPage'),
  }),
  createRoute({ getParentRoute, path: '/the/$id', component: page(() => import('./cards/card-page.tsx'), 'CardPage') }),
  createRoute({
    getParentRoute,
    path: '/tai-khoan',
    component: page(() => import('./accounts/accounts-page.tsx'), 'AccountsPage'),
    validateSearch: accountSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/tai-khoan/in',
    component: page(() => import('./accounts/accounts-paper-page.tsx'), 'AccountsPaperPage'),
    validateSearch: accountSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/tai-khoan/den-dau',
    component: page(() => import('./accounts/funnel-page.tsx'), 'AccountFunnelPage'),
    validateSearch: accountSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/tai-khoan/$id',
    component: page(() => import('./accounts/account-page.tsx'), 'AccountPage'),
    validateSearch: accountSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/tai-khoan/$id/in',
    component: page(() => import('./account-approval/account-sheet-paper-page.tsx'), 'AccountSheetPaperPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/tai-khoan/$id/tra-loi/$demand',
    component: page(() => import('./accounts/demand-answer-paper-page.tsx'), 'DemandAnswerPaperPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/dan-cu',
    component: page(() => import('./register/search-page.tsx'), 'SearchPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/dan-cu/nguoi/$id',
    component: page(() => import('./register/person-page.tsx'), 'PersonPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/dan-cu/nguoi/$id/in',
    component: page(() => import('./register/person-sheet-paper-page.tsx'), 'PersonSheetPaperPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/dan-cu/nguoi/$id/dinh-chinh',
    component: page(() => import('./register/correct-page.tsx'), 'CorrectPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/dan-cu/nguoi/$id/lap-lai-so',
    component: page(() => import('./register/new-number-page.tsx'), 'NewNumberPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/dan-cu/nguoi/$id/cu-tru',
    component: page(() => import('./register/residence-page.tsx'), 'ResidencePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/dan-cu/dinh-chinh',
    component: page(() => import('./register/corrections-page.tsx'), 'CorrectionsPage'),
    validateSearch: ({ cua }: Search) => ({ cua }),
  }),
  createRoute({
    getParentRoute,
    path: '/dan-cu/dinh-chinh/$id',
    component: page(() => import('./register/corrections-page.tsx'), 'CorrectionPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/dan-cu/dinh-chinh/$id/in',
    component: page(() => import('./register/correction-paper-page.tsx'), 'CorrectionPaperPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/dan-cu/bien-dong',
    component: page(() => import('./movements/movements-page.tsx'), 'MovementsPage'),
    validateSearch: movementSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/dan-cu/bien-dong/in',
    component: page(() => import('./movements/movements-paper-page.tsx'), 'MovementsPaperPage'),
    validateSearch: movementSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/dan-cu/luu-tru',
    component: page(() => import('./movements/new-stay-page.tsx'), 'NewStayPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/dan-cu/mo-ho-so',
    component: page(() => import('./register/openings-page.tsx'), 'OpeningsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/dan-cu/hop-nhat',
    component: page(() => import('./merging/merges-page.tsx'), 'MergesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/dan-cu/hop-nhat/$id',
    component: page(() => import('./merging/merge-page.tsx'), 'MergePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/dan-cu/nguoi/$id/hop-nhat',
    component: page(() => import('./merging/propose-merge-page.tsx'), 'ProposeMergePage'),
    validateSearch: ({ voi }: Search) => ({ voi }),
  }),
  createRoute({
    getParentRoute,
    path: '/dan-cu/yeu-cau',
    component: page(() => import('./data-protection/requests-page.tsx'), 'DataRequestsPage'),
    validateSearch: requestsSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/dan-cu/yeu-cau/$id',
    component: page(() => import('./data-protection/request-page.tsx'), 'DataRequestPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/quan-tri/vi-pham',
    component: page(() => import('./data-protection/breaches-page.tsx'), 'BreachesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/dan-cu/lap-so',
    component: page(() => import('./register/collections-page.tsx'), 'CollectionsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/dan-cu/lap-so/moi',
    component: page(() => import('./register/collect-page.tsx'), 'CollectPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/bao-cao',
    component: page(() => import('./reports/reports-page.tsx'), 'ReportsPage'),
    validateSearch: campaignSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/bao-cao/in',
    component: page(() => import('./reports/report-paper-page.tsx'), 'ReportPaperPage'),
    validateSearch: campaignSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/bao-cao/$id',
    component: page(() => import('./reports/report-page.tsx'), 'ReportPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/kiem-toan',
    component: page(() => import('./inspection/inspection-page.tsx'), 'InspectionPage'),
    validateSearch: inspectionSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/kiem-toan/in',
    component: page(() => import('./inspection/inspection-paper-page.tsx'), 'InspectionPaperPage'),
    validateSearch: inspectionSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/kiem-toan/nhat-ky',
    component: page(() => import('./inspection/trail-page.tsx'), 'TrailPage'),
    validateSearch: trailSearch,
  }),
  createRoute({
    getParentRoute,
    path: '/kiem-toan/nguoi',
    component: page(() => import('./inspection/history-page.tsx'), 'HistoryPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/trao-doi',
    component: page(() => import('./exchange/exchange-page.tsx'), 'ExchangePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/trao-doi/tra-cuu',
    component: page(() => import('./exchange/look-up-page.tsx'), 'LookUpPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/hom-nay/moi-den',
    component: page(() => import('./notices/notices-page.tsx'), 'NoticesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/hom-nay/cau-hoi',
    component: page(() => import('./inspection/questions-page.tsx'), 'QuestionsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/quan-tri',
    component: page(() => import('./administration/officers-page.tsx'), 'OfficersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/quan-tri/nhiem-vu',
    component: page(() => import('./administration/duties-page.tsx'), 'DutiesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/quan-tri/de-nghi',
    component: page(() => import('./administration/proposals-page.tsx'), 'ProposalsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/quan-tri/don-vi',
    component: page(() => import('./administration/units-page.tsx'), 'UnitsPage'),
    validateSearch: ({ ngay, ma }: Search) => ({ ngay, ma }),
  }),
  createRoute({
    getParentRoute,
    path: '/quan-tri/ben-lien-ket',
    component: page(() => import('./parties/parties-page.tsx'), 'PartiesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/quan-tri/ben-lien-ket/$id',
    component: page(() => import('./parties/party-page.tsx'), 'PartyPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/quan-tri/ma-loi',
    component: page(() => import('./administration/request-page.tsx'), 'RequestPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/quan-tri/dung-luong',
    component: page(() => import('./administration/growth-page.tsx'), 'GrowthPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/quan-tri/ma-yeu-cau',
    component: page(() => import('./parties/flight-page.tsx'), 'FlightPage'),
    validateSearch: flightSearch,
  }),
] as const

export const router = createRouter({
  routeTree: root.addChildren(routes),
  basepath: base,
  scrollRestoration: true,
  // The page before stays for a moment; what then has not come shows its place.
  defaultPendingMs: 150,
  defaultPendingMinMs: 0,
  defaultPendingComponent: PageSkeleton,
  parseSearch,
  stringifySearch: writeSearch,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
