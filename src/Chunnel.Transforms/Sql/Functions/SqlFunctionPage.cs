using System.Globalization;
using System.Text;
using Chunnel.Transforms.Sql.Functions.Times;
using Chunnel.Transforms.Sql.Typing;

namespace Chunnel.Transforms.Sql.Functions;

/// <summary>The page about the functions of the Sql transform, written from their descriptions alone.</summary>
public static class SqlFunctionPage
{
    private const string Origin = "<!-- Written by ./build.sh docs from the descriptions of the functions. Change those, not this page. -->";

    private const string Introduction = """
        Names are found in any case. Unless a function says otherwise, a null argument gives null. Positions and lengths count UTF-16 units. An argument written
        'text' stands in quotes: it is read with the query and is the same for all rows. CASE, CAST, TRY_CAST, EXTRACT, AT TIME ZONE and LATERAL VIEW EXPLODE are
        part of the language. In the examples v is the vector [3, 4]. Plug-ins may bring more functions:
        [samples/plugins/Chunnel.Samples.MaskPhone](../samples/plugins/Chunnel.Samples.MaskPhone) is a whole one.
        """;

    /// <summary>The whole page.</summary>
    public static string Text
    {
        get
        {
            var page = new StringBuilder();
            page.AppendLine("# Functions of the Sql transform").AppendLine().AppendLine(Origin).AppendLine().AppendLine(Introduction);
            foreach (var (title, functions) in SqlFunctions.Rooms)
            {
                page.AppendLine().Append("## ").AppendLine(title).AppendLine();
                page.AppendLine("| Function | What it gives | Example |").AppendLine("|---|---|---|");
                foreach (var function in functions.OrderBy(function => function.Names[0], StringComparer.Ordinal)) AppendFunction(page, function);
            }
            AppendLanguage(page);
            return page.ToString().ReplaceLineEndings("\n");
        }
    }

    private static void AppendLanguage(StringBuilder page)
    {
        page.AppendLine().AppendLine("## Parts of the language").AppendLine();
        page.AppendLine(CultureInfo.InvariantCulture, $"- `CAST(value AS type)` and `TRY_CAST`, which gives null for what CAST fails: {Casts.Names}. `value::type` is CAST.");
        page.AppendLine(CultureInfo.InvariantCulture, $"- `EXTRACT(field FROM value)`: {string.Join(", ", TimePart.All.Select(part => part.Name))}. A field that values of the type do not have is null. DOW counts from Sunday as 0, DAYOFWEEK and ISODOW from Monday as 1; WEEK and ISOYEAR are those of ISO 8601.");
        page.AppendLine("- `timestamp AT TIME ZONE 'zone'`: a local timestamp as the zone's own time, or an instant shown in the zone.");
        page.AppendLine("- `CASE WHEN condition THEN value ... ELSE value END`, `CASE value WHEN value THEN value ... END`: in the widest type of all values.");
        page.AppendLine("- `FROM t LATERAL VIEW [OUTER] EXPLODE(array) AS name`: a row for each element; with OUTER rows without elements stay. A view behind it may explode its elements, by the name or a field of it: `LATERAL VIEW EXPLODE(name) AS inner`.");
    }

    private static void AppendFunction(StringBuilder page, SqlFunction function)
    {
        var others = function.Names.Length == 1 ? "" : $" Also {string.Join(", ", function.Names.Skip(1))}.";
        var nulls = function.Nulls == NullRule.Own && function.Parameters.Length > 0 ? " Nulls as said." : "";
        page.AppendLine(CultureInfo.InvariantCulture, $"| `{Cell(function.Signature)}` | {Cell(function.Says)}{nulls}{others} | `{Cell(function.Example.Expression)}` = `{Cell(function.Example.Value)}` |");
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
