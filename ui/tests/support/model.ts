/** What the engine says of the semantic pack. */
import type { ModelView } from '../../src/host';

export const modelStatus = (of: Partial<ModelView> = {}): ModelView => ({
  installed: false,
  model: null,
  licence: null,
  bytes: 0,
  memory: 0,
  read: 0,
  documents: 1400,
  error: null,
  ...of,
});

export const installed = (of: Partial<ModelView> = {}): ModelView =>
  modelStatus({ installed: true, model: 'all-MiniLM-L6-v2/f16', licence: 'Apache-2.0', bytes: 45_362_604, memory: 67_409_280, ...of });
