import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { fromRoot } from "../../scripts/local/paths.ts";

it("npm run mails names the mails that there are, where none is asked for by its name", () => {
	const words = [fromRoot("scripts", "mails.ts"), "no-such-mail"];
	const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: "utf8" });
	expect([status, stdout]).toEqual([1, ""]);
	expect(stderr).toMatch(/^No mail has no-such-mail in its name\. There are: .*\bdigest-full-ru\b/);
});
