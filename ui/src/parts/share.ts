/** How strongly a part of a share bar is drawn: the first strongest, each next one weaker, none so weak that it is lost. */
export const shade = (at: number): number => Math.max(0.2, 0.78 ** at);
