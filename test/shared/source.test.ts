import { expect, it } from "vitest";
import { sourceOf } from "../../src/shared/source.ts";

it.each([
	["203.0.113.7", "203.0.113.7"],
	["unknown", "unknown"],
	["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
	["2001:db8:1:2::9", "2001:db8:1:2::/64"],
	["2001:db8::1", "2001:db8:0:0::/64"],
	["2001:db8::5:6:7:8:9", "2001:db8:0:5::/64"],
	["::1", "0:0:0:0::/64"],
	["::", "0:0:0:0::/64"],
	["1:2:3:4:5:6:7:8::9:9:9", "1:2:3:4::/64"],
])("%s is counted as %s", (address, source) => {
	expect(sourceOf(address)).toBe(source);
});
