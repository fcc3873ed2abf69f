import { html } from "hono/html";
import type { Child } from "hono/jsx";
import type { Language } from "../shared/language.ts";
import type { Publication } from "./publication.ts";

/** What a page hands to the frame around it. */
export interface LayoutProps {
	readonly publication: Publication;
	/** What the page is about; the publication's title is put behind it. */
	readonly title: string;
	/** The language of what is in the page; the frame itself is in English. */
	readonly language?: Language;
	/** Where the page stands for good. Pages without one are not for search engines. */
	readonly path?: string;
	/** One sentence for search engines and link previews. */
	readonly description?: string;
	readonly children?: Child;
}

/** A whole HTML document: head, header, `children` as the main part, footer. */
export function Layout(props: LayoutProps) {
	const { publication, language = "en", path, children } = props;
	return html`<!doctype html>${(
		<html lang={language}>
			<Head {...props} />
			<body>
				<a class="skip" href="#main" lang="en">
					Skip to main content
				</a>
				<Header publication={publication} path={path} />
				<main id="main" tabindex={-1}>
					{children}
				</main>
				<Footer />
			</body>
		</html>
	)}`;
}

function Head({ publication, title, path, description }: LayoutProps) {
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
			<link rel="stylesheet" href="/style.css" />
			<link rel="icon" href="/favicon.svg" type="image/svg+xml" />
			<link rel="alternate" type="application/rss+xml" title={`${name} (RSS)`} href="/rss.xml" />
			<link
				rel="alternate"
				type="application/feed+json"
				title={`${name} (JSON Feed)`}
				href="/feed.json"
			/>
		</head>
	);
}

function Header({ publication, path }: { publication: Publication; path: string | undefined }) {
	return (
		<header class="site-header" lang="en">
			<div class="frame">
				<a class="site-title" href="/">
					{publication.title}
				</a>
				<nav aria-label="Main">
					<ul>
						<li>
							<a href="/" aria-current={path === "/" ? "page" : undefined}>
								Releases
							</a>
						</li>
						<li>
							<a href="/#subscribe">Subscribe</a>
						</li>
					</ul>
				</nav>
			</div>
		</header>
	);
}

function Footer() {
	return (
		<footer class="site-footer" lang="en">
			<div class="frame">
				<p>
					Follow without e-mail: <a href="/rss.xml">RSS</a> <a href="/feed.json">JSON Feed</a>
				</p>
				<p>This site sets no cookies, and neither its pages nor its mail track you.</p>
			</div>
		</footer>
	);
}
