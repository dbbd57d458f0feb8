using Chunnel.Core;

namespace Chunnel.Cli.Testing;

/// <summary>Rows of a test as a batch of a table.</summary>
internal static class TestRows
{
    /// <summary>The rows, all in one batch.</summary>
    /// <exception cref="ProblemsException">A row does not fit the table.</exception>
    public static ColumnBatch ToBatch(IReadOnlyList<TestRow> rows, TableSchema table, BatchMemory memory)
    {
        var problems = new List<Problem>();
        var writer = new CellWriter(DateTimeOffset.UnixEpoch);
        using var builder = new BatchBuilder(table, memory, Math.Max(rows.Count, 1));
        for (var row = 0; row < rows.Count; row++)
        {
            if (Misfit(rows[row], table) is { } problem)
            {
                problems.Add(problem);
                continue;
            }
            try
            {
                writer.PutRow(builder, row, rows[row].Fields);
                builder.Kinds[row] = (byte)rows[row].Kind;
            }
            catch (ChunnelException wrong)
            {
                problems.AddRange(wrong.ToProblems());
            }
        }
        if (problems.Count > 0) throw new ProblemsException(problems);
        return builder.Build(rows.Count);
    }

    private static Problem? Misfit(TestRow row, TableSchema table) => row.Fields switch
    {
        SettingsList list when list.Items.Count != table.Columns.Count => new Problem(CommonErrors.OptionValidateFailed, $"The row has {list.Items.Count} values, and table {table.TableId} has {table.Columns.Count} columns.")
        {
            Where = list.Where, Mend = $"They are {string.Join(", ", table.Columns.Select(column => $"{column.Name} {column.Type}"))}. An object of names and values may leave some out.",
        },
        SettingsObject named when named.Entries.FirstOrDefault(entry => table.IndexOf(entry.Key) < 0) is { } unknown => new Problem(CommonErrors.OptionValidateFailed, $"Table {table.TableId} has no column '{unknown.Key}'.")
        {
            Where = unknown.KeyWhere, Mend = Nearest.DidYouMean(unknown.Key, table.Columns.Select(column => column.Name)) ?? $"It has {string.Join(", ", table.Columns.Select(column => column.Name))}.",
        },
        _ => null,
    };
}
