import type { JobView } from '../host';
import { bytes, whole } from './numbers';
import { left } from './time';
import { words } from './words';

export interface Pace {
  percent: number | null;
  words: string;
}

/** How far a job is, how fast it goes and how long it will take: as far as that is known. An import counts bytes, others count records. */
export function progress(job: Pick<JobView, 'kind' | 'done' | 'total' | 'before' | 'started_at'>, now: number): Pace {
  const size = job.kind === 'import' ? bytes : whole;
  const seconds = Math.max(0, (now - job.started_at) / 1000);
  const done = job.total === null ? job.done : Math.max(0, job.done - job.before);
  const rate = seconds >= 1 && done > 0 ? done / seconds : null;
  const parts = [words.jobs.of(size(job.done), job.total === null ? null : size(job.total))];
  if (rate !== null) parts.push(words.footer.rate(size(Math.round(rate))));
  if (rate !== null && job.total !== null && job.total > job.done) parts.push(left((job.total - job.done) / rate));
  const percent = job.total ? Math.min(100, Math.floor((job.done / job.total) * 100)) : null;
  return { percent, words: parts.join(' · ') };
}
