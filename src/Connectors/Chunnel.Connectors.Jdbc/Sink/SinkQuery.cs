using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>The statement of a sink: its placeholders numbered, and, when it is a plain INSERT, which table and columns it fills.</summary>
internal sealed partial record SinkQuery(string Statement, int Placeholders, TextPosition Where)
{
    /// <summary>The table of a plain INSERT, without its quotes; null for any other statement.</summary>
    public string? Target { get; private init; }

    /// <summary>The columns that a plain INSERT names; empty when it names none.</summary>
    public IReadOnlyList<string> Columns { get; private init; } = [];

    public static SinkQuery Read(string query, TextPosition where)
    {
        var (statement, placeholders) = Numbered(query.Trim().TrimEnd(';'));
        var read = new SinkQuery(statement, placeholders, where);
        var plain = PlainInsert().Match(query);
        if (!plain.Success) return read;
        return read with
        {
            Target = string.Join('.', NameParts().Matches(plain.Groups["table"].Value).Select(part => Name(part.Value))),
            Columns = [.. NameParts().Matches(plain.Groups["columns"].Value).Select(part => Name(part.Value))],
        };
    }

    /// <exception cref="ChunnelException">The placeholders are not as many as the columns that come in.</exception>
    public void MustFit(TableSchema table)
    {
        if (Placeholders == table.Columns.Count && (Columns.Count == 0 || Columns.Count == Placeholders)) return;
        throw new ChunnelException(CommonErrors.OptionValidateFailed, Columns.Count > 0 && Columns.Count != Placeholders
            ? $"The query names {Columns.Count} columns and has {Placeholders} placeholders."
            : $"The query has {Placeholders} placeholders, and table '{table.TableId}' has {table.Columns.Count} columns: {string.Join(", ", table.Columns.Select(column => column.Name))}.")
        {
            Where = Where,
            Mend = "Write one ? for each column, in their order; choose the columns with a transform before.",
        };
    }

    /// <summary>Each ? outside quotes and comments becomes $1, $2, ...; ?? is a question mark of the database's own.</summary>
    private static (string Statement, int Placeholders) Numbered(string query)
    {
        var numbered = new StringBuilder();
        var count = 0;
        for (var at = 0; at < query.Length;)
        {
            var rest = query.AsSpan(at);
            var skip = rest[0] switch
            {
                '\'' or '"' => rest[1..].IndexOf(rest[0]) is >= 0 and var end ? end + 2 : rest.Length,
                '-' when rest.StartsWith("--") => rest.IndexOf('\n') is >= 0 and var line ? line : rest.Length,
                '/' when rest.StartsWith("/*") => rest.IndexOf("*/") is >= 0 and var close ? close + 2 : rest.Length,
                _ => 0,
            };
            if (skip > 0)
            {
                numbered.Append(rest[..skip]);
                at += skip;
            }
            else if (rest[0] == '?')
            {
                var own = rest.StartsWith("??");
                if (own) numbered.Append('?');
                else numbered.Append('$').Append((++count).ToString(CultureInfo.InvariantCulture));
                at += own ? 2 : 1;
            }
            else
            {
                numbered.Append(rest[0]);
                at++;
            }
        }
        return (numbered.ToString(), count);
    }

    /// <summary>Names without quotes are lower case to PostgreSQL.</summary>
    private static string Name(string written) =>
        written[0] == '"' ? written[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : written.ToLowerInvariant();

    private const string NamePattern = """(?:"(?:[^"]|"")+"|[A-Za-z_][A-Za-z0-9_$]*)""";

    [GeneratedRegex($$"""^\s*insert\s+into\s+(?<table>{{NamePattern}}(?:\s*\.\s*{{NamePattern}}){0,2})\s*(?:\((?<columns>\s*{{NamePattern}}(?:\s*,\s*{{NamePattern}})*\s*)\)\s*)?values\s*\(\s*\?(?:\s*,\s*\?)*\s*\)\s*;?\s*$""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PlainInsert();

    [GeneratedRegex(NamePattern, RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NameParts();
}
