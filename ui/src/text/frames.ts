import type { FrameView } from '../host';

export interface FrameRun {
  /** A frame to show … */
  frame?: FrameView;
  /** … or so many frames of libraries in one line. */
  library: number;
}

/** A stack as a person reads it: own frames and those that count one by one, runs of library frames folded. */
export function folded(frames: FrameView[]): FrameRun[] {
  const runs: FrameRun[] = [];
  for (const frame of frames) {
    const last = runs.at(-1);
    if (frame.in_project || frame.counted) runs.push({ frame, library: 0 });
    else if (last && !last.frame) last.library++;
    else runs.push({ library: 1 });
  }
  return runs;
}
