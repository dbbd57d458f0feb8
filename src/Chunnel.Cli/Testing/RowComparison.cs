using System.Globalization;
using Chunnel.Core;
using Chunnel.Engine;

namespace Chunnel.Cli.Testing;

/// <summary>Finds what is different between the rows that a sink got and those that a test expects, and says it by row, column and value.</summary>
internal sealed class RowComparison
{
    /// <summary>Lines of one table: nobody reads more.</summary>
    private const int MostLines = 20;

    private readonly ExpectedTable _expected;
    private readonly TableSchema _table;
    private readonly List<Cells> _wanted;
    private readonly List<Cells> _came;

    /// <param name="expected">What the test says.</param>
    /// <param name="table">The table.</param>
    /// <param name="wanted">The test's rows as a batch of the table.</param>
    /// <param name="came">The sink's rows.</param>
    public RowComparison(ExpectedTable expected, TableSchema table, ColumnBatch wanted, IReadOnlyList<ColumnBatch> came)
    {
        (_expected, _table) = (expected, table);
        _wanted = [.. Enumerable.Range(0, wanted.Rows).Select(row => new Cells(wanted, row, row + 1, ComparedIn(expected.Rows[row])))];
        _came = [];
        foreach (var batch in came)
        {
            for (var row = 0; row < batch.Rows; row++) _came.Add(new Cells(batch, row, _came.Count + 1, []));
        }
    }

    /// <summary>A line for each difference; none when there is none.</summary>
    public IReadOnlyList<string> Differences()
    {
        var lines = new List<string>();
        var (wanted, came) = _expected.InOrder ? InOrder(lines) : InAnyOrder(lines);
        lines.AddRange(wanted.Select(row => $"missing     {Show(row)}"));
        lines.AddRange(came.Select(row => $"unexpected  {Show(row)}"));
        return lines.Count <= MostLines ? lines : [.. lines.Take(MostLines), string.Create(CultureInfo.InvariantCulture, $"... and {lines.Count - MostLines} more")];
    }

    private (List<Cells> Wanted, List<Cells> Came) InOrder(List<string> lines)
    {
        var both = Math.Min(_wanted.Count, _came.Count);
        for (var i = 0; i < both; i++)
        {
            if (DifferentIn(_wanted[i], _came[i]) is { Count: > 0 } columns) lines.Add(Different(_wanted[i], _came[i], columns));
        }
        return (_wanted[both..], _came[both..]);
    }

    private (List<Cells> Wanted, List<Cells> Came) InAnyOrder(List<string> lines)
    {
        var came = new List<Cells>(_came);
        var wanted = new List<Cells>();
        foreach (var row in _wanted)
        {
            var same = came.FindIndex(candidate => DifferentIn(row, candidate).Count == 0);
            if (same >= 0) came.RemoveAt(same);
            else wanted.Add(row);
        }
        // What is left is told in pairs where most of the columns agree, else as missing and unexpected.
        var pairs = wanted.SelectMany(row => came.Select(candidate => (Row: row, Came: candidate, Columns: DifferentIn(row, candidate))))
            .Where(pair => 2 * pair.Columns.Count <= pair.Row.Compared.Count)
            .OrderBy(pair => pair.Columns.Count).ThenBy(pair => pair.Row.Number).ThenBy(pair => pair.Came.Number)
            .ToList();
        foreach (var pair in pairs)
        {
            if (!wanted.Contains(pair.Row) || !came.Contains(pair.Came)) continue;
            wanted.Remove(pair.Row);
            came.Remove(pair.Came);
            lines.Add(Different(pair.Row, pair.Came, pair.Columns));
        }
        return (wanted, came);
    }

    /// <summary>The places of columns that are different, -1 for the kind.</summary>
    private static List<int> DifferentIn(Cells wanted, Cells came)
    {
        var different = wanted.Compared.Where(column => !CellEquality.Same(wanted.Batch[column], wanted.Row, came.Batch[column], came.Row)).ToList();
        if (wanted.Batch.KindAt(wanted.Row) != came.Batch.KindAt(came.Row)) different.Insert(0, -1);
        return different;
    }

    private string Different(Cells wanted, Cells came, List<int> columns) => string.Create(CultureInfo.InvariantCulture,
        $"different   row {came.Number}, expected as row {wanted.Number}: {string.Join("; ", columns.Select(column => $"{(column < 0 ? "kind" : _table.Columns[column].Name)} is {ValueOf(came, column)}, not {ValueOf(wanted, column)}"))}");

    private string Show(Cells row)
    {
        var compared = row.Compared.Count > 0 ? row.Compared : [.. Enumerable.Range(0, _table.Columns.Count).Where(column => !_expected.Ignored.Contains(_table.Columns[column].Name))];
        return string.Create(CultureInfo.InvariantCulture, $"row {row.Number}: {row.Batch.KindAt(row.Row).ToShortText()} {string.Join(", ", compared.Select(column => $"{_table.Columns[column].Name} = {ValueOf(row, column)}"))}");
    }

    private static string ValueOf(Cells row, int column) => column < 0 ? row.Batch.KindAt(row.Row).ToFullText() : PreviewRow.Of(row.Batch, row.Row).Json[column];

    private IReadOnlyList<int> ComparedIn(TestRow row) =>
        [.. Enumerable.Range(0, _table.Columns.Count).Where(column => !_expected.Ignored.Contains(_table.Columns[column].Name) && (row.Fields is not SettingsObject named || named.Entry(_table.Columns[column].Name) is not null))];

    /// <summary>One row.</summary>
    /// <param name="Batch">Where it stands.</param>
    /// <param name="Row">Its number there.</param>
    /// <param name="Number">Its number from 1 among all.</param>
    /// <param name="Compared">The columns that are looked at, for a row of the test.</param>
    private sealed record Cells(ColumnBatch Batch, int Row, int Number, IReadOnlyList<int> Compared);
}
