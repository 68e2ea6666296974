/** What each folder of src/ may import, besides itself. ARCHITECTURE.md tells why. */
const MAY_IMPORT = {
  ledger: ['refusal', 'id', 'in-groups'],
  workspace: ['refusal', 'id', 'in-groups', 'mongo', 'ledger'],
  payments: ['refusal', 'id', 'mongo', 'log', 'money', 'ledger', 'workspace'],
  usage: ['refusal', 'id', 'in-groups', 'mongo', 'log', 'money', 'ledger', 'workspace', 'payments'],
  cards: ['refusal', 'money', 'ledger/entry', 'workspace/entities', 'workspace/identity', 'workspace/permissions'],
  notices: ['refusal', 'id', 'mongo', 'log', 'money', 'cards', 'ledger', 'workspace', 'payments', 'mail', 'chat/port'],
  commands: [
    'refusal',
    'id',
    'mongo',
    'log',
    'money',
    'cards',
    'ledger',
    'workspace',
    'payments',
    'usage',
    'notices',
    'chat/invocation',
    'chat/port',
  ],
  chat: ['config', 'refusal', 'id', 'in-groups', 'mongo', 'log', 'encryption', 'money', 'cards', 'workspace/identity'],
  pages: [
    'refusal',
    'id',
    'mongo',
    'log',
    'money',
    'cards',
    'ledger',
    'workspace',
    'payments',
    'usage',
    'notices',
    'commands',
    'mail',
  ],
  mail: ['log', 'cards', 'chat/port', 'pages/html'],
  jobs: [
    'refusal',
    'id',
    'mongo',
    'log',
    'money',
    'cards',
    'ledger',
    'workspace',
    'payments',
    'usage',
    'notices',
    'commands',
    'chat/port',
    'mail',
  ],
};

/** The only folder that may import these packages. */
const SDK_HOMES = {
  'chat/slack': ['@slack/'],
  'chat/teams': ['botbuilder', 'botframework-', '@microsoft/teams-ai'],
  payments: ['stripe'],
  jobs: ['agenda', '@agendajs/'],
  mail: ['nodemailer'],
};

const MODELS = ['^src/.*/models\\.ts$', '^src/.*-model\\.ts$'];

const path = (name) => `^src/${name}(/|\\.ts$)`;

const folderRules = Object.entries(MAY_IMPORT).map(([folder, allowed]) => ({
  name: `${folder}-imports`,
  comment: `src/${folder} may import only: ${allowed.join(', ')}`,
  severity: 'error',
  from: { path: path(folder) },
  to: { path: '^src/', pathNot: [folder, ...allowed].map(path) },
}));

const sdkRules = Object.entries(SDK_HOMES).map(([home, packages]) => ({
  name: `sdk-of-${home.replace('/', '-')}`,
  comment: `only src/${home} knows ${packages.join(', ')}`,
  severity: 'error',
  from: { path: '^src/', pathNot: path(home) },
  to: { path: packages.map((name) => `node_modules/${name}${name.endsWith('/') || name.endsWith('-') ? '' : '/'}`) },
}));

module.exports = {
  forbidden: [
    ...folderRules,
    ...sdkRules,
    {
      name: 'platforms-never-meet',
      severity: 'error',
      from: { path: '^src/chat/(slack|teams)/' },
      to: { path: '^src/chat/(slack|teams)/', pathNot: '^src/chat/$1/' },
    },
    {
      name: 'models-stay-home',
      comment: 'a folder asks another through its functions, never through its collections',
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: { path: MODELS, pathNot: '^src/$1/' },
    },
    { name: 'root-sees-no-models', severity: 'error', from: { path: '^src/[^/]+$' }, to: { path: MODELS } },
    {
      name: 'root-modules-are-leaves',
      severity: 'error',
      from: { path: '^src/(refusal|id|in-groups|money|encryption|config|log|mongo)\\.ts$' },
      to: { path: '^src/[^/]+/', pathNot: '^src/ledger/entry\\.ts$' },
    },
    {
      name: 'settings-come-from-the-top',
      comment: 'the environment is read once and handed down; the edges know the shape of their part',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: '^src/(main\\.ts|config\\.ts|operator/|local/|shutdown\\.ts|chat/[^/]+/edge\\.ts)',
      },
      to: { path: '^src/config\\.ts$' },
    },
    {
      name: 'nothing-imports-main',
      severity: 'error',
      from: {},
      to: { path: '^src/main\\.ts$' },
    },
    {
      name: 'source-imports-no-tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^test/' },
    },
    {
      name: 'no-barrel-files',
      severity: 'error',
      from: {},
      to: { path: '^src/.*index\\.ts$' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    { name: 'everything-resolves', severity: 'error', from: { path: '^src/' }, to: { couldNotResolve: true } },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
  },
};
