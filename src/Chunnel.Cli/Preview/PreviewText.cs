using System.Globalization;
using System.Text;
using Chunnel.Core;
using Chunnel.Engine;

namespace Chunnel.Cli.Preview;

/// <summary>The first rows as a person reads them: a table of typed columns for each step. Secrets are hidden before anything is cut: a part of one is too much.</summary>
internal sealed class PreviewText(SecretValues secrets)
{
    /// <summary>What is longer is cut.</summary>
    private const int MostCharacters = 40;

    private const string Null = "<null>";

    public string Of(PipelinePreview pipeline, PreviewSettings settings, string? step)
    {
        var text = new StringBuilder();
        text.Append($"Pipeline {pipeline.Id}\n");
        foreach (var one in PreviewSteps.Named(pipeline, step))
        {
            // What a sink would get has just been shown.
            if (one.IsSink && step is null) AppendCounts(text, one);
            else Append(text, one);
        }
        text.Append($"  {EndOf(pipeline, settings)}\n");
        return text.ToString();
    }

    private void Append(StringBuilder text, StepPreview step)
    {
        text.Append($"  {step.Name}{(step.IsSink ? ", which nothing is written to, would get" : "")}\n");
        foreach (var table in step.Tables)
        {
            text.Append($"    {CountOf(table)}\n");
            if (table.Rows.Count > 0) Append(text, table);
            else text.Append($"      {string.Join(", ", table.Schema.Columns.Select(TitleOf))}\n");
        }
        foreach (var note in step.Notes) text.Append($"    note: {secrets.Hide(note)}\n");
    }

    private static void AppendCounts(StringBuilder text, StepPreview sink) =>
        text.Append($"  {sink.Name}, which nothing is written to, would get {string.Join(", ", sink.Tables.Select(CountOf))}\n");

    private static string CountOf(TablePreview table) =>
        $"{table.Schema.TableId}: {(table.Rows.Count == 0 ? "no rows" : table.Rows.Count == 1 ? "1 row" : $"{table.Rows.Count} rows")}";

    private static string TitleOf(ColumnDef column) => Short($"{column.Name} {column.Type}", int.MaxValue);

    private void Append(StringBuilder text, TablePreview table)
    {
        List<string[]> lines = [["kind", .. table.Schema.Columns.Select(TitleOf)]];
        lines.AddRange(table.Rows.Select(row => (string[])[row.Kind.ToShortText(), .. row.Texts.Select(cell => cell is null ? Null : Short(secrets.Hide(cell), MostCharacters))]));
        var widths = Enumerable.Range(0, lines[0].Length).Select(column => lines.Max(line => line[column].Length)).ToArray();
        Append(text, lines[0], widths);
        text.Append("      ").AppendJoin("-+-", widths.Select(width => new string('-', width))).Append('\n');
        foreach (var line in lines.Skip(1)) Append(text, line, widths);
    }

    private static void Append(StringBuilder text, string[] cells, int[] widths) =>
        text.Append("      ").Append(string.Join(" | ", cells.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd()).Append('\n');

    /// <summary>In one line, and no longer than it may be. What would move a terminal's cursor is written as its number.</summary>
    private static string Short(string value, int most)
    {
        var text = new StringBuilder(Math.Min(value.Length, most));
        foreach (var rune in value.EnumerateRunes())
        {
            if (text.Length >= most) return text.Append("...").ToString();
            text.Append(rune.Value switch
            {
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when Rune.IsControl(rune) => $"\\u{rune.Value:x4}",
                _ => rune.ToString(),
            });
        }
        return text.ToString();
    }

    private static string EndOf(PipelinePreview pipeline, PreviewSettings settings)
    {
        var read = pipeline.Steps[0].Tables.Sum(table => table.Rows.Count);
        var seconds = string.Create(CultureInfo.InvariantCulture, $"{settings.Timeout.TotalSeconds:0.###}");
        return pipeline.End switch
        {
            PreviewEnd.Enough => $"read {read} row(s) and stopped there",
            PreviewEnd.EndOfInput => $"read {read} row(s), all there are",
            PreviewEnd.TimeOver when read == 0 => $"no row came within {seconds} s: is there anything to read? --timeout gives it longer",
            PreviewEnd.TimeOver => $"read {read} row(s) within {seconds} s, and no more came; --timeout gives it longer",
            PreviewEnd.Hanging => $"read {read} row(s); the source was told to stop after {seconds} s and did not",
            PreviewEnd.Stopped => $"read {read} row(s) and was stopped",
            _ => $"read {read} row(s), then it failed",
        };
    }
}
