/** Words that have broken feeds before; each must come out as it went in. */
export const HOSTILE = [
	"]]> and ]]]]><![CDATA[> and <![CDATA[",
	"</script><script>alert(1)</script>",
	"AT&T &amp; &lt;b&gt; &#60;i&#62; &nbsp;",
	"</title></item></channel>",
	`"quotes" 'both' \\ \\u0041 $&`,
	"💧 ‘’ «» e\u0301 \u200f\u202eright to left\u202c",
	"<!-- comment --> <?php ?>",
];
