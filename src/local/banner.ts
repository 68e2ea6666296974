/** One chat client: where it is, or why it is not there. */
export type ClientLine = { name: string } & ({ address: string; remark?: string } | { missing: string });

/** What local mode prints when everything is up. */
export function banner(of: {
  publicUrl: string;
  clients: readonly ClientLine[];
  keyFile: string;
  logFile: string;
  wantedPort: number;
  port: number;
}): string {
  const { publicUrl, clients, keyFile, logFile, wantedPort, port } = of;
  const moved = port === wantedPort ? [] : [`  Port ${wantedPort} is taken, so this is on ${port}.`];
  return [
    '',
    'Workspaces in chat is running, on this machine alone. The demo account is Acme.',
    ...moved,
    '',
    ...clients.flatMap(clientLines),
    `  Mails         ${publicUrl}/mails`,
    `  Payments      ${publicUrl}/sandbox (of the sandbox provider: give one back, or dispute it)`,
    `  API           ${publicUrl}/v1/openapi.json (a key for Marketing is in ${keyFile})`,
    `  Log           ${logFile}`,
    '',
    'Three things to type in #marketing:',
    '  /workspace balance               as Olivia, the owner',
    '  /workspace invite zoe@acme.com   as Mia, a member: it becomes a request that Adam approves with a button',
    '  /workspace topup 100             as Olivia: opens a sandbox pay page, no real money',
    'In Teams type @Workspace in front instead of /workspace. Ctrl-C stops everything; the data stays in .data.',
    '',
  ].join('\n');
}

function clientLines(client: ClientLine): string[] {
  if ('missing' in client) return [`  ${client.name}: not started, ${client.missing}`];
  const remark = client.remark ? [`    (${client.remark})`] : [];
  return [`  ${client.name}  ${client.address}`, ...remark];
}
