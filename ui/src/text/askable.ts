/** Servers that can be asked, and a folder that can be watched, in the order in which they are offered. */
export const askable = {
  github: {
    name: 'GitHub',
    example: 'https://github.com/owner/repository',
    token: 'Only a private repository needs one; with any, GitHub allows more requests. Read access to issues is enough.',
    client: 'The client ID of a GitHub App (or OAuth app) of yours with the device flow turned on. You sign in with a code in your browser, and no token is typed in here. Without one, the token below is asked with.',
    writes: 'Issues: read and write, or the scope repo.',
  },
  gitlab: {
    name: 'GitLab',
    example: 'https://gitlab.com/group/project, or the project on a server of your own',
    token: 'A personal, group or project access token with the scope read_api. A public project needs none. Confidential issues want the role Planner or above.',
    writes: 'The scope api, and the role Reporter or above.',
  },
  freshdesk: {
    name: 'Freshdesk',
    example: 'https://name.freshdesk.com',
    token: 'The API key from Profile settings. It sees what its agent sees: one with the scope of all tickets reads everything.',
    writes: 'The key of an agent who may add notes. Notes are private.',
  },
  intercom: {
    name: 'Intercom',
    example: 'https://app.intercom.com, https://app.eu.intercom.com or https://app.au.intercom.com',
    token: 'The access token of an app in your own workspace, from the Developer Hub. It needs to read conversations, and admins for the test; where it may also read users and companies, tickets say whose account they are.',
    writes: null,
  },
  jira: {
    name: 'Jira',
    example: 'https://name.atlassian.net, or https://jira.example/browse/KEY for one project',
    token: 'For Cloud, your address, a colon and an API token. For a server of your own, a personal access token. Read access is enough.',
    writes: 'An account that may create issues and add comments.',
  },
  redmine: {
    name: 'Redmine',
    example: 'https://tracker.example or https://tracker.example/projects/name',
    token: 'The API key from My account, or name:password. An administrator turns the interface on under Settings, API.',
    writes: 'A role that may add notes, set notes private and manage issue relations. Notes are private.',
  },
  rt: {
    name: 'Request Tracker',
    example: 'https://tickets.example',
    token: 'An authentication token, or name:password. The right to see tickets, their comments and their queues is enough.',
    writes: 'The rights CommentOnTicket and ModifyTicket. Notes are comments, which no customer sees.',
  },
  sentry: {
    name: 'Sentry',
    example: 'https://name.sentry.io, or https://sentry.example/organizations/name',
    token: 'An organization or personal token with the scopes event:read and org:read. Issues of the last ninety days are read, with their latest event.',
    writes: null,
  },
  zendesk: {
    name: 'Zendesk',
    example: 'https://name.zendesk.com',
    token: 'Only where there still is an API token, as address/token:TOKEN, or an OAuth access token with the scope read. Else sign in above.',
    client: 'The unique identifier of an OAuth client. An administrator makes one in the Admin Center under APIs: kind public, redirect URL http://127.0.0.1:47115/signed-in. You then sign in in your browser. An administrator’s account reads faster and sees what is deleted.',
    writes: 'The scope tickets:write, for an agent who may comment. Notes are internal.',
  },
  datadog: {
    name: 'Datadog',
    example: 'https://app.datadoghq.com, https://app.datadoghq.eu or as your browser shows it',
    token: 'API_KEY:APPLICATION_KEY, both with a colon between. The application key needs the scope error_tracking_read. Issues of the last ninety days are read, of traces, logs and browsers.',
    writes: null,
  },
  files: {
    name: 'Watched folder',
    example: '/home/me/exports',
    token: null,
    writes: null,
  },
} as const;

export type Askable = keyof typeof askable;

export const ASKABLE = Object.keys(askable) as Askable[];
