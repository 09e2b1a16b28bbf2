/** Words for what a ticket names of a monitor. */

export const telemetry = {
  title: 'In Datadog',
  kind: { trace: 'Trace', log: 'Log line', issue: 'Error' } as Record<string, string>,
  logs: 'its logs',
  logsLabel: (id: string) => `its logs: trace ${id}`,
  open: (what: string, host: string) => `${what}: opens ${host} in your browser`,
};

/** Ids are long and all alike in the middle. */
export const brief = (id: string): string => (id.length > 24 ? `${id.slice(0, 12)}…${id.slice(-6)}` : id);
