import type { ApiErrorView } from './bindings';

/** An error from the other side of the door. Its `code` picks the words; `message` and `hint` come from the engine. */
export class HostError extends Error {
  readonly code: string;
  readonly hint: string | null;
  readonly retryable: boolean;

  constructor(view: ApiErrorView) {
    super(view.message);
    this.name = 'HostError';
    this.code = view.code;
    this.hint = view.hint;
    this.retryable = view.retryable;
  }
}

/** Whatever was thrown, as an error with a code. */
export function asHostError(thrown: unknown): HostError {
  if (thrown instanceof HostError) return thrown;
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'message' in thrown) {
    const view = thrown as Partial<ApiErrorView>;
    return new HostError({
      code: String(view.code),
      message: String(view.message),
      hint: view.hint ?? null,
      retryable: view.retryable ?? false,
    });
  }
  return new HostError({ code: 'unexpected', message: String(thrown), hint: null, retryable: false });
}
