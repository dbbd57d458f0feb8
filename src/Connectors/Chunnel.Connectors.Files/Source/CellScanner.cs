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
    private readonly BatchBuilder _builder = new(table.DataSchema, context.Memory);
    private readonly List<ushort> _good = [];
    private long _row;

    public FilePosition Position { get; private set; } = start;

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
            var cell = rows.Cell(column);
            if (cell is null)
            {
                ValueParser.Null(_builder[column], row);
                continue;
            }
            var text = Encoding.UTF8.GetBytes(cell);
            if (_null is not null && text.AsSpan().SequenceEqual(_null)) ValueParser.Null(_builder[column], row);
            else if (_builder[column] is TextBuilder { Type.Kind: TypeKind.String } builder) builder.Append(text);
            else if (ValueParser.TryParse(text, _builder[column], row, _format) is ParseOutcome.Malformed or ParseOutcome.OutOfRange)
            {
                Tell(column, cell);
                good = false;
            }
        }
        return good;
    }

    private void Tell(int column, string cell)
    {
        var definition = table.DataSchema.Columns[column];
        var what = $"Column '{definition.Name}': '{cell}' is no {definition.Type}.";
        if (table.Settings.BadRows == BadRows.Fail) throw new ChunnelException(FileErrors.DeserializeFailed, what) { Where = rows.Place, Mend = "Correct the file or the schema, or set bad_rows = skip." };
        context.Skipped(new SkippedRow(table.Schema.TableId, rows.Place.ToString(), what));
    }

    private static TextFormat FormatOf(DelimitedOptions options) => TextFormat.File with
    {
        Date = TimePattern.Parse(options.DateFormat),
        Time = TimePattern.Parse(options.TimeFormat),
        Timestamp = TimePattern.Parse(options.DateTimeFormat),
    };
}
