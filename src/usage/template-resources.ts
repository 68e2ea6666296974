import type { z } from 'zod';
import { inTransaction } from '../mongo.js';
import { archiveTemplate, changeTemplate, createTemplate, restoreTemplate } from '../resources/change-template.js';
import { getTemplate, type Template, templatesAfter } from '../resources/templates.js';
import { digest } from '../workspace/canonical.js';
import type { ApiCall, KindOf } from './resource-kind.js';
import type { changeTemplateBody, createTemplateBody, templateShown } from './resource-schemas.js';

/** Templates, as `/v1/resources` knows them. */
export const templates: KindOf<typeof createTemplateBody, typeof changeTemplateBody, typeof templateShown> = {
  prefix: 'tp',
  page: async (of) => (await templatesAfter(of)).map(shown),
  async open({ account, workspace, id }) {
    const template = await getTemplate(account, workspace, id);
    return template && shown(template);
  },
  async create(call, { key, ...asked }) {
    const { name, item, text } = asked;
    const client = { key, hash: digest(asked) };
    return shown(await createTemplate({ ...changeOf(call), name, item, text, client }));
  },
  change(call, id, { name, item, text, archived }) {
    const change = { ...changeOf(call), template: id };
    const words = {
      ...(name !== undefined && { name }),
      ...(item !== undefined && { item }),
      ...(text !== undefined && { text }),
    };
    return inTransaction(async () => {
      let template = await getTemplate(change.account, change.workspace, id);
      if (!template) return undefined;
      if (archived === false) template = await restoreTemplate(change);
      template = (await changeTemplate({ ...change, ...words })) ?? template;
      if (archived === true) template = await archiveTemplate(change);
      return shown(template);
    });
  },
};

function changeOf({ workspace: { id, account }, by, keyName, at }: ApiCall) {
  return { account, workspace: id, by, key: keyName, at };
}

function shown(template: Template): z.output<typeof templateShown> {
  const { id, name, item, text, variables, createdAt, changedAt, archivedAt } = template;
  return {
    ...{ kind: 'template', id, name, item, text, archived: archivedAt !== undefined },
    variables: [...variables],
    createdAt: createdAt.toISOString(),
    changedAt: changedAt.toISOString(),
  };
}
