using System.Text;
using Chunnel.Core;
using Chunnel.Formats;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Files;

/// <summary>Reads rows of cells into batches. To go on within a file it passes over the rows before.</summary>
internal sealed class CellScanner(FileTable table, ICellRows rows, FilePosition start, ReaderContext context) : ISplitScanner
{
    private readonly TextFormat _format = FormatOf(table.Settings.Delimited);
    private readonly byte[]? _null = table.Settings.Delimited.NullFormat is { } text ? Encoding.UTF8.GetBytes(text) : null;
    private readonly BatchBuilder _builder = new(table.DataSchema, context.Memory, context.BatchRows);
    private readonly List<ushort> _good = [];
    private long _row;

    public FilePosition Position { get; private set; } = start;

    public long RoundedValues { get; private set; }

    public async ValueTask<ColumnBatch?> ReadAsync(CancellationToken stop)
    {
        await context.Memory.WaitForRoomAsync(ColumnBatch.AimBytes, stop);
        for (; _row < Position.Rows; _row++)
        {
            if (!await rows.NextAsync(stop)) return null;
        }
        while (true)
        {
            var read = 0;
            _good.Clear();
            while (read < _builder.Capacity && _builder.Bytes < ColumnBatch.AimBytes && await rows.NextAsync(stop))
            {
                if (Fill(read)) _good.Add((ushort)read);
                read++;
            }
            if (read == 0) return null;
            var batch = _builder.Build(read, _row);
            _row += read;
            Position = Position with { Rows = _row };
            if (_good.Count == read) return batch;
            using (batch)
            {
                if (_good.Count > 0) return BatchParts.Chosen(batch, _good).Compact();
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _builder.Dispose();
        return rows.DisposeAsync();
    }

    /// <summary>Writes the cells into a row of the builder; false when one does not fit and the row is to be left out.</summary>
    private bool Fill(int row)
    {
        var good = true;
        for (var column = 0; column < _builder.ColumnCount; column++)
        {
            if (!good)
            {
                // The row is told of once; its other cells are of no use.
                _builder[column].AppendNullAt(row);
                continue;
            }
            var cell = rows.Cell(column);
            if (cell is null)
            {
                ValueParser.Null(_builder[column], row);
                continue;
            }
            var text = Encoding.UTF8.GetBytes(cell);
            if (_null is not null && text.AsSpan().SequenceEqual(_null)) ValueParser.Null(_builder[column], row);
            else if (_builder[column] is TextBuilder { Type.Kind: TypeKind.String } builder) builder.Append(text);
            else good = IsRead(ValueParser.TryParse(text, _builder[column], row, _format), row, column, cell);
        }
        return good;
    }

    private bool IsRead(ParseOutcome outcome, int row, int column, string cell)
    {
        var type = table.DataSchema.Columns[column].Type;
        switch (outcome)
        {
            case ParseOutcome.Exact:
                return true;
            case ParseOutcome.Rounded when table.Settings.PrecisionLoss == PrecisionLoss.Warn:
                RoundedValues++;
                return true;
            case ParseOutcome.Rounded:
                Tell(row, column, $"'{cell}' has more digits than {type} keeps (precision_loss = fail)");
                return false;
            default:
                Tell(row, column, $"'{cell}' is no {type}");
                return false;
        }
    }

    private void Tell(int row, int column, string why)
    {
        var what = $"Column '{table.DataSchema.Columns[column].Name}': {why}.";
        if (table.Settings.BadRows == BadRows.Fail)
        {
            var cells = Enumerable.Range(0, _builder.ColumnCount).Select(column => rows.Cell(column) ?? "");
            context.Refusals.Refuse(
                new UnreadRow(table.Schema, string.Join(',', cells), rows.Place.ToString(), _row + row + 1),
                new ChunnelException(FormatErrors.BadData, what) { Where = rows.Place, Mend = "Correct the file or the schema, or set bad_rows = skip." });
            return;
        }
        context.Skipped(new SkippedRow(table.Schema.TableId, rows.Place.ToString(), what));
    }

    private static TextFormat FormatOf(DelimitedOptions options) => TextFormat.File with
    {
        Date = TimePattern.Parse(options.DateFormat),
        Time = TimePattern.Parse(options.TimeFormat),
        Timestamp = TimePattern.Parse(options.DateTimeFormat),
    };
}
