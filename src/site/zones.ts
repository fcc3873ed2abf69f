import { type Strings, stringsOf } from "./strings/index.ts";

export type Region = keyof Strings["zones"];

/** The time zones of one part of the world. */
export interface ZoneGroup {
	readonly region: Region;
	/** IANA names with what tells them apart within the region. */
	readonly zones: readonly { readonly name: string; readonly place: string }[];
}

/** ICU keeps the first name that a zone had; these have another one now in the IANA database. */
const RENAMED: Readonly<Record<string, string>> = {
	"Africa/Asmera": "Africa/Asmara",
	"America/Godthab": "America/Nuuk",
	"Asia/Calcutta": "Asia/Kolkata",
	"Asia/Katmandu": "Asia/Kathmandu",
	"Asia/Rangoon": "Asia/Yangon",
	"Asia/Saigon": "Asia/Ho_Chi_Minh",
	"Atlantic/Faeroe": "Atlantic/Faroe",
	"Europe/Kiev": "Europe/Kyiv",
	"Pacific/Enderbury": "Pacific/Kanton",
	"Pacific/Ponape": "Pacific/Pohnpei",
	"Pacific/Truk": "Pacific/Chuuk",
};

/**
 * Every time zone that the runtime knows and that is named after a place, by region, in the order of
 * their names.
 */
export function zonesByRegion(): ZoneGroup[] {
	const names = Intl.supportedValuesOf("timeZone")
		.map((name) => RENAMED[name] ?? name)
		.toSorted();
	const groups = Map.groupBy(names, (name) => name.slice(0, name.indexOf("/")));
	return [...groups]
		.filter((group): group is [Region, string[]] => isRegion(group[0]))
		.map(([region, zones]) => ({
			region,
			zones: zones.map((name) => ({ name, place: placeOf(name) })),
		}));
}

/** `Center (North Dakota)` for `America/North_Dakota/Center`. */
function placeOf(name: string): string {
	const [, ...places] = name.replaceAll("_", " ").split("/");
	const within = places.slice(0, -1).join(", ");
	return within === "" ? (places.at(-1) ?? "") : `${places.at(-1)} (${within})`;
}

function isRegion(name: string): name is Region {
	return Object.hasOwn(stringsOf("en").zones, name);
}
