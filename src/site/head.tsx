import { raw } from "hono/html";
import type { Language } from "../shared/language.ts";
import { WORDS } from "../shared/words/index.ts";
import { FEED_FILES, FEED_FORMS, feedPath, OPML_PATH } from "./addresses.ts";
import type { LayoutProps } from "./layout.tsx";
import type { SocialTag } from "./social.ts";
import { fill, stringsOf } from "./strings/index.ts";
import { stylesheetOf } from "./stylesheet.ts";

/** What a page hands to its head; `frame` is the language of its menus. */
type HeadProps = LayoutProps & { readonly frame: Language };

/** What programs read of a page: browsers, search engines, feed readers, link previews. */
export function Head(props: HeadProps) {
	const { publication, title, path, description, structured } = props;
	const name = publication.title;
	return (
		<head>
			<meta charset="utf-8" />
			<title>{title === name ? name : `${title} – ${name}`}</title>
			<meta name="viewport" content="width=device-width, initial-scale=1" />
			<meta name="color-scheme" content="light dark" />
			<meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)" />
			<meta name="theme-color" content="#12171c" media="(prefers-color-scheme: dark)" />
			{description !== undefined && <meta name="description" content={description} />}
			{path === undefined ? (
				<meta name="robots" content="noindex" />
			) : (
				<link rel="canonical" href={publication.url + path} />
			)}
			<Versions {...props} />
			<link rel="stylesheet" href={stylesheetOf(publication.colour).path} />
			<link rel="icon" href="/favicon.svg" type="image/svg+xml" />
			<Feeds {...props} />
			{(props.social ?? usualTags(props)).map(({ property, content }) => (
				<meta property={property} content={content} />
			))}
			{structured !== undefined && <script type="application/ld+json">{raw(structured)}</script>}
		</head>
	);
}

/** The page in other languages, where it is one of them, and which one is for everybody else. */
function Versions({ publication, path, section, versions = [] }: HeadProps) {
	if (versions.length < 2 || !versions.some((version) => version.path === path)) return null;
	const usual = versions.find(({ language }) => language === publication.languages[0]);
	const anybody = section === "home" ? "/" : usual?.path;
	return (
		<>
			{versions.map((version) => (
				<link rel="alternate" hreflang={version.language} href={publication.url + version.path} />
			))}
			{anybody !== undefined && (
				<link rel="alternate" hreflang="x-default" href={publication.url + anybody} />
			)}
		</>
	);
}

function Feeds({ publication, frame, kind }: HeadProps) {
	const strings = stringsOf(frame);
	const kinds = kind ? WORDS[frame].kinds[kind].heading : strings.kinds.all;
	return (
		<>
			{FEED_FORMS.map((form) => {
				const values = { publication: publication.title, kinds, format: strings.feeds[form] };
				const title = fill(strings.feeds.title, values);
				const href = feedPath(frame, kind, form);
				return <link rel="alternate" type={FEED_FILES[form].type} title={title} href={href} />;
			})}
			<link
				rel="alternate"
				type="text/x-opml"
				title={`${publication.title}: ${strings.feeds.opml}`}
				href={OPML_PATH}
			/>
		</>
	);
}

/** Open Graph (ogp.me) of a page that is no release. */
function usualTags({ publication, title, path, description }: HeadProps): SocialTag[] {
	if (path === undefined) return [];
	return [
		{ property: "og:type", content: "website" },
		{ property: "og:site_name", content: publication.title },
		{ property: "og:title", content: title },
		{ property: "og:url", content: publication.url + path },
		...(description === undefined ? [] : [{ property: "og:description", content: description }]),
		...(publication.logo === null ? [] : [{ property: "og:image", content: publication.logo }]),
	];
}
