import { z } from 'zod';
import { getCampaign } from '../resources/campaigns.js';
import { REPORT_BY, REPORT_PERIOD, type Report } from '../resources/report.js';
import { changeReport, reportMeant, reportsAfter, saveReport } from '../resources/reports.js';
import { digest } from '../workspace/canonical.js';
import { Problem } from './problem.js';
import type { KindOf } from './resource-kind.js';
import { clientKey, common, resourceName } from './resource-schemas.js';
import { label } from './schemas.js';

const subject = {
  campaign: z.string().max(40).optional().meta({ description: 'The id of a campaign' }),
  resource: label.optional().meta({ description: 'A label of yours that usage carries' }),
  item: z.string().max(64).optional(),
};
const by = z.enum(REPORT_BY).meta({ description: 'What its lines are' });
const period = z
  .string()
  .regex(REPORT_PERIOD, 'must be this, last, a month like 2026-10, days like 30d, or whole')
  .meta({
    description: 'this or last month, a month, so many days up to now; whole: all of a campaign',
    example: '30d',
  });

export const createReportBody = z
  .strictObject({
    key: clientKey,
    kind: z.literal('report'),
    name: resourceName,
    ...subject,
    by: by.default('resource'),
    period: period.default('this'),
  })
  .refine(({ campaign, resource, item }) => [campaign, resource, item].filter(Boolean).length < 2, {
    message: 'is about one campaign, resource or item, or about all',
  })
  .meta({ id: 'NewReport' });

export const changeReportBody = z
  .strictObject({ kind: z.literal('report'), name: resourceName.optional(), archived: z.boolean().optional() })
  .meta({ id: 'ReportChange' });

export const reportShown = z
  .strictObject({
    kind: z.literal('report'),
    ...common,
    campaign: z.string().optional(),
    resource: z.string().optional(),
    item: z.string().optional(),
    person: z.string().optional(),
    by,
    period: z.string(),
  })
  .meta({ id: 'Report' });

/** Kept reports as `/v1/resources` reads, makes and changes them: what they ask for, not what they come to. */
export const reports: KindOf<typeof createReportBody, typeof changeReportBody, typeof reportShown> = {
  prefix: 'rp',
  page: async (of) => (await reportsAfter(of)).map(shown),
  async open(of) {
    const report = await reportMeant(of, of.id);
    return report && shown(report);
  },
  async create(
    { workspace, by: maker, keyName: byKey, at },
    { key, kind: _kind, name, campaign, resource, item, ...how },
  ) {
    const { account, id } = workspace;
    if (campaign !== undefined && !(await getCampaign(account, id, campaign))) {
      const message = 'is no campaign of this workspace';
      throw new Problem(400, 'Nothing was done.', { errors: [{ field: 'campaign', message }] });
    }
    const ask = {
      ...how,
      ...(campaign !== undefined && { campaign }),
      ...(resource !== undefined && { resource }),
      ...(item !== undefined && { item }),
    };
    const client = { key, hash: digest({ name, ask }) };
    return shown(await saveReport({ account, workspace: id, name, ask, by: maker, byKey, client, at }));
  },
  async change({ workspace: { account, id: workspace }, by: changer, keyName: byKey, at }, id, { name, archived }) {
    if (!(await reportMeant({ account, workspace }, id))) return undefined;
    const change = { ...(name !== undefined && { name }), ...(archived !== undefined && { archived }) };
    return shown(await changeReport({ account, workspace, id, ...change, by: changer, byKey, at }));
  },
};

function shown(report: Report): z.output<typeof reportShown> {
  const { id, name, archived, createdAt, changedAt, campaign, resource, item, person } = report;
  const { by: lines, period: time } = report;
  return {
    ...{ kind: 'report', id, name, archived, by: lines, period: time },
    createdAt: createdAt.toISOString(),
    changedAt: changedAt.toISOString(),
    ...(campaign !== undefined && { campaign }),
    ...(resource !== undefined && { resource }),
    ...(item !== undefined && { item }),
    ...(person !== undefined && { person }),
  };
}
