import { describe, expect, it } from "vitest";
import { timeZoneNamed } from "../../src/shared/civil-time.ts";
import { zonesByRegion } from "../../src/site/zones.ts";

const zones = zonesByRegion().flatMap((group) => group.zones);

describe("the time zones to choose from", () => {
	it("are each taken as they are offered, and once", () => {
		for (const { name } of zones) expect(timeZoneNamed(name)).toBe(name);
		expect(new Set(zones.map(({ name }) => name)).size).toBe(zones.length);
		expect(zones.length).toBeGreaterThan(380);
	});

	it("are in the order of their names, region by region", () => {
		expect(zonesByRegion().map(({ region }) => region)).toEqual(
			zonesByRegion()
				.map(({ region }) => region)
				.toSorted(),
		);
		for (const group of zonesByRegion())
			expect(group.zones.map(({ name }) => name)).toEqual(
				group.zones.map(({ name }) => name).toSorted(),
			);
	});

	it.each([
		["Asia/Tashkent", "Tashkent"],
		["Europe/Kyiv", "Kyiv"],
		["America/New_York", "New York"],
		["America/North_Dakota/New_Salem", "New Salem (North Dakota)"],
	])("are told apart by their place: %s", (name, place) => {
		expect(zones).toContainEqual({ name, place });
	});
});
