/** Stands in for cssnano, which does not run in workerd: a preset of no plugins. */
export default function noPlugins(): { plugins: [] } {
	return { plugins: [] };
}
