/** What a release tells of. */
export const KINDS = ["consultation", "meeting", "announcement"] as const;
export type Kind = (typeof KINDS)[number];
