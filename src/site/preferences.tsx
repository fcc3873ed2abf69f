import type { Child } from "hono/jsx";
import { KINDS } from "../releases/kinds.ts";
import { formatCivilDate } from "../shared/dates.ts";
import type { FieldFault } from "../shared/fault.ts";
import type { Language } from "../shared/language.ts";
import { WORDS } from "../shared/words/index.ts";
import { ErrorSummary, tellFaults } from "./error-summary.tsx";
import { Choices, EmailField } from "./fields.tsx";
import { Layout } from "./layout.tsx";
import { DayField, LanguageOrder, ZoneField } from "./preferences-fields.tsx";
import type { Publication } from "./publication.ts";
import { FormLanguage, FREQUENCY_ORDER } from "./sign-up-form.tsx";
import { fill, type Strings, stringsOf } from "./strings/index.ts";

/** What was done just now. */
export type Done = keyof Strings["preferences"]["done"];

/** What the page's forms are filled in with: what holds, or what was typed and has to be mended. */
export interface PreferenceValues {
	readonly kinds: readonly string[];
	/** In order of preference. */
	readonly languages: readonly string[];
	readonly frequency: string;
	/** IANA name; empty for the publication's. */
	readonly zone: string;
	readonly until: string;
	readonly email: string;
}

export interface PreferencesProps {
	readonly publication: Publication;
	/** The page's; one of the publication's. */
	readonly language: Language;
	/** Where the page stands, and its forms post to. */
	readonly path: string;
	/** Where a button unsubscribes. */
	readonly unsubscribePath: string;
	readonly address: string;
	/** The address that waits for its confirmation. */
	readonly newAddress: string | null;
	/** The civil date on which mail comes again; null where it is not paused. */
	readonly pausedUntil: string | null;
	/** Between which days a pause may end. */
	readonly pauseDays: { readonly first: string; readonly last: string };
	/** The publication's time zone, in words. */
	readonly zone: string;
	readonly values: PreferenceValues;
	readonly faults?: readonly FieldFault[];
	readonly done?: Done | undefined;
}

/** Everything that a subscriber can change, each with a form of its own that needs no script. */
export function PreferencesPage(props: PreferencesProps) {
	const { publication, language, address, done } = props;
	const strings = stringsOf(language);
	const told = tellFaults(props.faults ?? [], language);
	const title = strings.preferences.title;
	return (
		<Layout
			publication={publication}
			language={language}
			title={told.length > 0 ? fill(strings.faults.title, { title }) : title}
		>
			<div class="frame message preferences">
				{told.length > 0 && <ErrorSummary faults={told} language={language} />}
				<h1>{title}</h1>
				{done && (
					<p class="notice" role="status">
						{strings.preferences.done[done]}
					</p>
				)}
				<p class="lead">
					{fill(strings.preferences.lead, { address, publication: publication.title })}
				</p>
				<p class="fine">{strings.preferences.secret}</p>
				<ChoicesForm {...props} faults={told} />
				<PauseSection {...props} faults={told} />
				<AddressSection {...props} faults={told} />
				<section>
					<h2>{strings.unsubscribe.title}</h2>
					<p>{strings.preferences.leave}</p>
					<form method="post" action={props.unsubscribePath}>
						<FormLanguage language={language} />
						<button type="submit">{strings.unsubscribe.button}</button>
					</form>
				</section>
				<DataSection language={language} path={props.path} />
			</div>
		</Layout>
	);
}

type SectionProps = PreferencesProps & { readonly faults: readonly FieldFault[] };

function field({ language, faults }: SectionProps, name: string, label: string) {
	return { name, label, language, fault: faults.find((fault) => fault.field === name) };
}

/** A form that changes one thing. */
function ChangeForm({ path, change, children }: ChangeFormProps) {
	return (
		<form method="post" action={path} class="sign-up">
			<input type="hidden" name="change" value={change} />
			{children}
		</form>
	);
}

interface ChangeFormProps {
	readonly path: string;
	readonly change: Done;
	readonly children?: Child;
}

function ChoicesForm(props: SectionProps) {
	const { publication, language, path, values, zone } = props;
	const strings = stringsOf(language);
	return (
		<section>
			<h2>{strings.preferences.choices}</h2>
			<ChangeForm path={path} change="preferences">
				<Choices
					{...field(props, "kinds", strings.subscribe.kinds)}
					type="checkbox"
					choices={KINDS.map((kind) => ({
						value: kind,
						label: WORDS[language].kinds[kind].heading,
					}))}
					chosen={values.kinds}
				/>
				{publication.languages.length < 2 ? (
					<input type="hidden" name="languages" value={publication.languages[0]} />
				) : (
					<LanguageOrder
						{...field(props, "languages", strings.preferences.order)}
						languages={publication.languages}
						chosen={values.languages}
					/>
				)}
				<Choices
					{...field(props, "frequency", strings.subscribe.frequency)}
					type="radio"
					choices={FREQUENCY_ORDER.map((value) => ({
						value,
						label: strings.frequencies[value].name,
						hint: strings.frequencies[value].hint,
					}))}
					chosen={[values.frequency]}
				/>
				<ZoneField
					{...field(props, "time_zone", strings.preferences.zone)}
					usual={zone}
					chosen={values.zone}
				/>
				<button type="submit">{strings.preferences.save}</button>
			</ChangeForm>
		</section>
	);
}

function PauseSection(props: SectionProps) {
	const { language, path, pausedUntil, pauseDays, values } = props;
	const strings = stringsOf(language);
	return (
		<section>
			<h2>{strings.preferences.pause.title}</h2>
			{pausedUntil === null ? (
				<p>{strings.preferences.pause.explain}</p>
			) : (
				<>
					<p>
						{fill(strings.preferences.pause.paused, {
							date: formatCivilDate(pausedUntil, language),
						})}
					</p>
					<ChangeForm path={path} change="resume">
						<button type="submit">{strings.preferences.pause.resume}</button>
					</ChangeForm>
				</>
			)}
			<ChangeForm path={path} change="pause">
				<DayField
					{...field(props, "until", strings.preferences.pause.until)}
					value={values.until}
					days={pauseDays}
				/>
				<button type="submit">{strings.preferences.pause.button}</button>
			</ChangeForm>
		</section>
	);
}

function AddressSection(props: SectionProps) {
	const { language, path, newAddress, values } = props;
	const strings = stringsOf(language);
	return (
		<section>
			<h2>{strings.preferences.address.title}</h2>
			<p>
				{newAddress === null
					? strings.preferences.address.explain
					: fill(strings.preferences.address.waiting, { address: newAddress })}
			</p>
			<ChangeForm path={path} change="address">
				<EmailField
					{...field(props, "email", strings.preferences.address.email)}
					value={values.email}
				/>
				<button type="submit">{strings.preferences.address.button}</button>
			</ChangeForm>
		</section>
	);
}

interface DataProps {
	readonly language: Language;
	/** Where the page of preferences stands. */
	readonly path: string;
}

/** What is held about the reader: to take along, and to have erased. */
export function DataSection({ language, path }: DataProps) {
	const strings = stringsOf(language);
	return (
		<section>
			<h2>{strings.preferences.data.title}</h2>
			<ul class="onward">
				<li>
					<a href={`${path}/data`}>{strings.preferences.data.download}</a>
				</li>
				<li>
					<a href={`${path}/erase`}>{strings.preferences.data.erase}</a>
				</li>
			</ul>
		</section>
	);
}
