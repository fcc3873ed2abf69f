import { WORDS } from "../shared/words/index.ts";
import { controlId, FaultMessage, type Mendable } from "./fields.tsx";
import type { Publication } from "./publication.ts";
import { fill, type Strings, stringsOf } from "./strings/index.ts";
import { zonesByRegion } from "./zones.ts";

type Rank = keyof Strings["preferences"]["ranks"];

interface LanguageOrderProps extends Mendable {
	readonly languages: Publication["languages"];
	/** In order of preference. */
	readonly chosen: readonly string[];
}

/** Languages in order of preference: a list to choose from for each rank, all but the first optional. */
export function LanguageOrder(props: LanguageOrderProps) {
	const { name, label, fault, language, languages, chosen } = props;
	const id = controlId(name);
	const strings = stringsOf(language);
	const offered = chosen.filter((one) => languages.some((other) => other === one));
	return (
		<fieldset aria-describedby={fault ? `${id}-hint ${id}-fault` : `${id}-hint`}>
			<legend>{label}</legend>
			<p id={`${id}-hint`} class="hint">
				{strings.preferences.orderHint}
			</p>
			<FaultMessage id={`${id}-fault`} fault={fault} language={language} />
			{languages.map((_, index) => (
				<div class="rank">
					<label for={index === 0 ? id : `${id}-${index + 1}`}>
						{strings.preferences.ranks[String(index + 1) as Rank]}
					</label>
					<select id={index === 0 ? id : `${id}-${index + 1}`} name={name}>
						{(index > 0 || offered.length === 0) && (
							<option value="">{strings.preferences.noLanguage}</option>
						)}
						{languages.map((one) => (
							<option value={one} lang={one} selected={offered[index] === one}>
								{WORDS[one].name}
							</option>
						))}
					</select>
				</div>
			))}
		</fieldset>
	);
}

interface ZoneFieldProps extends Mendable {
	/** The publication's, in words. */
	readonly usual: string;
	/** IANA name; empty for the publication's. */
	readonly chosen: string;
}

/** A time zone: the publication's, or one of the world's by region. */
export function ZoneField({ name, label, fault, language, usual, chosen }: ZoneFieldProps) {
	const id = controlId(name);
	const strings = stringsOf(language);
	const groups = zonesByRegion();
	const isListed = groups.some(({ zones }) => zones.some((zone) => zone.name === chosen));
	return (
		<div class="field">
			<label for={id}>{label}</label>
			<FaultMessage id={`${id}-fault`} fault={fault} language={language} />
			<select
				id={id}
				name={name}
				aria-invalid={fault && "true"}
				aria-describedby={fault && `${id}-fault`}
			>
				<option value="">{fill(strings.preferences.usualZone, { zone: usual })}</option>
				{chosen !== "" && !isListed && (
					<option value={chosen} selected>
						{chosen}
					</option>
				)}
				{groups.map(({ region, zones }) => (
					<optgroup label={strings.zones[region]}>
						{zones.map((zone) => (
							<option value={zone.name} selected={zone.name === chosen}>
								{zone.place}
							</option>
						))}
					</optgroup>
				))}
			</select>
		</div>
	);
}

interface DayFieldProps extends Mendable {
	/** As it was given, or empty. */
	readonly value: string;
	/** The first and the last day that may be chosen, `YYYY-MM-DD`. */
	readonly days: { readonly first: string; readonly last: string };
}

/** A civil date. */
export function DayField({ name, label, fault, language, value, days }: DayFieldProps) {
	const id = controlId(name);
	return (
		<div class="field">
			<label for={id}>{label}</label>
			<FaultMessage id={`${id}-fault`} fault={fault} language={language} />
			<input
				id={id}
				type="date"
				name={name}
				value={value}
				min={days.first}
				max={days.last}
				required
				aria-invalid={fault && "true"}
				aria-describedby={fault && `${id}-fault`}
			/>
		</div>
	);
}
