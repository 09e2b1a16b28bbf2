/** For whom something is meant. */
const names: Record<string, string> = { internal: 'people in the house', partner: 'partners', customer: 'customers', public: 'everybody' };

/** What says nothing comes from a source that has no such word. */
export const isForTheHouse = (audience: string | null): boolean => audience === 'internal' || audience === 'partner';

export const whose = (audience: string | null): string => `This known error is meant for ${names[audience ?? ''] ?? audience}, so it was not copied`;
