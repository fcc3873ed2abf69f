import { describeWith } from "./describe-with.ts";

/** A suite that needs Debian's Chromium. */
export const describeInBrowser = describeWith("chromium");
