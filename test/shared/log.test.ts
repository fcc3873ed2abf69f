import { expect, it } from "vitest";
import { withoutAddresses } from "../../src/shared/log.ts";

it.each([
	["450 4.2.0 <anna@journal.test>: Greylisted", "450 4.2.0 <(address)>: Greylisted"],
	["550 no such user anna+news@journal.test", "550 no such user (address)"],
	["451 busy", "451 busy"],
])("a provider's words lose their addresses: %s", (words, expected) => {
	expect(withoutAddresses(words)).toBe(expected);
});
